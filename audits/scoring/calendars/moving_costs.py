"""What is paid once to move off a tuned model in time: candidates, then one of them.

Each candidate is built and scored on the same cases; the one that is taken runs beside
the old model for some weeks before that ends.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from math import ceil

from audits.scoring.calendars.technique_costs import RUNNINGS
from audits.scoring.calendars.usages import USAGES
from audits.scoring.costs.building_costs import (
    FOLLOWS,
    MOVE_TO_PROMPT,
    RETRAININGS,
    Line,
    days_of_work,
)
from audits.scoring.costs.cost_drivers import YEAR_MONTHS
from audits.scoring.costs.cost_inputs import CostInputs, Moving, Scenario, UnpricedError
from audits.scoring.costs.cost_numbers import TRAINED, PricedTechnique

_YEAR_WEEKS, _WORKING_DAYS, _WEEK_DAYS = 52, 5, 7
_TEST_TRAINED = days_of_work("Test the successor", "reevaluate_days")
_TEST_SIMPLE = days_of_work("Test the simpler candidate", "reevaluate_days")


# The same lines are the same parts of a cost, so that none is priced twice.
@cache
def lines_of_move(moving: Moving) -> tuple[Line, ...]:
    """Return what is paid once, before the old model ends.

    Source: docs/method.md, formula 13.
    """
    return (*_lines(moving), _beside(moving.to))


def _lines(moving: Moving) -> Iterator[Line]:
    yield MOVE_TO_PROMPT[0]
    for technique in moving.compared:
        *made, _ = _made(technique)
        yield from made
        yield _TEST_TRAINED if technique in TRAINED else _TEST_SIMPLE


def _made(technique: PricedTechnique) -> tuple[Line, ...]:
    """Return how a candidate is made and tested; the data and the cases are there."""
    if technique in TRAINED:
        return RETRAININGS[technique]
    return FOLLOWS.get(technique, MOVE_TO_PROMPT)[1:]


def made_to_test(technique: PricedTechnique) -> frozenset[str]:
    """Return what is paid once to train a candidate of a move and to test it."""
    *made, _ = _made(technique)
    return frozenset(line.what for line in (*made, _TEST_TRAINED))


@cache
def _beside(technique: PricedTechnique) -> Line:
    """Return the weeks in which both run; people and the old model are paid anyway."""

    def price(scenario: Scenario) -> Decimal:
        tuned = scenario.inputs.tuned
        if tuned is None or tuned.ends is None:
            message = "The day on which the tuned model retires is not known"
            raise UnpricedError(message)
        weeks = scenario.number("parallel_weeks")
        then = replace(scenario, day=tuned.ends)
        machines = (part(then) for part in RUNNINGS[technique][:-1])
        month = USAGES[technique](then).month + sum(machines, Decimal(0))
        return weeks * YEAR_MONTHS / _YEAR_WEEKS * month

    return Line("Run it beside the old model", price)


def days_needed(moving: Moving, inputs: CostInputs) -> int:
    """Return how many days a move takes, weekends included, with numbers as expected.

    One engineer does all the work, and then both models run for some weeks.
    """
    lines = lines_of_move(moving)
    found = (line.counting for line in lines if line.counting)
    days = (inputs.expected[x.count] for x in found if x.unit == "days")
    work = ceil(sum(days, Decimal(0)) * _WEEK_DAYS / _WORKING_DAYS)
    return work + ceil(inputs.expected["parallel_weeks"] * _WEEK_DAYS)
