"""How often the ranges of papers held, over all use cases of the portfolio."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.models import Audit, Outcome, UseCase
from audits.outcomes.coverage import Coverage, FollowedPaper, coverage_of
from audits.scoring.tracking.calibration import (
    Held,
    conclusion,
    range_message,
    together,
)
from audits.scoring.tracking.outcome_words import cause_of, span_of, totals_sentence
from audits.scoring.tracking.stored_counts import counted
from audits.scoring.tracking.words import SYNTHETIC
from audits.services.read_files.signed_papers import papers_of

_PAGE_SIZE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """What happened in the months of a signed paper: of real or of synthetic usage.

    `name` tells the paper from the others of its use case.
    """

    use_case: UseCase
    audit: Audit
    name: str
    held: Held
    is_synthetic: bool

    @property
    def cause(self) -> str:
        """The month that differs most and its largest cause; empty for none."""
        return cause_of(self.held)

    @property
    def span(self) -> str:
        """The months from the first to the last; empty without any."""
        first, last = self.held.first, self.held.last
        return span_of(first, last) if first and last else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How often ranges held: all months of real usage together, then by paper.

    `coverage` says which share of the live use cases these months are about.
    """

    held: Held
    coverage: Coverage
    rows: tuple[PaperRow, ...]
    synthetic: tuple[PaperRow, ...]

    @property
    def judged(self) -> int:
        """Use cases with a month that is beside a range."""
        return len({row.use_case for row in self.rows if row.held.judged})


@members_only
@require_GET
def calibration(request: MemberRequest) -> HttpResponse:
    found = calibrated()
    context = {
        "nav": "portfolio",
        "found": found,
        "message": range_message(found.held),
        "conclusion": conclusion(found.held),
        "totals": totals_sentence(found.held),
        "others": found.coverage.others[:_PAGE_SIZE],
        "page": Paginator(found.rows, _PAGE_SIZE).get_page(request.GET.get("page")),
        "synthetic_says": SYNTHETIC,
    }
    return render(request, "outcomes/calibration.html", context)


def calibrated() -> Calibration:
    """Return how often ranges held in the organization."""
    rows: list[PaperRow] = []
    by_use_case = {
        key: [*group]
        for key, group in groupby(_outcomes(), key=lambda each: each.audit.use_case_id)
    }
    followed: dict[UUID, list[FollowedPaper]] = {}
    for key, outcomes in by_use_case.items():
        papers = [*_papers(outcomes)]
        followed[key] = papers
        for paper in papers:
            rows += _rows(paper)
    return Calibration(
        held=together(row.held for row in rows if not row.is_synthetic),
        coverage=coverage_of(followed),
        rows=tuple(row for row in rows if not row.is_synthetic),
        synthetic=tuple(row for row in rows if row.is_synthetic),
    )


def _papers(outcomes: Sequence[Outcome]) -> Iterator[FollowedPaper]:
    """Yield the papers of a use case with their months, the latest last."""
    signed = papers_of([each.audit for each in outcomes])
    for each, paper in zip(outcomes, signed, strict=True):
        yield FollowedPaper(
            audit=each.audit,
            name=paper.name,
            counts=counted(each.counts),
            why_not=each.why_not,
        )


def _rows(paper: FollowedPaper) -> Iterator[PaperRow]:
    for is_synthetic in (False, True):
        own = paper.counts.synthetic if is_synthetic else paper.counts.real
        if own:
            yield PaperRow(
                use_case=paper.audit.use_case,
                audit=paper.audit,
                name=paper.name,
                held=own,
                is_synthetic=is_synthetic,
            )


def _outcomes() -> "QuerySet[Outcome]":
    """Return the outcomes by use case, the latest audit of each last.

    Each signed audit of a use case has one, if a file of the use case counts.
    """
    shown: Any = Outcome.objects.select_related("audit__use_case__team")
    found: QuerySet[Outcome] = shown.only(
        "counts",
        "why_not",
        "audit__signed_off_at",
        "audit__use_case__name",
        "audit__use_case__number",
        "audit__use_case__team__name",
    ).order_by("audit__use_case__name", "audit__use_case_id", "audit__signed_off_at")
    return found
