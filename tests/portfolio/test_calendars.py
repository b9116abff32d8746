"""Calendars of decisions and reviews that a program reads by a secret address."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Event, Feed, Role, SavedView
from audits.portfolio.files.calendar import Entry, calendar
from audits.portfolio.of_board.open_dates import due_for
from audits.services.portfolio.saved_views import make_feed, save_view
from tests.casting import CANARY, Cast
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.signed_in import let_prove, sign_in

PAGE = "/portfolio/calendars/"
FIRST = "First settle whether this use is allowed"
SOON = timezone.localdate() + timedelta(days=9)


@pytest.fixture
def address(cast: Cast, client: Client) -> str:
    """A calendar's address, as its page tells it once."""
    client.post(PAGE, {"view": ""})
    [found] = re.findall(r"<code[^>]*>([^<]+)</code>", html_of(client.get(PAGE)))
    return str(urlsplit(found).path)


def fetch(address: str) -> tuple[int, str]:
    response = Client().get(address)
    return response.status_code, html_of(response)


def unfolded(text: str) -> list[str]:
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")


def test_address_is_told_once_and_only_a_digest_is_kept(
    cast: Cast, client: Client, address: str
) -> None:
    secret = address.removeprefix("/calendars/").removesuffix(".ics")

    assert len(secret) >= 43
    assert secret not in html_of(client.get(PAGE))
    with scope(organization=cast.ours.organization):
        assert Feed.objects.latest("pk").digest == Feed.digest_of(secret) != secret


def form_of(client: Client, view: str = "") -> dict[str, str]:
    [latest] = re.findall('name="latest" value="([^"]*)"', html_of(client.get(PAGE)))
    return {"view": view, "latest": latest}


def feeds(cast: Cast) -> int:
    with scope(organization=cast.ours.organization):
        return Feed.objects.filter(user=cast.ours.contributor).count()


