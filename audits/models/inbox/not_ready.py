"""What was submitted and nobody can sign off before more is answered."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from audits.models.audits import Audit
from audits.models.inbox.columns import Reader, Source
from audits.models.inbox.marks import NoticeKind
from audits.models.portfolio.filters import NOT_READY
from audits.models.portfolio.rows import PortfolioRow
from audits.models.portfolio.waits_for import WaitsFor, submitted_for


def not_ready(reader: Reader) -> Iterator[Source]:
    """Yield what the reader has to take back and answer: their own, then submissions.

    Apart, since no index serves both. Their own are found by the narrow rows, which
    repeat what this reads of an audit. What is overdue is among the late decisions of
    its owner.
    """
    me = reader.person
    mine = PortfolioRow.objects.filter(owner=me)
    in_time = models.Q(due_on=None) | models.Q(due_on__gt=reader.over)
    yield _of(mine.filter(NOT_READY).filter(in_time), "audit", of="", due="due_on")
    # The row of a use case is that of its verdict in force until another is signed.
    renewals = mine.filter(submitted_for(WaitsFor.TEAM, "renewal__"))
    yield _of(renewals, "renewal", of="renewal__")
    submitted = Audit.objects.filter(submitted_for(WaitsFor.TEAM), submitted_by=me)
    others = submitted.exclude(use_case__owner=me)
    yield _of(others, "", of="", due="portfolio_row__due_on")


def _of(rows: models.QuerySet[Any], audit: str, *, of: str, due: str = "") -> Source:
    """Return rows that lead to an `audit`, or are audits; `of` leads to its state."""
    place = f"{audit}__" if audit else ""
    # Those that are asked, as every page counts them first.
    asked = models.F(f"{of}open_questions") - models.F(f"{of}open_later")
    said = Cast(asked, models.CharField(max_length=10))
    return Source(
        kind=NoticeKind.NOT_READY,
        rows=rows.annotate(many=said),
        subject=f"{audit}_id" if audit else "id",
        at=f"{of}submitted_at",
        audit=place,
        who=f"{place}submitted_by",
        flag="many",
        due=due,
    )
