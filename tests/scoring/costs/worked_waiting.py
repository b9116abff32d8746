"""The use cases of docs/worked_costs.md in which a new model serves later."""

from tests.scoring.costs.worked_decisions import (
    Numbers,
    assessed,
    money,
    of_today,
    price,
)
from tests.scoring.twelve_verdicts import SLOW


def v28() -> Numbers:
    numbers = {"today": "prompt", "requests": "10000000", "ready_months": None}
    found = money(SLOW, **numbers)
    calendar = found.chosen.calendar
    assert calendar.wait is not None
    assert found.saving_year is not None
    assert found.at_risk is not None
    assert found.payback_months is not None
    return {
        "today_month": of_today(found).month.expected,
        "meanwhile_month": calendar.wait.month,
        "set_up": calendar.set_up,
        "up_front": found.one_off,
        "meanwhile": calendar.wait.running,
        "year": found.chosen.year.expected,
        "saving_year": found.saving_year,
        "at_risk": found.at_risk,
        "payback": found.payback_months,
    }


def v29() -> Numbers:
    numbers = {"today": "prompt", "requests": "10000000", "ready_months": "1.5"}
    exact = price(assessed(SLOW, **numbers), "distil").calendar
    found = money(SLOW, **numbers).chosen
    assert found.calendar.wait is not None
    return {
        "month_2": exact.months[1].running,
        "meanwhile": found.calendar.wait.running,
        "year": found.year.expected,
    }
