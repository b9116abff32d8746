"""What it costs over the 12 months if a trained model fails its test, in words."""

from collections.abc import Iterator
from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.money.names.named_amounts import plan_in_words
from audits.scoring.money.words import Money

FAILING = "If the trained model fails its test"


def of_failing(money: Money | None, *, is_brief: bool = False) -> str:
    """Return what then stays, and what that costs beside the recommendation and today.

    Where nothing stays, or what stays costs no more than the recommendation, it is what
    the training loses. Empty if no test can fail.

    Args:
        money: The money behind the verdict, in US dollars; None if it is not known.
        is_brief: Whether today's plan is left out, for room.
    """
    if money is None or money.at_risk is None or money.at_risk_if != "its_test_fails":
        return ""
    technique, year = money.if_it_fails or (None, Decimal(0))
    if technique is None or year <= money.chosen.year.expected:
        return f"{FAILING}, ${written(money.at_risk)} is lost."
    against = " and ".join(_against(money, year, is_brief=is_brief))
    name = SHORT_NAMES[technique]
    return f"{FAILING}, “{name}” stays in use and costs {against}."


def _against(money: Money, year: Decimal, *, is_brief: bool) -> Iterator[str]:
    """Yield how much more or less than each plan the 12 months then cost."""
    yield f"{_more(year - money.chosen.year.expected)} than recommended"
    if money.today and money.today != money.chosen and not is_brief:
        more = _more(year - money.today.year.expected)
        yield f"{more} than the {plan_in_words(money)}"


def _more(difference: Decimal) -> str:
    return f"${written(abs(difference))} {'less' if difference < 0 else 'more'}"
