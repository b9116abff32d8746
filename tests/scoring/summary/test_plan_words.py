"""What steps take, in words: one of them, two, and more than a page has room for."""

from dataclasses import replace

import pytest

from audits.scoring.money.measuring import hours_cost
from audits.scoring.summary.first_steps import STEPS
from audits.scoring.summary.plan import Plan, plan_of
from tests.scoring.letters import FRAMEWORK, scored
from tests.scoring.summary.test_asked_sum import found_with

FOUND = found_with(scored("prompt", 26, 40))
PLAN = plan_of(FRAMEWORK, FOUND)


def plan(first: int, others: int, hours: int = 3) -> Plan:
    """Return a plan with so many steps of each kind, all alike."""
    card = replace(PLAN.first[0], hours=hours, cost=hours_cost(FOUND, hours))
    cost = hours_cost(FOUND, hours * others)
    return Plan(first=(card,) * first, others=(card,) * others, others_cost=cost)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (1, ""),
        (STEPS, "These 3 steps take 9 hours, $900 in all."),
        (STEPS + 2, "These 3 steps and 2 more take 15 hours, $1,500 in all."),
    ],
)
def test_steps_that_a_page_has_no_room_for_are_counted(steps: int, said: str) -> None:
    assert plan(steps, 0).takes_beside_cards == said


@pytest.mark.parametrize(
    ("others", "hours", "said"),
    [
        (1, 1, "The other step takes 1 hour and $100 ($52 to $233); it cannot"),
        (
            2,
            3,
            "The 2 other steps take 6 hours and $600 ($312 to $1,397) in all; neither",
        ),
        (3, 3, "The 3 other steps take 9 hours and $900 ($468 to $2,096) in all; none"),
    ],
)
def test_what_the_other_steps_take_is_in_all_where_they_are_several(
    others: int, hours: int, said: str
) -> None:
    assert plan(1, others, hours).others_say.startswith(said)


@pytest.mark.parametrize(
    ("waits", "said"),
    [
        (0, ""),
        (1, "then about 1 working day of waiting"),
        (5, "then about 5 working days of waiting"),
    ],
)
def test_step_says_how_long_to_wait_for_others(waits: int, said: str) -> None:
    assert replace(PLAN.first[0], waits=waits).waiting == said
