"""The payback follows from the amounts beside it, and a month has no one-off cost."""

import re
from decimal import Decimal

from audits.scoring.costs.rounding import written
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.scoring.costs.worked_decisions import assessed, money
from tests.scoring.twelve_verdicts import ANSWERS

# All documents are in the prompt: retrieval sends fewer of them.
LONG = {
    "prefix_tokens": "150000",
    "knowledge_tokens": "148500",
    "requests": "100000",
    "today": "prompt",
}


def test_payback_is_the_one_off_over_the_saving_that_are_printed(cast: Cast) -> None:
    numbers = LONG | {"requests": "80000"}
    found = money(ANSWERS["rag"], **numbers)
    assert found.saving is not None
    assert found.payback_months is not None

    said = page_one_of(paper_of(cast, ANSWERS["rag"], **numbers))
    [months] = re.findall(r"paid back in ([\d.]+) months", said)

    assert found.payback_months == found.one_off / found.saving
    assert Decimal(months) == round(found.one_off / found.saving, 1)
    assert f"${written(found.one_off)} up front" in said
    assert f"${written(found.saving)} a month less" in said


def test_month_has_no_part_of_what_is_paid_once() -> None:
    costs = assessed(
        ANSWERS["rag"], **LONG, smaller="gpt-6-luna", tuned="gpt-6.1-sol"
    ).costs
    assert costs is not None
    prices = [cost.price for cost in costs.plan.techniques if cost.price]

    assert len(prices) == 7
    for price in prices:
        assert price.year.expected == 12 * price.month.expected + price.calendar.once
