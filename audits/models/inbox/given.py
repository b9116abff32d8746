"""What others made a reader own."""

from django.db import models
from django.db.models.functions import Cast

from audits.models.inbox.columns import Reader, Source
from audits.models.inbox.marks import NoticeKind
from audits.models.portfolio.rows import PortfolioRowQuerySet


def given_to(reader: Reader, mine: PortfolioRowQuerySet) -> Source:
    """Return what others made the reader own, once for all that came at once."""
    given = mine.filter(
        ~models.Q(use_case__given_by=reader.person),
        use_case__given_at__gte=reader.horizon,
        use_case__given_count__gt=0,
    )
    return Source(
        kind=NoticeKind.GIVEN,
        rows=given.annotate(
            many=Cast("use_case__given_count", models.CharField(max_length=10))
        ),
        subject="audit_id",
        at="use_case__given_at",
        who="use_case__given_by",
        flag="many",
    )
