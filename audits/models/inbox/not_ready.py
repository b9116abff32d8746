"""What was submitted and nobody can sign off before more is answered."""

from django.db import models
from django.db.models.functions import Cast

from audits.models.audits import Audit
from audits.models.inbox.columns import Reader, Source
from audits.models.inbox.late import day_after
from audits.models.inbox.marks import NoticeKind
from audits.models.portfolio.waits_for import WaitsFor, submitted_for


def not_ready(reader: Reader) -> Source:
    """Return what the reader owns or submitted and has to take back and answer.

    What is overdue is among the late decisions of its owner.
    """
    mine = models.Q(use_case__owner=reader.person)
    about = mine | models.Q(submitted_by=reader.person)
    waits = Audit.objects.filter(submitted_for(WaitsFor.TEAM), about)
    late_at = day_after("portfolio_row__due_on")
    said = Cast("open_questions", models.CharField(max_length=10))
    in_time = models.Q(late_at=None) | models.Q(late_at__gt=reader.today)
    found = waits.annotate(late_at=late_at, many=said)
    return Source(
        kind=NoticeKind.NOT_READY,
        rows=found.filter(~mine | in_time),
        subject="id",
        at="submitted_at",
        audit="",
        who="submitted_by",
        flag="many",
        due="portfolio_row__due_on",
    )