@pytest.mark.on_both
def test_form_sent_twice_makes_one_calendar_and_its_address_is_told(
    cast: Cast, client: Client
) -> None:
    form, before = form_of(client), feeds(cast)

    answers = [client.post(PAGE, form) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [PAGE] * 2
    assert feeds(cast) == before + 1
    [found] = re.findall(r"<code[^>]*>([^<]+)</code>", html_of(client.get(PAGE)))
    assert fetch(str(urlsplit(found).path))[0] == 200


def test_open_session_makes_no_calendar_without_a_proof(cast: Cast) -> None:
    client, before = Client(), feeds(cast)
    sign_in(client, cast.ours.contributor)

    answer = client.post(PAGE, form_of(client))

    asked = reverse("account_reauthenticate")
    assert answer["Location"].partition("?")[0] == asked
    assert feeds(cast) == before


def test_page_opened_again_makes_another_calendar(cast: Cast, client: Client) -> None:
    before = feeds(cast)

    for _ in range(2):
        client.post(PAGE, form_of(client))

    assert feeds(cast) == before + 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.on_both
def test_double_click_makes_one_calendar(cast: Cast, client: Client) -> None:
    form, before = form_of(client), feeds(cast)

    def click(_: int) -> int:
        own = Client()
        own.cookies.update(client.cookies)
        try:
            return own.post(PAGE, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(click, range(4))) == {302}

    assert feeds(cast) == before + 1


def test_calendar_has_each_decision_and_review_without_signing_in(
    cast: Cast, address: str
) -> None:
    [one] = make_rows(cast.ours, 1, name="Lanes", state="in_review", due_on=SOON)
    state = Audit.State.SIGNED_OFF
    make_rows(cast.ours, 1, name="Calls; a, b", state=state, due_on=SOON)
    make_rows(cast.ours, 1, name="Long ago", due_on=date(2001, 1, 1))

    status, text = fetch(address)

    lines = unfolded(text)
    assert status == 200
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert f"UID:{one.use_case_id}-decide@attune" in lines
    assert [line for line in lines if line.startswith("SUMMARY")] == [
        "SUMMARY:Decide: Lanes",
        "SUMMARY:Review: Calls\\; a\\, b",
    ]
    assert lines.count(f"DTSTART;VALUE=DATE:{SOON:%Y%m%d}") == 2
    assert lines.count(f"DTEND;VALUE=DATE:{SOON + timedelta(days=1):%Y%m%d}") == 2
    assert CANARY not in text


def test_calendar_and_file_say_what_has_to_be_settled(cast: Cast, address: str) -> None:
    fields = {"state": "in_review", "due_on": SOON, "comes_first": FIRST}
    [row] = make_rows(cast.ours, 1, name="Lanes", **fields)

    lines = unfolded(fetch(address)[1])

    assert f"UID:{row.use_case_id}-decide@attune" in lines
    assert f"SUMMARY:{FIRST}: Lanes" in lines
    assert due_for(row) == FIRST


def test_day_keeps_its_uid_when_it_moves(cast: Cast, address: str) -> None:
    [row] = make_rows(cast.ours, 1, state="in_review", due_on=SOON)
    before = re.findall("UID:(.*)", fetch(address)[1])
    with scope(organization=cast.ours.organization):
        row.due_on = SOON + timedelta(days=5)
        row.save()

    assert re.findall("UID:(.*)", fetch(address)[1]) == before


@pytest.mark.on_both
def test_calendar_of_a_view_follows_its_filter(cast: Cast) -> None:
    for name in ("Lanes", "Calls"):
        make_rows(cast.ours, 1, name=name, state="in_review", due_on=SOON)
    with scope(organization=cast.ours.organization):
        member = cast.ours.contributor.memberships.get()
        view = save_view(member=member, name="Roads", query="q=lane")
        _, secret = make_feed(member=member, view=view)

    text = fetch(f"/calendars/{secret}.ics")[1]

    assert re.findall("SUMMARY:(.*)\r", text) == ["Decide: Lanes"]
    assert "X-WR-CALNAME:Northgate Mutual: Roads" in text


@pytest.mark.parametrize("ends", ["removed", "view", "left", "closed"])
def test_address_answers_no_more_when_its_reason_is_gone(
    cast: Cast, client: Client, ends: str
) -> None:
    lead = cast.ours.contributor
    with scope(organization=cast.ours.organization):
        member = lead.memberships.get()
        view = save_view(member=member, name="All", query="")
        feed, secret = make_feed(member=member, view=view)
        address = f"/calendars/{secret}.ics"
        assert fetch(address)[0] == 200

        if ends == "removed":
            client.post(f"{PAGE}{feed.public_id}/remove/")
            assert [event.verb for event in Event.objects.order_by("-number")[:3]] == [
                "feed.removed",
                "feed.fetched",
                "feed.made",
            ]
        elif ends == "view":
            SavedView.objects.all().delete()
        elif ends == "left":
            lead.memberships.all().delete()
        else:
            lead.is_active = False
            lead.save()

    assert fetch(address)[0] == fetch("/calendars/guess.ics")[0] == 404


def test_record_has_a_line_for_each_calendar_removed_with_its_view(
    cast: Cast, client: Client
) -> None:
    with scope(organization=cast.ours.organization):
        member = cast.ours.contributor.memberships.get()
        view = save_view(member=member, name="All", query="")
        made = [make_feed(member=member, view=view) for _ in range(2)]

        client.post(f"/portfolio/views/{view.public_id}/remove/")

        gone = Event.objects.filter(verb="feed.removed").order_by("number")
        assert [(line.actor, line.subject) for line in gone] == [
            (member.user, str(feed.pk)) for feed, _ in made
        ]
    assert [fetch(f"/calendars/{secret}.ics")[0] for _, secret in made] == [404, 404]


@pytest.mark.thorough
def test_calendar_of_a_colleague_cannot_be_removed(
    cast: Cast, client: Client, address: str
) -> None:
    with scope(organization=cast.ours.organization):
        feed = Feed.objects.latest("pk")
    colleague = Client()
    sign_in(colleague, cast.ours.people[Role.ADMIN])
    let_prove(colleague, cast.ours.people[Role.ADMIN])

    assert colleague.post(f"{PAGE}{feed.public_id}/remove/").status_code == 404
    assert fetch(address)[0] == 200


def test_lines_are_folded_at_75_bytes_and_never_within_a_letter() -> None:
    name = "Schadenübersicht „Größe“ – 重要な決定 " * 6
    at = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
    entry = Entry(uid="1", on=date(2026, 12, 31), title=name, text="a\nb", link="/")

    text = calendar("All", [entry], at)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert f"SUMMARY:{name.replace(',', chr(92) + ',')}" in lines
    assert "DESCRIPTION:a\\nb" in lines
    assert "DTSTAMP:20261125T123000Z" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines


def test_calendar_of_an_owner_who_is_gone_shows_nothing_instead_of_all(
    cast: Cast,
) -> None:
    make_rows(cast.ours, 1, name="Lanes", state="in_review", due_on=SOON)
    with scope(organization=cast.ours.organization):
        member = cast.ours.contributor.memberships.get()
        gone = cast.ours.people[Role.VIEWER].public_id  # owns no use case
        view = save_view(member=member, name="Hers", query=f"owner={gone}")
        _, secret = make_feed(member=member, view=view)

    status, text = fetch(f"/calendars/{secret}.ics")

    assert status == 200
    assert "BEGIN:VCALENDAR" in text
    assert "BEGIN:VEVENT" not in text


def test_last_day_of_all_does_not_stop_a_calendar() -> None:
    entry = Entry(uid="1", on=date.max, title="T", text="", link="https://a.example")

    text = calendar("All", [entry], datetime(2026, 11, 29, tzinfo=UTC))

    assert "DTSTART;VALUE=DATE:99991231" in text
