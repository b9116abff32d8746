"""The decisions about an owner's use cases that are overdue."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from audits.models.audits import Audit
from audits.models.inbox.columns import Reader, Source
from audits.models.inbox.marks import NoticeKind
from audits.models.portfolio.filters import SIGNED_WAITING
from audits.models.portfolio.rows import PortfolioRowQuerySet


def late(reader: Reader, mine: PortfolioRowQuerySet) -> Source:
    """Return what waits for a reviewer, or signed for the board, and is overdue.

    Each is told on the day after it was due.
    """
    in_review = models.Q(state=Audit.State.IN_REVIEW)
    waits = in_review | (SIGNED_WAITING & models.Q(board_state="undecided"))
    needed = models.Case(models.When(in_review, then="due_on"), default="board_due_on")
    day = Cast("needed_on", models.CharField(max_length=10))
    return Source(
        kind=NoticeKind.LATE,
        rows=mine.filter(waits)
        .annotate(needed_on=needed)
        .annotate(late_at=day_after("needed_on"), day=day)
        .filter(needed_on__lte=reader.over),
        subject="audit_id",
        at="late_at",
        flag="day",
        due="needed_on",
    )


def day_after(place: str) -> Any:
    """Return the moment from which what was due on a day is late."""
    moment = Cast(place, models.DateTimeField()) + timedelta(days=1)
    return models.ExpressionWrapper(moment, output_field=models.DateTimeField())
