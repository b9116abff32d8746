"""The 12 months of a plan whose model retires in them are told phase by phase."""

from datetime import timedelta
from decimal import Decimal

import pytest

from audits.scoring.sums.phases import for_training, phases_of
from tests.board_money.ending.test_plan_goes_on_as_what_is_allowed import LONG, TODAY
from tests.scoring.costs.worked_decisions import money, of_today
from tests.scoring.twelve_verdicts import ANSWERS

STOP = ANSWERS["stop_fine_tuning"]


@pytest.mark.parametrize(
    ("numbers", "then"),
    [(LONG, "“Retrieval”"), ({}, "a prompt on GPT-6 Luna")],
)
def test_each_phase_has_its_end_and_its_month(
    numbers: dict[str, str], then: str
) -> None:
    row = of_today(money(STOP, **TODAY, **numbers, ready_months="1"))
    calendar = row.calendar
    assert calendar.wait

    served, trained, follows = phases_of(row)

    assert served == (
        "Until this model is ready (24 December 2026): “Retrieval”, "
        f"${calendar.wait.running:,.0f} a month"
    )
    assert trained == (
        "Until it retires (14 January 2027): this model, "
        f"${row.month.expected:,.0f} a month"
    )
    assert follows == f"After that: {then}, ${row.last_month:,.0f} a month"
    assert for_training(row) == Decimal(19_022)
    assert calendar.once > 19_022


def test_model_that_begins_too_late_to_serve_has_no_phase_of_its_own() -> None:
    row = of_today(money(STOP, **TODAY, ready_months="1"))
    first = row.starts

    early, late = (phases_of(row, first + timedelta(days=n)) for n in (2, 25))

    assert [each.partition(":")[0] for each in early] == [
        "Until this model is ready (26 December 2026)",
        "Until it retires (14 January 2027)",
        "After that",
    ]
    assert late[0].startswith("It retires on 14 January 2027, before it is ready: ")
    assert "until then “" in late[0]
    assert late[1:] == early[2:]


@pytest.mark.parametrize("months", ["0", "3"])
def test_plan_that_waits_for_no_model_or_gets_none_has_no_phases(months: str) -> None:
    row = of_today(money(STOP, **TODAY, ready_months=months))

    assert row.last_month != Decimal(0)
    assert phases_of(row) == ()
