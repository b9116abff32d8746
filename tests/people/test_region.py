"""Who reads a page sees times in their zone, and types numbers as they are used to."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.discussion.digests import digest_of
from audits.models import (
    Audit,
    Event,
    Membership,
    Organization,
    PortfolioRow,
    Role,
    SignOffCondition,
    User,
)
from audits.models.audits import values
from audits.reports.context import build_paper
from audits.reports.pdf_client import to_html
from audits.services.people.region import choose_region, set_region
from audits.services.people.times_of_day import is_over, shown_in, today_shown
from audits.templatetags.dates import NO_BREAK
from tests.casting import Cast
from tests.conditions import sign_with, term
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden_in

pytestmark = pytest.mark.once
SETTINGS = "/settings/"
LATE = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
GERMAN, SWISS = "1.234,50", "1\u2019234.50"


def chosen(user: User, zone: str = "", style: str = "") -> User:
    return choose_region(user=user, time_zone=zone, number_style=style)


def test_two_people_read_one_page_in_their_zones_and_papers_stay_alike(
    cast: Cast, client: Client
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        Audit.objects.filter(pk=ours.submitted.pk).update(submitted_at=LATE)
    reader, other = ours.people[Role.REVIEWER], ours.people[Role.ADMIN]
    page = reverse("review", args=[ours.submitted.pk])
    sign_in(client, reader)
    seen, asked = [], []

    for zone in ("", "Europe/Zurich", "Asia/Tokyo"):
        chosen(reader, zone)
        with CaptureQueriesContext(connection) as queries:
            seen.append(html_of(client.get(page)))
        asked.append(len(queries))
    sign_in(client, other)
    seen.append(html_of(client.get(page)))

    moments = [
        moment
        for text in seen
        for moment in (
            "30 November 2026, 23:30",
            "1 December 2026, 00:30",
            "1 December 2026, 08:30",
        )
        if f"<dd>{moment}</dd>" in text
    ]
    assert moments == [
        "30 November 2026, 23:30",
        "1 December 2026, 00:30",
        "1 December 2026, 08:30",
        "30 November 2026, 23:30",
    ]
    assert ["Times are in" in text for text in seen] == [False, True, True, False]
    assert asked == asked[:1] * 3
    with scope(organization=ours.organization):
        paper = build_paper(Audit.objects.get(pk=ours.submitted.pk))
        with shown_in("Asia/Tokyo"):
            theirs = to_html(paper, "s100")
        assert theirs == to_html(paper, "s100")
        assert "30 November 2026, 23:30 UTC" in theirs.replace(NO_BREAK, " ")


def test_day_is_over_once_it_is_over_where_its_reader_is(
    cast: Cast, client: Client
) -> None:
    """Two zones are 25 hours apart, so a day is always over in the first alone."""
    ours, zones = cast.ours, ("Pacific/Kiritimati", "Pacific/Pago_Pago")
    with shown_in(zones[1]):
        day = today_shown()
        assert [is_over(day - timedelta(days=1)), is_over(day)] == [True, False]
    audit, reader = ours.submitted, ours.people[Role.REVIEWER]
    with scope(organization=ours.organization):
        (condition,) = sign_with(audit, reader, term(audit, "Count again.")).asked
        SignOffCondition.objects.update(due_on=day)
        PortfolioRow.objects.filter(audit=audit).update(
            board_state="open", board_due_on=day, due_on=day
        )
        with shown_in(zones[0]):
            paper = to_html(build_paper(audit), "s100")
        assert paper == to_html(build_paper(audit), "s100")
    pages = (
        reverse("condition", args=[condition.pk]),
        reverse("result", args=[audit.pk]),
        f"{reverse('portfolio')}?needs=overdue",
    )
    sign_in(client, reader)
    seen = []
    for zone in zones:
        chosen(reader, zone)
        seen.append([html_of(client.get(page)) for page in pages])

    late = [["overdue since" in text for text in texts[:2]] for texts in seen]
    assert late == [[True, True], [False, False]]
    row = reverse("result", args=[audit.pk])
    assert [row in texts[2] for texts in seen] == [True, False]


def test_digest_has_the_zone_of_who_gets_it(cast: Cast) -> None:
    now, ours = timezone.now(), cast.ours
    found = []
    for zone in ("", "Asia/Tokyo"):
        chosen(ours.people[Role.REVIEWER], zone)
        with scope(organization=ours.organization):
            member = Membership.objects.get(user=ours.people[Role.REVIEWER])
            mail = digest_of(member, now - timedelta(days=1), now + timedelta(1))
        assert mail is not None
        found.append((" UTC" in mail.body, " JST" in mail.body))

    assert found == [(True, False), (False, True)]


def test_person_types_numbers_in_their_own_way(cast: Cast, client: Client) -> None:
    draft, lead = cast.ours.draft, cast.ours.contributor
    page = reverse("numbers", args=[draft.pk])
    english = hidden_in(client.get(page).content.decode())
    chosen(lead, style=GERMAN)
    opened = client.get(page)
    german = hidden_in(opened.content.decode())

    client.post(page, {**german, "requests": "1.500", "value_per_request": "1.234,5"})

    with scope(organization=cast.ours.organization):
        stored = values(Audit.objects.get(pk=draft.pk).numbers)
    assert {name: Decimal(text) for name, text in stored.items()} == {
        "requests": Decimal(1500),
        "value_per_request": Decimal("1234.5"),
    }
    again = html_of(client.get(page))
    assert 'value="1.500"' in again
    assert 'value="1.234,5"' in again
    # A page that was open before the choice is read as it was written.
    late = {**english, "v-requests": hidden_in(again)["v-requests"]}
    client.post(page, {**late, "requests": "2,500"})
    with scope(organization=cast.ours.organization):
        stored = values(Audit.objects.get(pk=draft.pk).numbers)
    assert stored["requests"] == "2500"


def test_person_chooses_or_keeps_what_the_organization_has(
    cast: Cast, client: Client
) -> None:
    ours = cast.ours
    own = {"mails": "at-once", "time_zone": "", "number_style": ""}
    administrator = Client()
    sign_in(administrator, ours.people[Role.ADMIN])
    region = reverse("organization_region")
    for _ in range(2):  # the same again leaves no event
        administrator.post(region, {"time_zone": "Asia/Tokyo", "number_style": SWISS})

    page = html_of(client.get(SETTINGS))
    assert "in Tokyo." in page
    assert f"As Northgate Mutual: {SWISS}" in page
    client.post(SETTINGS, {**own, "time_zone": "Europe/Zurich", "number_style": GERMAN})

    lead = User.objects.get(pk=ours.contributor.pk)
    assert (lead.time_zone, lead.number_style) == ("Europe/Zurich", GERMAN)
    assert "in Zurich." in html_of(client.get(SETTINGS))
    with scope(organization=ours.organization):
        told = Event.objects.filter(verb="organization.region")
        assert [event.details for event in told] == [
            {"time_zone": "Asia/Tokyo", "number_style": SWISS}
        ]


@pytest.mark.parametrize(
    ("field", "junk"),
    [
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", "Etc/GMT+5"),
        ("number_style", "1;234:50"),
    ],
)
def test_junk_is_refused_by_page_and_service(
    cast: Cast, client: Client, field: str, junk: str
) -> None:
    ours = cast.ours
    sent = {"mails": "at-once", "time_zone": "", "number_style": "", field: junk}

    page = html_of(client.post(SETTINGS, sent))

    assert f'href="#id_{field}"' in page
    with pytest.raises(ValidationError, match="Choose"):
        set_region(
            organization=ours.organization,
            by=ours.people[Role.ADMIN],
            **{"time_zone": "", "number_style": "", field: junk},
        )
    assert getattr(User.objects.get(pk=ours.contributor.pk), field) == ""
    assert getattr(Organization.objects.get(pk=ours.organization.pk), field) == ""


def test_a_zone_that_is_gone_is_that_of_the_installation(
    cast: Cast, client: Client
) -> None:
    User.objects.filter(pk=cast.ours.contributor.pk).update(time_zone="Mars/Olympus")

    assert client.get(SETTINGS).status_code == 200
