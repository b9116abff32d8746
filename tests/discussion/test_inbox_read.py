"""What of an inbox is read, and what is unread."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Membership, ReadMark, Role, Version
from audits.services.discussion.comments import add_comment
from tests.casting import Cast
from tests.discussion.conftest import ClientOf
from tests.discussion.inboxes import INBOX, lead_of, mark_all, rows
from tests.examples import some_of
from tests.pages import html_of


@pytest.fixture
def reviewer(client_of: ClientOf) -> Client:
    return client_of(Role.REVIEWER)


def unread(client: Client) -> list[str]:
    return rows(client, f"{INBOX}?show=unread")


def counted(client: Client, there: str) -> int:
    """Return the number in the header of a page."""
    [number] = re.findall(r"Inbox \((\d+)", html_of(client.get(there)))
    return int(number)


def say(cast: Cast, text: str) -> None:
    with scope(organization=cast.ours.organization):
        add_comment(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            question="goal",
            text=f"@Northgate reviewer {text}",
        )


@pytest.mark.thorough
def test_row_that_is_opened_is_read_and_still_waits(
    cast: Cast, reviewer: Client, client_of: ClientOf
) -> None:
    assert lead_of(reviewer) == "2 things wait for you. 2 are unread."
    there = reverse("notice", args=["asked", cast.ours.ask.pk])

    assert [reviewer.get(there).status_code for _ in range(2)] == [302, 302]

    assert lead_of(reviewer) == "2 things wait for you. 1 is unread."
    [left] = unread(reviewer)
    assert "Northgate handbook" in left
    assert len(rows(reviewer)) == 2
    assert sum(row.startswith("Unread:") for row in rows(reviewer)) == 1
    assert len(unread(client_of(Role.ADMIN))) == 1  # it is theirs to read
    with scope(organization=cast.ours.organization):
        assert ReadMark.objects.count() == 1


@pytest.mark.thorough
def test_all_is_read_that_was_there_when_the_page_was_opened(
    cast: Cast, reviewer: Client
) -> None:
    say(cast, "first")
    until = reviewer.get(INBOX).context["until"]
    reviewer.get(reverse("notice", args=["asked", cast.ours.ask.pk]))
    say(cast, "second")

    mark_all(reviewer, until)

    [left] = unread(reviewer)
    assert left.endswith("@Northgate reviewer second Mentions")
    mark_all(reviewer)
    assert unread(reviewer) == []
    assert lead_of(reviewer) == "2 things wait for you. You have read everything."
    assert "Mark all as read" not in reviewer.get(INBOX).content.decode()
    with scope(organization=cast.ours.organization):
        assert not ReadMark.objects.exists()


@pytest.mark.parametrize(
    "until",
    some_of(["", "yesterday", "2026-99-99T00:00:00+00:00", "2026-11-28T10:00:00"], 2),
)
def test_moment_that_no_page_says_marks_nothing(
    cast: Cast, reviewer: Client, until: str
) -> None:
    response = reviewer.post(reverse("read_inbox"), {"until": until})

    assert response["Location"] == INBOX
    assert len(unread(reviewer)) == 2


@pytest.mark.on_both
def test_moment_to_come_is_now_and_an_earlier_one_takes_nothing_back(
    cast: Cast, reviewer: Client
) -> None:
    now = timezone.now()
    mark_all(reviewer, (now + timedelta(days=9)).isoformat())
    mark_all(reviewer, (now - timedelta(days=9)).isoformat())
    assert unread(reviewer) == []

    say(cast, "later")

    assert len(unread(reviewer)) == 1
    with scope(organization=cast.ours.organization):
        others = Membership.objects.exclude(user=cast.ours.people[Role.REVIEWER])
        assert {member.inbox_read_until for member in others} == {None}


@pytest.mark.on_both
def test_membership_that_ends_takes_its_marks_with_it(
    cast: Cast, reviewer: Client
) -> None:
    reviewer.get(reverse("notice", args=["asked", cast.ours.ask.pk]))
    with scope(organization=cast.ours.organization):
        assert ReadMark.objects.exists()
        cast.ours.people[Role.REVIEWER].memberships.get().delete()

        assert not ReadMark.objects.exists()
    assert reviewer.get(INBOX).status_code == 403


@pytest.mark.parametrize(
    "there",
    some_of(["?show=nothing", "?show=asked&page=99", "?page=x", "?show=due"], 2),
)
def test_addresses_that_somebody_typed_show_a_page(
    cast: Cast, reviewer: Client, there: str
) -> None:
    page = reviewer.get(f"{INBOX}{there}")

    assert page.status_code == 200
    if there == "?show=due":
        assert rows(reviewer, f"{INBOX}{there}") == []
        assert "There is nothing of this kind." in page.content.decode()
    else:
        assert rows(reviewer, f"{INBOX}{there}")


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["asked", "to-review", "nothing"])
def test_row_of_nobody_leads_nowhere(cast: Cast, reviewer: Client, kind: str) -> None:
    for subject in (cast.theirs.ask.pk, cast.theirs.submitted.pk, cast.ours.draft.pk):
        found = reviewer.get(reverse("notice", args=[kind, subject]))
        assert found.status_code == 404


@pytest.mark.thorough
def test_number_is_counted_again_only_after_something_happened(
    cast: Cast, reviewer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = "/no-such-page/"  # session, person, membership, and the inbox's count

    for _ in range(2):
        with django_assert_num_queries(4):
            reviewer.get(page)
    say(cast, "look")
    with django_assert_num_queries(5):
        assert counted(reviewer, page) == 3
    with scope(organization=cast.ours.organization):
        Version.objects.filter(pk=cast.ours.set_aside.pk).update(
            audit=cast.ours.draft, by=cast.ours.people[Role.REVIEWER]
        )
        Version.objects.create(
            organization=cast.ours.organization,
            audit=cast.ours.draft,
            kind=Version.Kind.NOTE,
            item="state",
            number=0,
            by=cast.ours.people[Role.REVIEWER],
            at=timezone.now(),
            set_aside=True,
        )
    assert counted(reviewer, page) == 5
    reviewer.get(reverse("notice", args=["asked", cast.ours.ask.pk]))
    assert counted(reviewer, page) == 4
    with django_assert_num_queries(4):
        reviewer.get(page)
