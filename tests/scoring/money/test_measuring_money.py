"""What measurements cost, where an hour has a price."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.answering import answers
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import (
    PeopleCost,
    PracticesCost,
    funded,
    measuring_cost,
)
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import CALLS

DAY = date(2026, 11, 24)
# A need in one narrow job that nobody has tested yet.
UNTESTED = {
    "goal": ["task_skill"],
    "state": "planned",
    "tried": ["instructions", "examples", "stronger_model"],
    "eval": "unknown",
    "quality_gap": "unknown",
    "task_shape": "narrow_stable",
    "component": "generator",
    "examples": "thousands",
    "hosting": "cloud_ok",
}


def codes_of(given: Mapping[str, Any]) -> dict[str, Code]:
    return answers.read(current(), given)


def test_hours_are_priced_by_what_the_team_says_a_day_costs() -> None:
    inputs = Inputs(
        codes=codes_of(UNTESTED),
        numbers=CALLS | {"engineer_day": "1000"},
    )
    assessment = assess_on(current(), inputs, DAY)
    assert assessment.measurements

    found = measuring_cost(assessment)

    hours = assessment.measurements.hours
    assert found
    assert (found.hours, found.is_given) == (hours, True)
    assert found.amount
    assert found.amount.expected == hours * 125
    # The hours may take 0.7 to 2 times as long.
    low, high = hours * 125 * 7 // 10, hours * 125 * 2
    assert found.words == (
        f"${hours * 125:,} (${low:,} to ${high:,}), at $1,000 a day."
    )


def test_usual_price_of_a_day_is_called_an_assumption() -> None:
    assessment = assess_on(
        current(), Inputs(codes=codes_of(UNTESTED), numbers=CALLS), DAY
    )

    found = measuring_cost(assessment)

    assert found
    assert found.amount
    assert found.amount.low < found.amount.expected < found.amount.high
    assert found.amount.expected == Decimal(found.hours * 100)
    assert found.words.endswith("at $800 a day (assumed).")


def test_hours_take_as_long_as_planned_where_nothing_usual_is_known() -> None:
    inputs = Inputs(codes=codes_of(UNTESTED), numbers={"engineer_day": "1000"})
    assessment = assess_on(current(), inputs, DAY)

    found = measuring_cost(replace(assessment, costs=None))

    assert found
    assert found.amount
    each = {found.amount.low, found.amount.expected, found.amount.high}
    assert each == {Decimal(found.hours * 125)}


def test_hours_without_a_price_are_only_hours() -> None:
    assessment = assess_on(current(), Inputs(codes=codes_of(UNTESTED)), DAY)

    found = measuring_cost(replace(assessment, costs=None))

    assert found
    assert found.hours
    assert (found.amount, found.words) == (None, "")


def test_where_nothing_is_measured_first_nothing_is_paid_for_it() -> None:
    inputs = Inputs(codes=codes_of(RETRIEVAL_CASE), numbers=CALLS)

    assert measuring_cost(assess_on(current(), inputs, DAY)) is None


def test_practices_are_named_only_where_some_are_missing() -> None:
    people = PeopleCost(
        low=Decimal(60), expected=Decimal(120), high=Decimal(240), is_assumed=False
    )
    once = Decimal(800)
    one = PracticesCost(low=once, expected=once, high=once, number=1, is_assumed=False)
    none = replace(one, low=Decimal(0), expected=Decimal(0), high=Decimal(0), number=0)

    said = dict(funded(people, one))

    assert said["funding"] == "$920 ($860 to $1,040)"
    assert said["practices"] == "$800"
    assert said["missing"] == "1 practice that is missing"
    alone = {"funding", "funding_sum", "people", "people_month"}
    assert dict(funded(people, none)).keys() == dict(funded(people, None)).keys()
    assert dict(funded(people, None)).keys() == alone
