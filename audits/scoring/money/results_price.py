"""What a candidate costs by its result, where the plan bills something else for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.ways import price_of, serving
from audits.scoring.pricing.cost_plan import CostPlan
from audits.scoring.scored.answers import answered
from audits.scoring.scored.candidates import ScoredCandidate, ScoredKind
from audits.scoring.scored.words import short_name

# The kinds of candidate that each way to pay is for.
_KINDS: Mapping[PricedTechnique, tuple[ScoredKind, ...]] = {
    "prompt": (
        *("prompt", "documents", "updated", "optimised", "stronger"),
        *("split", "tools"),
    ),
    "prompt_smaller": ("smaller",),
    "few_shot": ("examples",),
    "rag": ("retrieval", "hybrid"),
    "fine_tune_hosted": ("live",),
}
_KEPT = "keep"
_TOLD_FROM = Decimal("0.1")  # of the planned amount; less is told by no reader
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPrice:
    """A candidate that serves, at its own price and at that of the plan.

    `call` is US dollars a call by its result, None where that names no cost and its
    model is another than the plan's. The months are of `requests`, as printed.
    """

    name: str
    call: Decimal | None
    planned_call: Decimal
    requests: Decimal
    is_typed: bool

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
        """Whether the two differ by more than a tenth of what is planned."""
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
        return (
            f"“{self.name}” costs ${written(self.month)} a month at "
            f"{_a_call(self.call)} a call {source}; the plan says "
            f"${written(self.planned)} at {_a_call(self.planned_call)}"
        )


def results_price(
    assessment: Assessment, plan: CostPlan, way: PricedTechnique
) -> ResultsPrice | None:
    """Return the price by its result of what serves; None if the plan has the same.

    Args:
        assessment: What was decided.
        plan: What its techniques cost.
        way: How what the verdict leads to is paid for; before a new model serves,
            that of what does until then is meant.
    """
    way = serving(assessment) or way
    row = _serves(assessment, way)
    if row is None or (row.cost is None and row.kind != "stronger"):
        return None
    found = ResultsPrice(
        name=short_name(row),
        call=row.cost,
        planned_call=price_of(plan, way).line.per_request,
        requests=Decimal(assessment.numbers["requests"]),
        is_typed=not row.sha256,
    )
    return found if found.is_other else None


def _serves(assessment: Assessment, way: PricedTechnique) -> ScoredCandidate | None:
    """Return the candidate that serves in a way: the one that is kept, or the best."""
    told, advice = assessment.candidates, assessment.advice
    if told is None:
        return None
    if advice and advice.step.id == _KEPT:
        kept = answered(told, assessment.codes, assessment.levels).behind
        if rows := kept.get("passed"):
            return rows[0] if rows[0].kind in _KINDS.get(way, ()) else None
    rows = tuple(
        row
        for row in told.rows
        if row.kind in _KINDS.get(way, ()) and row.is_allowed
        if not told.why_not(row, assessment.codes)
    )
    return max(rows, key=lambda row: (row.score or 0.0, row.cases), default=None)


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
