"""What others made a reader own, and what of theirs they gave to others."""

from collections.abc import Iterator

from django.db import models
from django.db.models.functions import Cast, Coalesce, NullIf

from audits.models.inbox.columns import Reader, Source
from audits.models.inbox.marks import NoticeKind
from audits.models.portfolio.rows import PortfolioRow


def given_away(reader: Reader) -> Iterator[Source]:
    """Yield what others made the reader own, and what they took of the reader's.

    Each is one row for all that came or went at once.
    """
    by_others = PortfolioRow.objects.filter(
        ~models.Q(use_case__given_by=reader.person),
        use_case__given_at__gte=reader.horizon,
    )
    got = by_others.filter(owner=reader.person, use_case__given_count__gt=0)
    lost = by_others.filter(
        ~models.Q(owner=reader.person),
        use_case__given_from=reader.person,
        use_case__taken_count__gt=0,
    )
    owner = NullIf("owner__name", models.Value(""))
    yield _told(NoticeKind.GIVEN, got, "given_count")
    lost = lost.annotate(
        whose=Coalesce(owner, "owner__email", output_field=models.CharField())
    )
    yield _told(NoticeKind.TAKEN, lost, "taken_count", item="whose")


def _told(
    kind: NoticeKind, rows: models.QuerySet[PortfolioRow], number: str, item: str = ""
) -> Source:
    many = Cast(f"use_case__{number}", models.CharField(max_length=10))
    return Source(
        kind=kind,
        rows=rows.annotate(many=many),
        subject="audit_id",
        at="use_case__given_at",
        who="use_case__given_by",
        flag="many",
        item=item,
    )
