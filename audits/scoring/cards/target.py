"""The step that sets the target, without which no test has a pass mark."""

from collections.abc import Collection, Iterator

from audits.scoring.cards.card import Card
from audits.scoring.chances.pass_marks import of_target
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.measuring import hours_cost
from audits.scoring.step_facts import CASES, card_facts

SET_TARGET = "set_target"
WITHOUT_TARGET = "Without a target, nobody can say what a test would change"


def setting(assessment: Assessment, steps: Collection[Card]) -> Iterator[Card]:
    """Yield what comes before the tests of a target that nobody has entered.

    It is a decision, so it takes no hours, and no sum has a part of it. None is needed
    where one of the steps sets the target.

    Args:
        assessment: What was decided.
        steps: The steps to take.
    """
    is_waiting = any(card.lacks_target or card.needs_target for card in steps)
    if not is_waiting or any(card.sets_target for card in steps):
        return
    facts = card_facts()
    is_written = bool(facts.written_target.told(assessment.codes))
    mark = of_target(None, is_written=is_written)
    yield Card(
        id=SET_TARGET,
        name=mark.says.removesuffix(" first"),
        asks=facts.target.asks,
        how=facts.target.how,
        pass_mark=facts.target.done,
        hours=0,
        cost=hours_cost(assessment, 0),
        because=f"{WITHOUT_TARGET}.",
        cases=CASES,
    )
