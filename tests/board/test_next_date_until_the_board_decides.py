"""A condition of the sign-off takes no date from the board, which still decides."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, PortfolioRow, Role, Stage, UseCase
from audits.portfolio.of_board.open_dates import due_for
from audits.portfolio.of_board.waiting_for_board import waiting_for_board
from audits.services.answers.answers import fresh_audit
from audits.services.papers.covers import save_cover
from audits.services.portfolio.rows import follow_use_cases
from audits.services.portfolio.saved_views import make_feed
from tests.board.boards import record
from tests.casting import Cast, Tenant
from tests.conditions import in_days, sign_with, term
from tests.discussion.inboxes import of_kind
from tests.reviews.conftest import client_of
from tests.use_cases.test_home import rows_of

BOARD, CONDITION = "Decision of the board", "Condition of the sign-off"


def signed(ours: Tenant, *, condition: int, meeting: int, **cover: str) -> Audit:
    """Sign off what runs as the verdict says, with a condition, before a meeting."""
    audit = ours.submitted
    fields = {"decide_by": in_days(meeting), **cover}
    save_cover(audit=audit, by=ours.contributor, fields=fields)
    audit = fresh_audit(audit)
    terms = term(audit, "Test it on 30 cases.", days=condition)
    sign_with(audit, ours.people[Role.REVIEWER], terms)
    return fresh_audit(audit)


def row_of(audit: Audit) -> PortfolioRow:
    return PortfolioRow.objects.get(audit=audit.pk)


def in_file(client: Client, audit: Audit) -> dict[str, str]:
    found: Any = client.get(reverse("portfolio_csv"))
    text = b"".join(found.streaming_content).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    return next(row for row in rows if row["Use case"] == audit.use_case.name)


def in_calendar(tenant: Tenant) -> set[tuple[str, str]]:
    _, secret = make_feed(member=tenant.contributor.memberships.get(), view=None)
    text = Client().get(f"/calendars/{secret}.ics").content.decode()
    days = re.findall(r"DTSTART;VALUE=DATE:(\d+)\r\n", text)
    return set(zip(days, re.findall(r"SUMMARY:([^:]+):", text), strict=True))


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("condition", "meeting", "kind"),
    [(39, 11, BOARD), (11, 39, CONDITION), (11, 11, BOARD)],
)
def test_first_of_both_dates_is_the_next_and_the_calendar_has_both(
    cast: Cast, condition: int, meeting: int, kind: str
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = signed(ours, condition=condition, meeting=meeting)

        row = row_of(audit)
        assert (row.due_on, due_for(row)) == (in_days(min(condition, meeting)), kind)
        assert row.board_due_on == in_days(meeting)
        for_board = waiting_for_board(None, in_days(0))
        [waits] = for_board.votes + for_board.held_back
        assert waits.by == in_days(meeting)
        told = in_file(client_of(cast, Role.VIEWER), audit)
        assert told["Next date"] == str(row.due_on)
        assert kind in told.values()
        assert told["Board decision, next date"] == str(in_days(meeting))
        assert in_calendar(ours) == {
            (f"{in_days(condition):%Y%m%d}", "Meet the condition"),
            (f"{in_days(meeting):%Y%m%d}", "Board decides"),
        }


@pytest.mark.thorough
def test_condition_alone_counts_once_the_board_has_decided_or_is_not_asked(
    cast: Cast,
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = signed(ours, condition=39, meeting=11)
        use_case = UseCase.objects.get(pk=audit.use_case_id)
        for stage, day in ((Stage.STOPPED, 39), (Stage.PLANNED, 11)):
            use_case.stage = stage
            use_case.save()
            follow_use_cases([use_case])
            assert row_of(audit).due_on == in_days(day), stage
        told = {"purpose": "information"}
        save_cover(audit=audit, by=ours.contributor, fields=told)
        assert row_of(audit).due_on == in_days(39)
        save_cover(audit=audit, by=ours.contributor, fields={"purpose": "decision"})
        assert row_of(audit).due_on == in_days(11)

        record(audit, ours.contributor, carry_out_by=in_days(90))

        assert due_for(row_of(audit)) == CONDITION
        assert row_of(audit).due_on == in_days(39)


def test_list_and_inbox_of_its_owner_say_the_boards_day(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = signed(ours, condition=39, meeting=11)
        owner = client_of(cast, Role.CONTRIBUTOR)
        [line] = rows_of(owner, "Signed off")
        assert "waits for the board" in line
        assert line.endswith(f"Board decides by {in_days(11):%-d %b %Y}")
        assert of_kind(owner, "late") == []

        over = in_days(-1)
        PortfolioRow.objects.filter(audit=audit).update(board_due_on=over, due_on=over)

        [line] = rows_of(owner, "Signed off")
        assert line.endswith(f"Overdue: {over:%-d %b %Y}")
        [said] = of_kind(owner, "late")
        assert f"was to decide by {over:%-d %B %Y}, and has not decided" in said
