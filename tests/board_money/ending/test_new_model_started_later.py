"""What a new model that is started on a later day still serves of its base's life."""

from datetime import date
from decimal import Decimal

import pytest

from audits.reports.packs.pack_money import totals
from audits.scoring.costs.cost_calendar import (
    CostCalendar,
    CostEvent,
    Wait,
    calendar_of,
    later,
    months_from,
)
from audits.scoring.money.of_assessment import money_of
from audits.scoring.sums.money_sums import Decided
from audits.scoring.sums.months_from_day import less_from
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

_STARTED, _ENDS = date(2026, 11, 24), date(2027, 1, 14)


def awaited_until_end(months: int) -> CostCalendar:
    """Return 12 months of a new model, at $40, whose base ends; the rest costs $100."""
    ready = later(_STARTED, Decimal(months))
    rates = {_STARTED: Decimal(100), ready: Decimal(40), _ENDS: Decimal(100)}
    events = [
        CostEvent(day=ready, kind="ready", text=""),
        CostEvent(day=_ENDS, kind="end", text="", goes_on_as="rag"),
    ]
    wait = Wait(
        until=ready,
        is_ready=True,
        months=Decimal(months),
        technique="rag",
        month=Decimal(100),
        running=Decimal(100 * months),
    )
    return calendar_of(months_from(_STARTED), rates, (), events, wait)


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2026, 11, 24), 21),
        (date(2026, 12, 2), 12),
        (date(2026, 12, 13), 1),
        (date(2026, 12, 14), 0),
        (date(2026, 12, 30), 0),
        (date(2027, 2, 1), 0),
    ],
)
def test_new_model_that_begins_later_serves_until_its_base_ends(
    on: date, days: int
) -> None:
    found = awaited_until_end(1)
    less = less_from(found, on, Decimal(100), begins=True)

    # Each of these days is one of the 31 of its month, at $60 a month less.
    assert abs(found.total - less - (1200 - Decimal(60 * days) / 31)) < 1


def test_pack_says_whose_new_model_would_serve_no_day() -> None:
    numbers = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini", "ready_months": "1"}
    found = assessed(ANSWERS["stop_fine_tuning"], **numbers)
    plan = Decided(
        name="Case",
        family=found.family,
        money=money_of(found, "planned"),
        state="planned",
    )

    assert totals([plan], date(2026, 12, 13)).no_day == ""
    late = totals([plan], date(2026, 12, 14))
    assert late.no_day == (
        "Started on that day, the new model for “Case” would serve no day: it is not "
        "ready before its base model retires on 14 January 2027. Its training is "
        "counted all the same."
    )
    # From 6 January on, it cannot be trained at all.
    assert totals([plan], date(2027, 1, 6)).no_day == ""
