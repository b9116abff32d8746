"""How often the ranges of papers held, over all use cases of the portfolio."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.models import Audit, Outcome, UseCase
from audits.outcomes.coverage import Coverage, coverage_of
from audits.scoring.tracking.calibration import Held, conclusion, held
from audits.scoring.tracking.outcome_words import cause_of, span_of, totals_sentence
from audits.scoring.tracking.outcomes import ComparedMonth, months_of
from audits.scoring.tracking.words import SYNTHETIC

_PAGE_SIZE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCaseRow:
    """What happened in the months of a use case: those of real or of synthetic usage.

    `audit` is the latest one with months.
    """

    use_case: UseCase
    audit: Audit
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
    """How often ranges held: all months of real usage together, then by use case.

    `coverage` says which share of the live use cases these months are about.
    """

    held: Held
    coverage: Coverage
    rows: tuple[UseCaseRow, ...]
    synthetic: tuple[UseCaseRow, ...]

    @property
    def judged(self) -> int:
        """Use cases with a month that is beside a range."""
        return sum(row.held.judged > 0 for row in self.rows)

    @property
    def compared(self) -> int:
        """Use cases with a month whose cost is known."""
        return sum(row.held.compared > 0 for row in self.rows)


@members_only
@require_GET
def calibration(request: MemberRequest) -> HttpResponse:
    found = calibrated()
    context = {
        "nav": "portfolio",
        "found": found,
        "conclusion": conclusion(found.held),
        "totals": totals_sentence(found.held),
        "others": found.coverage.others[:_PAGE_SIZE],
        "page": Paginator(found.rows, _PAGE_SIZE).get_page(request.GET.get("page")),
        "synthetic_says": SYNTHETIC,
    }
    return render(request, "outcomes/calibration.html", context)


def calibrated() -> Calibration:
    """Return how often ranges held in the organization."""
    real: list[ComparedMonth] = []
    rows: list[UseCaseRow] = []
    by_use_case = {
        key: [*group]
        for key, group in groupby(_outcomes(), key=lambda each: each.audit.use_case_id)
    }
    for outcomes in by_use_case.values():
        months = [month for each in outcomes for month in months_of(each.months)]
        followed = [each.audit for each in outcomes if each.months]
        rows += _rows(followed[-1], months) if followed else ()
        real += (month for month in months if not month.is_synthetic)
    return Calibration(
        held=held(real),
        coverage=coverage_of(by_use_case),
        rows=tuple(row for row in rows if not row.is_synthetic),
        synthetic=tuple(row for row in rows if row.is_synthetic),
    )


def _rows(audit: Audit, months: Iterable[ComparedMonth]) -> Iterator[UseCaseRow]:
    for is_synthetic in (False, True):
        if own := [month for month in months if month.is_synthetic == is_synthetic]:
            yield UseCaseRow(
                use_case=audit.use_case,
                audit=audit,
                held=held(own),
                is_synthetic=is_synthetic,
            )


def _outcomes() -> "QuerySet[Outcome]":
    """Return the outcomes by use case, the latest audit of each last."""
    shown: Any = Outcome.objects.select_related("audit__use_case__team")
    found: QuerySet[Outcome] = shown.only(
        "months",
        "why_not",
        "audit__use_case__name",
        "audit__use_case__number",
        "audit__use_case__team__name",
    ).order_by("audit__use_case__name", "audit__use_case_id", "audit__signed_off_at")
    return found
