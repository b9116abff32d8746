"""The step that moves the calls to a smaller hosted model that passed its test.

It tests nothing: what passed or failed before it is not tested again first.
"""

from collections.abc import Iterator

from audits.scoring.cards.card import Card
from audits.scoring.costs.moved_calls import moving
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.measuring import hours_cost
from audits.scoring.moving.smaller import moves_to_smaller, saving_said
from audits.scoring.step_facts import CASES

MOVE_SMALLER = "move_smaller"


def move_smaller(assessment: Assessment) -> Iterator[Card]:
    """Yield the step, where the advice is to move."""
    if not moves_to_smaller(assessment):
        return
    facts, found = moving(), assessment.candidates
    there = found.cases_there if found else 0
    yield Card(
        id=MOVE_SMALLER,
        name=facts.name,
        asks=facts.asks,
        how=facts.how,
        pass_mark=facts.done,
        hours=facts.hours,
        cost=hours_cost(assessment, facts.hours),
        because=saving_said(assessment) or facts.why,
        cases=max(there, CASES),
        carries_out=True,
    )
