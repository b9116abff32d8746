"""What was submitted and nobody can sign off before more is answered."""

from collections.abc import Iterator

from django.db import models
from django.db.models.functions import Cast

from audits.models.audits import Audit
from audits.models.inbox.columns import Reader, Source
from audits.models.inbox.late import day_after
from audits.models.inbox.marks import NoticeKind
from audits.models.portfolio.waits_for import WaitsFor, submitted_for


def not_ready(reader: Reader) -> Iterator[Source]:
    """Yield what the reader has to take back and answer: their own, then submissions.

    Apart, since no index serves both. What is overdue is among the late decisions of
    its owner.
    """
    late_at = day_after("portfolio_row__due_on")
    in_time = models.Q(portfolio_row__due_on=None) | models.Q(late_at__gt=reader.today)
    owned = models.Q(use_case__owner=reader.person)
    yield _of(Audit.objects.filter(owned).annotate(late_at=late_at).filter(in_time))
    yield _of(Audit.objects.filter(submitted_by=reader.person).exclude(owned))


def _of(audits: models.QuerySet[Audit]) -> Source:
    said = Cast("open_questions", models.CharField(max_length=10))
    return Source(
        kind=NoticeKind.NOT_READY,
        rows=audits.filter(submitted_for(WaitsFor.TEAM)).annotate(many=said),
        subject="id",
        at="submitted_at",
        audit="",
        who="submitted_by",
        flag="many",
        due="portfolio_row__due_on",
    )
