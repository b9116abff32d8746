"""What a way costs by date has a row for the first day, and for each change."""

from datetime import date
from decimal import Decimal

from audits.scoring.history.money_by_date import money_by_date
from audits.scoring.inputs import Inputs
from tests.scoring.letters import FRAMEWORK
from tests.scoring.worked_numbers import CALLS


def test_price_is_told_from_the_first_day_on_and_where_it_changes() -> None:
    given = Inputs(codes={}, numbers=CALLS)

    before, after = money_by_date(FRAMEWORK, given, "prompt", date(2026, 12, 1))

    assert (before.day, before.month) == (date(2022, 1, 1), None)
    assert before.why.startswith("Claude Sonnet 5.5 has no price on 1 January 2022")
    assert (after.day, after.month) == (date(2026, 9, 28), Decimal(1366))
