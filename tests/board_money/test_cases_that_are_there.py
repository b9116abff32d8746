"""Cases that somebody tested on already are no more paid for in a test set."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_again, assess_on
from audits.scoring.costs.cost_calendar import OneOff
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
    [line] = [x for x in price.calendar.one_offs if x.what == "Make the test set"]
    return line


@pytest.mark.parametrize(
    ("cases", "missing"),
    [(60, 140), (200, 0), (500, 0), (20, 200)],
    ids=["some are there", "all are", "more are", "too few to count"],
)
def test_only_cases_that_are_missing_are_paid(cases: int, missing: int) -> None:
    line = line_of(cases)

    assert line.count == Decimal(missing)
    assert line.amount == Decimal("1.5") * missing
