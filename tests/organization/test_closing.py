"""An administrator closes the organization, and takes that back within 30 days."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.access.members import membership_of
from audits.models import (
    Event,
    Feed,
    Invitation,
    Membership,
    Organization,
    Role,
    Share,
    TeamRole,
    User,
)
from audits.services.privacy import closing
from audits.services.privacy.closing import (
    close_organization,
    remove_closed,
    take_back_closing,
)
from audits.services.privacy.erasure import erase_person
from audits.services.privacy.organization_export import write_organization
from audits.services.privacy.rows import own_models
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import let_prove, sign_in

CLOSE = reverse("close_organization")
HTML = {"Accept": "text/html"}
pytestmark = pytest.mark.on_both


@pytest.fixture
def boss(cast: Cast) -> Client:
    client, person = Client(), cast.ours.people[Role.ADMIN]
    sign_in(client, person)
    let_prove(client, person)
    return client


def rows(organization: Organization) -> dict[str, int]:
    """Count what an organization has in each table."""
    with scopes_disabled():
        counted = {
            model.__name__: model._base_manager.filter(
                organization=organization.pk
            ).count()
            for model in own_models()
        }
    return {name: number for name, number in counted.items() if number}


def test_closed_organization_is_shut_for_all_and_opens_again_as_it_was(
    cast: Cast, boss: Client
) -> None:
    ours, own, member = cast.ours, cast.ours.organization, Client()
    person, secret = ours.contributor, "a-calendar"
    sign_in(member, person)
    with scope(organization=own):
        TeamRole.objects.create(
            organization=own,
            membership=Membership.objects.get(user=ours.people[Role.VIEWER]),
            team=ours.team,
            role=Role.REVIEWER,
        )
        Feed.objects.filter(user=ours.people[Role.ADMIN]).delete()
        Feed.objects.filter(user=person).update(digest=Feed.digest_of(secret))
        before = [*Membership.ever.order_by("pk").values_list("user", "ended_at")]

    wrong = boss.post(CLOSE, {"name": "Another"})
    own.refresh_from_db()
    assert (wrong.status_code, own.closed_at) == (422, None)
    boss.post(CLOSE, {"name": own.name})
    own.refresh_from_db()

    assert own.closed_at
    day = own.closed_at + timedelta(days=30)
    page = html_of(boss.get(CLOSE))
    assert f"On {day.day} {day:%B %Y}, Attune removes everything that it has." in page
    shut = boss.get(reverse("portfolio"), headers=HTML)
    assert (shut.status_code, shut["Location"]) == (302, CLOSE)
    assert boss.post(reverse("export_organization")).status_code == 200
    told = member.get(reverse("use_cases"))
    assert told.status_code == 403
    assert f"<bdi>{own}</bdi> was closed on {own.closed_at.day} " in html_of(told)
    assert membership_of(person) is None
    assert Client().get(reverse("calendar_feed", args=[secret])).status_code == 404
    with scope(organization=own):
        assert not Invitation.objects.unanswered().exists()
        assert not Membership.objects.exclude(role=Role.ADMIN).exists()

    boss.post(CLOSE, {"open": "on"})

    with scope(organization=own):
        after = [*Membership.ever.order_by("pk").values_list("user", "ended_at")]
        assert TeamRole.objects.count() == 1
        last = Event.objects.order_by("-number")[:3]
        assert [line.verb for line in last] == [
            "organization.reopened",
            "organization.exported",
            "organization.closed",
        ]
    assert after == before
    record = html_of(boss.get(reverse("record")))
    assert record.count("members besides administrators") == 2
    assert member.get(reverse("use_cases")).status_code == 200
    assert boss.get(reverse("portfolio")).status_code == 200

    boss.post(CLOSE, {"name": own.name})
    Organization.objects.update(closed_at=timezone.now() - timedelta(days=30))
    over = html_of(boss.get(CLOSE))
    refused = html_of(boss.post(CLOSE, {"open": "on"}, follow=True))
    own.refresh_from_db()
    assert own.closed_at
    assert "it cannot be opened again: Attune is removing what it has." in over
    assert 'name="open"' not in over
    assert f"{own} cannot be opened any more." in refused


def test_closing_says_what_ends_and_leaves_the_ways_out_and_the_record(
    cast: Cast, boss: Client
) -> None:
    own, person, member = cast.ours.organization, cast.ours.contributor, Client()
    sign_in(member, person)
    asked = html_of(boss.get(CLOSE))
    with scope(organization=own):
        invited = [*Invitation.objects.unanswered()]
        shared = [*Share.objects.open()]
    boss.post(CLOSE, {"name": own.name})
    page = html_of(boss.get(CLOSE))

    assert f"{len(invited)} open invitation" in asked
    assert f"{len(shared)} share" in asked
    with scope(organization=own):
        ended = Event.objects.filter(verb__in=("invitation.withdrawn", "share.ended"))
        ids = [str(each.public_id) for each in (*invited, *shared)]
        assert ids
        assert [*ended.order_by("number").values_list("subject", flat=True)] == ids
        Client().force_login(person)
        line = Event.objects.latest("number")
        assert line.verb == "person.signed_in"
        assert line.details == {"organization_closed": True}
    for name, words in (
        ("own_settings", "Sign out</button>"),
        ("own_data", "Export your data"),
        ("stored", "What Attune stores"),
        ("sign_in_security", "Where you are signed in"),
    ):
        assert words in html_of(boss.get(reverse(name), headers=HTML)), name
    assert f'href="{reverse("own_settings")}"' in page
    assert boss.post(reverse("export_person"))["Content-Type"] == "application/zip"
    assert f'href="{reverse("own_data")}"' in html_of(member.get(reverse("use_cases")))
    assert "Export your data" in html_of(member.get(reverse("own_data")))


def test_what_was_closed_for_30_days_is_removed_and_nothing_of_others(
    cast: Cast, boss: Client
) -> None:
    ours, theirs = cast.ours, cast.theirs.organization
    with scope(organization=ours.organization):
        ours.evidence.file.save("counted.txt", ContentFile(b"Ten were right."))
        file = Path(settings.MEDIA_ROOT) / str(ours.evidence.file.name)
    before, people = rows(theirs), User.objects.count()
    kept = io.BytesIO()
    write_organization(theirs, kept)
    boss.post(CLOSE, {"name": ours.organization.name})
    now = timezone.now()

    assert remove_closed(now + timedelta(days=29)) == 0
    assert rows(ours.organization)
    assert file.exists()
    assert remove_closed(now + timedelta(days=31)) == 1

    assert rows(ours.organization) == {}
    assert not Organization.objects.filter(pk=ours.organization.pk).exists()
    assert not file.exists()
    assert (rows(theirs), User.objects.count()) == (before, people)
    again = io.BytesIO()
    write_organization(theirs, again)
    assert again.getvalue() == kept.getvalue()
    connection.check_constraints()
    with scopes_disabled():
        links = apps.get_model("audits", "Comment").mentioned.through
        assert not links.objects.filter(comment=None).exists()


def test_what_is_opened_while_old_ones_are_removed_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, by = cast.ours.organization, cast.ours.people[Role.ADMIN]
    with scope(organization=own):
        close_organization(organization=own, by=by)

    def opened_meanwhile(_: str) -> bool:
        with scope(organization=own):
            take_back_closing(organization=own, by=by)
        return True

    # It is asked between the list of old ones and their removal.
    monkeypatch.setattr(closing, "may_on_record", opened_meanwhile)
    removed = remove_closed(timezone.now() + timedelta(days=31))

    own.refresh_from_db()
    assert (removed, own.closed_at) == (0, None)
    assert rows(own)


def test_who_was_erased_while_it_was_closed_is_no_member_after_it_opens(
    cast: Cast,
) -> None:
    own, by = cast.ours.organization, cast.ours.people[Role.ADMIN]
    gone = cast.ours.people[Role.VIEWER]
    with scope(organization=own):
        close_organization(organization=own, by=by)

    erase_person(person=gone, by=gone)

    with scope(organization=own):
        take_back_closing(organization=own, by=by)
        assert not Membership.objects.filter(user=gone).exists()
        assert Membership.objects.filter(user=cast.ours.contributor).exists()


def test_how_long_things_are_kept_changes_only_after_a_proof(cast: Cast) -> None:
    own, person, client = cast.ours.organization, cast.ours.people[Role.ADMIN], Client()
    sign_in(client, person)
    page = reverse("organization_data")
    chosen = {"sign_ins_months": "1", "signed_years": "", "drafts_months": ""}

    asked = client.post(page, chosen)
    own.refresh_from_db()
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert own.keep_sign_ins_months is None
    let_prove(client, person)
    client.post(page, chosen)

    own.refresh_from_db()
    assert own.keep_sign_ins_months == 1
