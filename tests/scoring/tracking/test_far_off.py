"""Usage that is far off what a paper counts is told with both amounts."""

from decimal import Decimal

from audits.scoring.tracking.far_off import far_off
from tests.scoring.tracking.test_outcomes import month
from tests.scoring.tracking.test_since_papers import NOVEMBER, a_use_case, told


def test_usage_of_more_than_twice_what_is_counted_asks_for_a_check() -> None:
    found = told(
        a_use_case("Mail", month("inside", "5", NOVEMBER), month("above", "7"))
    )
    assert found.total.cost is not None
    paid = found.total.cost / 2

    said = far_off(found, paid / 3)

    assert said.startswith("Usage of November to December 2026 cost $")
    # A paper for information says the same, and has no vote.
    assert said.endswith(": check its numbers.")
    assert f"this paper counts ${round(paid / 3):,}" in said
    assert far_off(found, paid / 2 + 1) == ""
    assert far_off(found, paid * Decimal("1.9")) == ""


def test_usage_of_another_model_than_todays_asks_for_no_check() -> None:
    found = told(a_use_case("Mail", month("above", "7", NOVEMBER)))
    assert found.total.cost is not None
    [own, *_] = found.total.models

    other = far_off(found, found.total.cost / 3, model="claude-haiku-5-5")

    assert other.endswith(", whose model is another one.")
    same = far_off(found, found.total.cost / 3, model=own)
    assert same.endswith(": check its numbers.")
