"""What an inbox shows by the rights of its member, and what is asked for it again.

`python -m tests.mutation.access` takes away each of its conditions.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from audits.access.inbox import (
    _Kept,
    forget_numbers,
    notice_for_opening,
    number_unread,
    numbers_of,
    reader_of,
    waiting_of,
    with_inbox_state,
)
from audits.discussion.inbox import place_of
from audits.models import Membership, NoticeKind, Role, UseCase
from audits.services.discussion.comments import add_comment
from tests.access.test_who_may import member_of
from tests.casting import Cast

EVER, LATER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "of_teams", "contributes", "reviews", "in_teams"),
    [
        (Role.VIEWER, {}, None, None, False),
        (Role.CONTRIBUTOR, {}, True, None, False),
        (Role.REVIEWER, {}, True, True, False),
        (Role.VIEWER, {5: "contributor"}, True, None, False),
        (Role.VIEWER, {5: "reviewer"}, True, None, True),
        (Role.REVIEWER, {5: "reviewer"}, True, True, False),
    ],
)
def test_rights_say_which_rows_are_looked_for(
    role: Role,
    of_teams: dict[int, str],
    contributes: bool | None,
    reviews: bool | None,
    in_teams: bool,
) -> None:
    member = member_of(role=role)
    vars(member)["team_roles"] = of_teams

    reader = reader_of(member)

    assert (reader.contributes, reader.reviews) == (contributes, reviews)
    assert reader.reviews_teams is (member if in_teams else None)
    assert reader.read == EVER
    member.inbox_read_until = LATER
    assert reader_of(member).read == LATER
    assert with_inbox_state(member, None) is None
    row = UseCase()
    vars(row)["inbox_state"] = "7"
    assert (with_inbox_state(member, row), member.inbox_state) == (row, "7")


def asked(ask: Any, *given: Any) -> tuple[Any, list[int]]:
    """Return an answer, and how long each query for it is."""
    with CaptureQueriesContext(connection) as queries:
        answer = ask(*given)
    return answer, [len(each["sql"]) for each in queries.captured_queries]


@pytest.mark.once
def test_number_is_asked_for_again_only_after_something_happened(cast: Cast) -> None:
    ours, person = cast.ours, cast.ours.people[Role.REVIEWER]
    with scope(organization=ours.organization):
        member, again = (person.memberships.get() for _ in range(2))
        for each in (member, again):
            vars(each)["team_roles"] = {}
        number_unread(member)  # which writes the queries
        forget_numbers()

        first, [both] = asked(number_unread, member)
        second, [state] = asked(number_unread, again)
        forget_numbers()
        waits, _ = asked(waiting_of, reader_of(member))
        _, rows_alone = asked(waiting_of, reader_of(member))
        third, [number] = asked(number_unread, member)
        words = "@Northgate reviewer look"
        add_comment(audit=ours.draft, by=ours.contributor, question="goal", text=words)
        fourth, [_, counted] = asked(number_unread, again)

        assert (first, second, third, fourth) == (2, 2, 2, 3)
        assert state < number < both
        assert counted == number
        assert (waits[0], len(waits[1]), len(rows_alone)) == (2, 2, 1)
        assert [numbers_of(member)[x] for x in (1, 2)] == [3, 2]
        found = notice_for_opening(member, NoticeKind.ASKED, ours.ask.pk)
        assert found.subject == ours.ask.pk
        talk: Any = {"kind": NoticeKind.COMMENTED, "item": "goal", "state": "draft"}
        said = replace(found, **talk)
        viewer = ours.people[Role.VIEWER].memberships.get()
        places = [place_of(said, each) for each in (viewer, member)]

    older = reverse("older_comments", args=[ours.draft.pk, "goal"])
    assert [each.startswith(older) for each in places] == [True, False]


def test_process_keeps_the_numbers_of_so_many_members_at_most() -> None:
    kept, members = _Kept[int](most=1), [Membership(pk=each) for each in (1, 2)]

    for each in members:
        kept.keep(each, "key", each.pk)

    assert [kept.has(each) for each in members] == [False, True]
