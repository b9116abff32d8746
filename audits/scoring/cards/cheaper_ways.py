"""Cards for what is cheaper than training and was not tested.

Results may lead to training before every cheaper way has one. Whatever of these could
still change the verdict is tested before anybody pays for training.
"""

from collections.abc import Sequence
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.cards.by_results import of_one_more
from audits.scoring.cards.card import Card
from audits.scoring.cards.tests_of_results import card_of_way
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.step_facts import TestFacts, card_facts
from audits.scoring.ways_to_test.untested_ways import (
    kind_of,
    of_test,
    untested_ways,
    waits_for_ways,
)

CHEAPER = "It is cheaper than training, and it has not been tested yet."


def cheaper_ways(
    framework: Framework, assessment: Assessment, inputs: Inputs
) -> tuple[Card, ...]:
    """Return the tests of untested ways that could replace training, shortest first.

    They are the step that serves until a model is trained, and the strongest model.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
    """
    if not waits_for_ways(assessment, inputs):
        return ()
    tests = dict(untested_ways(assessment, inputs))
    cards = (
        _card(framework, assessment, inputs, card_id, facts)
        for card_id, facts in tests.items()
    )
    found = (card for card in cards if any(not x.stays for x in card.outcomes))
    done: set[str] = set()
    steps = []
    for card in sorted(found, key=lambda card: card.hours):
        steps.append(_without_done(card, done))
        done.add(framework.steps[tests[card.id].step])
    return tuple(steps)


def each_once(ways: Sequence[Card], others: Sequence[Card]) -> tuple[Card, ...]:
    """Return each test once: that of a way answers what the other one would.

    Args:
        ways: The tests of untested ways.
        others: The steps after them.
    """
    facts = card_facts().question
    alone = (x for x in others if len(x.kinds) == 1 and x.id in facts)
    twice = {x.kinds: x for x in alone if facts[x.id].by_scores}
    of = {card.kinds: twice[card.kinds] for card in ways if card.kinds in twice}
    told = (
        replace(x, answers=of[x.kinds].answers) if x.kinds in of else x for x in ways
    )
    return *told, *(card for card in others if of.get(card.kinds) is not card)


def _without_done(card: Card, done: set[str]) -> Card:
    """Return a card whose results ask for no test that a step before it has done."""
    outcomes = (
        replace(each, then=each.then._replace(says="", is_other_way=False))
        if each.next_step in done
        else each
        for each in card.outcomes
    )
    return replace(card, outcomes=tuple(outcomes))


def _card(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    card_id: str,
    facts: TestFacts,
) -> Card:
    kind, card = kind_of(facts), card_of_way(assessment, inputs, facts)
    what = of_test(facts)
    return replace(
        card,
        id=card_id,
        because=CHEAPER,
        kinds=(kind,),
        makes=f"{what[:1].upper()}{what[1:]}",
        outcomes=of_one_more(framework, assessment, inputs, kind, card.cases),
    )
