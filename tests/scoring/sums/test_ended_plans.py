"""Plans that end by a decision, together: from the first day of them on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.scoring.sums.ended_plans import Release, sums_of_released
from audits.scoring.sums.months_from_day import Paid

PAID = Paid(
    name="Prompt", month=Decimal(10), once=Decimal(0), year=Decimal(120), from_day=None
)
MARCH = Release(
    name="Letters", state="running", since=date(2027, 3, 1), ends=PAID, instead=PAID
)


def test_sum_of_plans_begins_with_the_first_and_is_made_of_one_state() -> None:
    may = replace(MARCH, name="Triage", since=date(2027, 5, 1), may_be_paid=Decimal(7))
    planned = replace(MARCH, state="planned", since=date(2027, 1, 1))

    [total] = sums_of_released([may, planned, MARCH])

    assert (total.name, total.state) == ("All 2", "running")
    assert total.since == date(2027, 3, 1)
    assert total.ends.year == 240
    assert (total.may_be_paid, total.may_be_then) == (Decimal(7), None)
