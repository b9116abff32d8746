"""What an amount pays for that may be there already, as answers say."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from audits.scoring.costs.building_costs import BUILD_RETRIEVAL, TEST_SET
from audits.scoring.costs.cost_calendar import OneOff
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.scored.candidates import NO_CANDIDATES

# The fewest cases that each answer means.
_CASES: Mapping[str, int] = {"small_set": 30, "solid_set": 200, "production": 200}


def cases_that_are_there(assessment: Assessment) -> int:
    """Return how many cases answers say exist, beyond those of results; 0 if none.

    Only cases that a result was scored on are known to be there, and not paid for.
    """
    answered = _CASES.get(str(assessment.codes.get("eval")), 0)
    found = assessment.candidates or NO_CANDIDATES
    return answered if answered > found.cases_there else 0


def is_retrieval_there(assessment: Assessment) -> bool:
    """Whether a retrieval is advised that answers say was tested.

    A test does not say whether what was tested can go live: see decision 0118.
    """
    advice = assessment.advice
    is_kept = advice is not None and advice.step.id == "keep"
    return is_kept and assessment.context_layer == "rag"


def of_test_set(lines: Sequence[OneOff]) -> Decimal:
    """Return what lines charge for a test set."""
    return sum((x.amount for x in lines if TEST_SET in x.what), Decimal(0))


def of_retrieval(lines: Sequence[OneOff]) -> Decimal:
    """Return what lines charge to build retrieval."""
    return sum((x.amount for x in lines if x.what == BUILD_RETRIEVAL), Decimal(0))


def may_be_there(assessment: Assessment, money: Money) -> str:
    """Say how much less what is advised costs if what was tested can go live.

    Empty where none of what it pays for is said to be there.
    """
    row = money.recommended
    if row is None or money.move or money.chosen == money.today:
        return ""
    lines = row.calendar.one_offs
    tested = of_retrieval(lines) if is_retrieval_there(assessment) else Decimal(0)
    cases = of_test_set(lines) if cases_that_are_there(assessment) else Decimal(0)
    if not tested:
        return ""
    with_cases = " with its test in a results file" if cases else ""
    year, less = written(row.year.expected), written(tested + cases)
    live = f"If what was tested can go live as it is{with_cases}"
    same = min(_of_plan(money.today, has_cases=bool(cases)), tested + cases)
    if same == tested + cases:
        return f"{live}, plan and advice each cost up to ${less} less."
    also = f", and the plan is up to ${written(same)} less" if same else ""
    return f"{live}, the ${year} is up to ${less} less{also}."


def _of_plan(plan: MoneyRow | None, *, has_cases: bool) -> Decimal:
    """Return what a plan pays for the same: retrieval that serves first, and cases."""
    if plan is None or plan.state == "stopped":
        return Decimal(0)
    lines, build = plan.calendar.one_offs, BUILD_RETRIEVAL.lower()
    built = (x.amount for x in lines if build in x.what.lower())
    return sum(built, of_test_set(lines) if has_cases else Decimal(0))
