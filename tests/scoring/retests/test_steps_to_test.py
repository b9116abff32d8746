"""What the steps of a verdict ask to test, and nobody has tested yet."""

from dataclasses import replace

from audits.scoring.inputs import Inputs
from audits.scoring.retests.steps import steps_to_test
from audits.scoring.scored.candidates import Candidates
from tests.scoring.letters import scored
from tests.scoring.summary.test_plan_words import PLAN

CARD = replace(PLAN.first[0], kinds=("examples", "stronger"))


def kinds(*rows: str, is_removed: bool = False) -> list[str]:
    tested = [replace(scored("examples", 9), is_removed=is_removed) for _ in rows]
    given = Inputs(codes={}, numbers={}, candidates=Candidates(rows=tuple(tested)))
    return [row.kind for row in steps_to_test((CARD, CARD), given)]


def test_each_kind_of_the_steps_is_tested_once_unless_it_is_there() -> None:
    assert kinds() == ["examples", "stronger"]
    assert kinds("examples") == ["stronger"]
    assert kinds("examples", is_removed=True) == ["examples", "stronger"]
