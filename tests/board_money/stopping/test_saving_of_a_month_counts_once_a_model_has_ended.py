"""A month is compared after all known changes: what ends by itself saves nothing."""

from datetime import date
from decimal import Decimal

from tests.scoring.costs.worked_decisions import money
from tests.scoring.costs.worked_moves import ENDS, MOVES


def test_saving_of_a_month_counts_once_a_model_has_ended() -> None:
    found = money(MOVES, **ENDS)

    assert found.today
    assert found.saving_year
    assert found.today.changes == (date(2027, 1, 14), Decimal(783))
    assert found.today.month.expected > found.chosen.month.expected == 1592
    assert found.saving == 783 - 1592
    assert found.saving_year < 0
