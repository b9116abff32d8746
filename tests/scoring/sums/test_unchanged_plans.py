"""Plans that stay as they are have a line of their own, of nothing."""

from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.money_sums import sum_lines
from tests.scoring.costs.worked_packs import decided

NOTHING = Band(low=Decimal(0), expected=Decimal(0), high=Decimal(0))


@pytest.mark.parametrize("on", [None, date(2026, 12, 1)])
def test_plans_that_do_not_change_add_nothing_to_a_sum(on: date | None) -> None:
    kept = decided("keep", "running", today="fine_tune_own")

    [line] = sum_lines([kept, kept], on)

    assert (line.head, line.number) == ("No change", 2)
    assert line.amount == NOTHING
    assert line.from_day == (NOTHING if on else None)
