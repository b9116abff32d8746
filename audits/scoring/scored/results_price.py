"""What a candidate costs by its result, where a plan bills something else for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from audits.frameworks.evaluation import Code
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.scored.answers import answered
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, ScoredKind
from audits.scoring.scored.words import short_name

_PROMPTED: tuple[ScoredKind, ...] = (
    *("prompt", "documents", "updated", "optimised", "stronger"),
    *("split", "tools"),
)
# The kinds of candidate that each way to pay is for.
_KINDS: Mapping[PricedTechnique, tuple[ScoredKind, ...]] = {
    "prompt": _PROMPTED,
    "prompt_tested": _PROMPTED,
    "prompt_smaller": ("smaller",),
    "few_shot": ("examples",),
    "rag": ("retrieval", "hybrid"),
    "fine_tune_hosted": ("live",),
}
_TOLD_FROM = Decimal("0.1")  # of the planned amount
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPrice:
    """A candidate that serves, at its own price and at that of the plan.

    `call` is US dollars a call by its result, None where that names no cost and its
    model is another than the plan's. The months are of `requests`, as printed. If it
    `is_priced`, the amounts have this price, else that of the plan.
    """

    name: str
    kind: ScoredKind
    call: Decimal | None
    planned_call: Decimal
    requests: Decimal
    is_typed: bool
    is_priced: bool = False

    @property
    def month(self) -> Decimal | None:
        """What its calls cost a month; None where that is not known."""
        return None if self.call is None else as_printed(self.call * self.requests)

    @property
    def planned(self) -> Decimal:
        """What the plan bills for them a month."""
        return as_printed(self.planned_call * self.requests)

    @property
    def is_other(self) -> bool:
        """Whether the two differ by more than a tenth of the planned amount."""
        if self.month is None:
            return True
        return abs(self.month - self.planned) > self.planned * _TOLD_FROM

    @property
    def more(self) -> Decimal | None:
        """What 12 months cost more than planned; None where they do not."""
        if self.month is None or self.month <= self.planned:
            return None
        return 12 * (self.month - self.planned)

    @property
    def says(self) -> str:
        """Both amounts with their units and where they are from, in a sentence."""
        if self.call is None or self.month is None:
            return (
                f"What “{self.name}” costs is not known: its results name no cost of a "
                f"call, and the plan’s ${written(self.planned)} a month is for the "
                "model that was entered"
            )
        source = "as typed" if self.is_typed else "by its results file"
        if self.is_priced:
            return (
                f"“{self.name}” is priced at {_a_call(self.call)} a call {source}; the "
                f"plan’s model costs {_a_call(self.planned_call)}"
            )
        return (
            f"“{self.name}” costs ${written(self.month)} a month at "
            f"{_a_call(self.call)} a call {source}; the plan says "
            f"${written(self.planned)} at {_a_call(self.planned_call)}"
        )


def serving_row(
    found: Candidates,
    codes: Mapping[str, Code],
    way: PricedTechnique,
    *,
    is_kept: bool,
) -> ScoredCandidate | None:
    """Return the candidate that serves in a way; None if none of it counts.

    Args:
        found: The candidates.
        codes: The answers that count.
        way: How what serves is paid for.
        is_kept: Whether the advice is to keep the one that meets the target; else it
            is the best of that way.
    """
    kinds = _KINDS.get(way, ())
    kept = answered(found, codes, {}).behind.get("passed") if is_kept else None
    rows = kept or tuple(
        row
        for row in found.rows
        if row.kind in kinds and row.is_allowed and not found.why_not(row, codes)
    )
    best = max(rows, key=lambda row: (row.score or 0.0, row.cases), default=None)
    return best if best and best.kind in kinds else None


def results_price(
    row: ScoredCandidate | None, planned_call: Decimal, requests: Decimal
) -> ResultsPrice | None:
    """Return what a candidate costs by its result; None if the plan has the same.

    Args:
        row: The candidate that serves; None without one.
        planned_call: What the plan bills for a call, in US dollars.
        requests: The calls of a month.
    """
    if row is None or (row.cost is None and row.kind != "stronger"):
        return None
    found = ResultsPrice(
        name=short_name(row),
        kind=row.kind,
        call=row.cost,
        planned_call=planned_call,
        requests=requests,
        is_typed=not row.sha256,
    )
    return found if found.is_other else None


def _a_call(amount: Decimal) -> str:
    """Write the price of a call, with so many digits as tell two of them apart.

    >>> _a_call(Decimal("0.009521747")), _a_call(Decimal("1.5")), _a_call(Decimal(12))
    ('$0.009522', '$1.50', '$12')
    """
    if not amount:
        return "$0"
    exact = round(amount, _DIGITS - 1 - amount.adjusted()).normalize()
    is_short = exact == exact.quantize(Decimal("0.01")) and exact % 1
    return f"${exact:.2f}" if is_short else f"${exact:,f}"
