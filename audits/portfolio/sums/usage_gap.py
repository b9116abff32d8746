"""Where usage of what runs is far off what the running spend counts it with."""

from collections import defaultdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from audits.models import Outcome, PortfolioRow, PortfolioRowQuerySet, Team
from audits.models.fields.left_of import left_of
from audits.models.portfolio.filters import RUNNING
from audits.scoring.costs.rounding import as_printed
from audits.scoring.money.amounts import dollars
from audits.scoring.tracking.far_off import is_far
from audits.scoring.tracking.outcomes import ComparedMonth, months_of
from audits.scoring.tracking.since_papers import UseCaseMonths, since_papers

type _Gap = tuple[str, Decimal, Decimal, bool, str]


def usage_gap(of: Team | None, *, among: PortfolioRowQuerySet | None = None) -> str:
    """Say where usage cost far more or less a month than what runs; empty if nowhere.

    Real usage of a use case counts before usage that was invented for practice.

    Args:
        of: The team whose use cases they are; without one, any.
        among: The rows that a filter leaves; without them, any.

    Note: two queries.
    """
    rows = PortfolioRow.objects.all().of_team(of) if among is None else among
    runs = rows.filter(RUNNING, spend__isnull=False).order_by()
    months = _months(runs)
    counted = runs.filter(use_case__in=months).annotate(
        left=left_of("spend", "spend_off")
    )
    found = counted.values_list("use_case_id", "name", "left")
    gaps = [_gap(name, left, months[pk]) for pk, name, left in found]
    return said_of_gaps([gap for gap in gaps if gap])


def _months(runs: PortfolioRowQuerySet) -> dict[UUID, list[ComparedMonth]]:
    shown: Any = Outcome.objects.exclude(months=[]).filter(
        audit__use_case__in=runs.values("use_case")
    )
    found: dict[UUID, list[ComparedMonth]] = defaultdict(list)
    for use_case, stored in shown.order_by("audit__signed_off_at", "pk").values_list(
        "audit__use_case", "months"
    ):
        found[use_case] += months_of(stored)
    return found


def _gap(name: str, counted: Decimal, months: list[ComparedMonth]) -> _Gap | None:
    """Return what usage of a use case cost a month, if that is far from the count."""
    files = {month.file: "" for month in months}
    own = UseCaseMonths(name=name, months=tuple(months), files=files)
    [first, *_] = since_papers([own])
    total = first.total
    if total.cost is None or not total.held.compared:
        return None
    paid, here = as_printed(total.cost / total.held.compared), as_printed(counted)
    if not is_far(paid, here):
        return None
    return name, paid, here, first.is_synthetic, total.ran_on


def said_of_gaps(gaps: list[_Gap]) -> str:
    """Say what usage cost beside what is counted, and whether it was invented.

    >>> one = ("Policies", Decimal(9692), Decimal(2527), True, "GPT-4.1")
    >>> said_of_gaps([one])
    'usage of Policies (invented for practice) ran on GPT-4.1 and cost $9,692 a month; \
“Running” counts $2,527 for it'
    >>> more = ("Codes", Decimal(300), Decimal(100), False, "")
    >>> said_of_gaps([one, more])
    'usage of 2 of these (some invented for practice) cost $9,992 a month; \
“Running” counts $2,627 for them'
    >>> said_of_gaps([])
    ''
    """
    if not gaps:
        return ""
    paid = sum((gap[1] for gap in gaps), Decimal(0))
    counted = sum((gap[2] for gap in gaps), Decimal(0))
    number, invented = len(gaps), sum(gap[3] for gap in gaps)
    whose = gaps[0][0] if number == 1 else f"{number:,} of these"
    some = "some " if invented < number else ""
    told = f" ({some}invented for practice)" if invented else ""
    ran_on = f" ran on {gaps[0][4]} and" if number == 1 and gaps[0][4] else ""
    return (
        f"usage of {whose}{told}{ran_on} cost {dollars(paid)} a month; “Running” "
        f"counts {dollars(counted)} for {'it' if number == 1 else 'them'}"
    )
