"""The payback follows from the amounts beside it, and a month has no one-off cost."""

from datetime import date
from decimal import Decimal

from audits.scoring.calendars.payback import in_tenths, paid_back_after
from audits.scoring.costs.cost_calendar import (
    CostEvent,
    OneOff,
    calendar_of,
    months_from,
)
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

# All documents are in the prompt: retrieval sends fewer of them.
LONG = {
    "prefix_tokens": "150000",
    "knowledge_tokens": "148500",
    "requests": "100000",
    "today": "prompt",
}


def test_month_has_no_part_of_what_is_paid_once() -> None:
    costs = assessed(
        ANSWERS["rag"], **LONG, smaller="gpt-6-luna", tuned="gpt-6.1-sol"
    ).costs
    assert costs is not None
    prices = [cost.price for cost in costs.plan.techniques if cost.price]

    assert len(prices) == 7
    for price in prices:
        assert price.year.expected == 12 * price.month.expected + price.calendar.once


def test_payback_in_a_month_that_changes_is_counted_by_days() -> None:
    # A tuned model at 3,837 a month ends on 14 January 2027: 782 from then on, and
    # 5,600 once. Few-shot costs 4,330 up front and 829 a month.
    day, end = date(2026, 11, 19), date(2027, 1, 14)
    starts = months_from(day)
    theirs = calendar_of(
        starts,
        {day: Decimal(3837), end: Decimal(782)},
        [OneOff(day=end, what="Move", amount=Decimal(5600))],
        [CostEvent(day=end, kind="end", text="It ends.")],
    ).as_printed
    build = OneOff(day=day, what="Build", amount=Decimal(4330))
    ours = calendar_of(starts, {day: Decimal(829)}, [build]).as_printed

    found = paid_back_after(ours, theirs)

    assert found is not None
    # 3,008 in month 1, and 1,322 of as much a month in month 2: before the move.
    assert abs(found - (1 + Decimal(1322) / 3008)) < Decimal("1e-20")
    assert in_tenths(found) == Decimal("1.4")
