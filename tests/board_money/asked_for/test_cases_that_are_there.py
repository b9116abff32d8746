"""Cases that somebody tested on already are no more paid for in a test set."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_again, assess_on
from audits.scoring.costs.cost_calendar import OneOff
from audits.scoring.money.of_assessment import money_of
from audits.scoring.sums.calendar import months_of
from audits.scoring.told.amounts.test_set_charged import test_set_charged as charged
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, inputs_of


def line_of(cases: int) -> OneOff:
    inputs = replace(
        inputs_of(ANSWERS["rag"], {}, **GIVEN),
        candidates=candidates(scored("prompt", 9, cases)),
    )
    found = assess_on(current(), inputs, DAY)
    assert found.costs
    price = found.costs.plan.of("rag").price
    assert price
    assert assess_again(current(), found).costs == found.costs
    [line] = [
        x
        for x in price.calendar.one_offs
        if x.what == "Get right answers for the test set"
    ]
    return line


@pytest.mark.parametrize(
    ("cases", "missing"),
    [(60, 140), (200, 0), (500, 0), (20, 200)],
    ids=["some are there", "all are", "more are", "too few to count"],
)
def test_only_cases_that_are_missing_are_paid(cases: int, missing: int) -> None:
    line = line_of(cases)

    assert line.counted
    assert line.counted.count == Decimal(missing)
    assert line.amount == Decimal("1.5") * missing


@pytest.mark.parametrize(
    ("answer", "cases", "is_told"),
    [
        ("solid_set", 0, True),
        ("small_set", 0, True),
        ("none", 0, False),
        ("solid_set", 200, False),
        ("small_set", 60, False),
    ],
)
def test_test_set_that_answers_say_is_there_is_said_to_be_counted(
    answer: str, cases: int, *, is_told: bool
) -> None:
    rows = (scored("prompt", 9, cases),) if cases else ()
    inputs = replace(
        inputs_of({**ANSWERS["rag"], "eval": answer}, {}, **GIVEN),
        candidates=candidates(*rows),
    )
    found = assess_on(current(), inputs, DAY)
    money = money_of(found)
    assert money
    paid = [paid for _, paid in months_of(money).builds]
    said = [charged(found, each) for each in paid]

    assert any("no results file shows the" in each for each in said) is is_told
