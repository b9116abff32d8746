"""What the board decided: what owners carry out, and what reviewers read of it."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from audits.models.inbox.columns import Reader, Source
from audits.models.inbox.late import day_after
from audits.models.inbox.marks import NoticeKind
from audits.models.organizations import REVIEWERS, Membership, TeamRole
from audits.models.portfolio.rows import PortfolioRowQuerySet
from audits.models.sign_offs.board_decisions import BoardDecision


def of_board(reader: Reader, mine: PortfolioRowQuerySet) -> Iterator[Source]:
    """Yield what must be carried out, until its day is over, and what is overdue."""
    open_ones = BoardDecision.objects.in_force().filter(
        audit__use_case__owner=reader.person, audit__portfolio_row__board_state="open"
    )
    yield Source(
        kind=NoticeKind.CARRY_OUT,
        rows=_with_day(open_ones.filter(carry_out_by__gt=reader.over), "carry_out_by"),
        subject="id",
        at="at",
        who="by",
        item="outcome",
        text="words",
        flag="day",
        due="carry_out_by",
    )
    yield Source(
        kind=NoticeKind.NOT_DONE,
        rows=_with_day(
            mine.not_done().filter(board_due_on__lte=reader.over), "board_due_on"
        ),
        subject="audit_id",
        at="late_at",
        text="board_missing",
        flag="day",
        due="board_due_on",
    )


def recorded(reader: Reader) -> Iterator[Source]:
    """Yield the decisions that neither a reviewer nor an administrator recorded."""
    theirs = BoardDecision.objects.filter(at__gte=reader.horizon)
    if not reader.reviews:
        own = TeamRole.objects.filter(
            membership=reader.reviews_teams, role__in=REVIEWERS
        )
        theirs = theirs.filter(audit__use_case__team__in=own.values("team"))
    by = models.OuterRef("by")
    may_sign = Membership.objects.filter(
        user=by, organization=models.OuterRef("organization"), role__in=REVIEWERS
    )
    may_in_team = TeamRole.objects.filter(
        membership__user=by,
        team=models.OuterRef("audit__use_case__team"),
        role__in=REVIEWERS,
    )
    yield Source(
        kind=NoticeKind.RECORDED,
        rows=theirs.filter(~models.Exists(may_sign), ~models.Exists(may_in_team)),
        subject="id",
        at="at",
        who="by",
        text="words",
        flag="outcome",
    )


def _with_day(rows: Any, due: str) -> Any:
    """Return rows with their day as text, and the moment from which they are late."""
    day = Cast(due, models.CharField(max_length=10))
    return rows.annotate(late_at=day_after(due), day=day)
