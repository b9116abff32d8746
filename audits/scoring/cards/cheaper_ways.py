"""Cards for what is cheaper than training and was not tested.

Results may lead to training before every cheaper way has one. Whatever of these could
still change the verdict is tested before anybody pays for training.
"""

from collections.abc import Iterator
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.cards.by_results import of_one_more
from audits.scoring.cards.card import Card
from audits.scoring.cards.facts import CASES, TestFacts, card_facts
from audits.scoring.cards.tests_of_results import on_cases, test_card
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import KINDS

STRONGER_TEST, WAY_TEST = "test_stronger", "test_cheaper"
CHEAPER_IDS = (STRONGER_TEST, WAY_TEST)
CHEAPER = "It is cheaper than training, and it has not been tested yet."
_STRONGER = "stronger_model"


def asks_for_cheaper_ways(assessment: Assessment, inputs: Inputs) -> bool:
    """Return whether there may be such a card, before one is worked out."""
    advice = assessment.advice
    if advice is None or assessment.prerequisite or assessment.measurements:
        return False
    return advice.standing is not None and bool(inputs.answered.behind)


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
    if not asks_for_cheaper_ways(assessment, inputs):
        return ()
    cards = (
        _card(framework, assessment, inputs, card_id, facts)
        for card_id, facts in _untested(assessment, inputs)
    )
    found = (card for card in cards if any(not x.stays for x in card.outcomes))
    return tuple(sorted(found, key=lambda card: card.hours))


def _untested(
    assessment: Assessment, inputs: Inputs
) -> Iterator[tuple[str, TestFacts]]:
    """Yield the id of each card, and the test that it is of."""
    facts, advice = card_facts(), assessment.advice
    way = facts.test.get(advice.step.id) if advice else None
    tried = assessment.codes.get("tried", ())
    scored = {row.kind for row in inputs.candidates.rows if not row.is_removed}
    if _STRONGER not in tried and "stronger" not in scored:
        yield STRONGER_TEST, facts.test[_STRONGER]
    if way and way.step != _STRONGER:
        yield WAY_TEST, way


def _card(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    card_id: str,
    facts: TestFacts,
) -> Card:
    [kind] = (each for each in KINDS if each == facts.kind)
    there = inputs.candidates.cases_there
    cases = max(there, CASES)
    name, sample = on_cases(facts, there)
    return replace(
        test_card(assessment, inputs, facts.hours),
        id=card_id,
        name=name,
        sample=sample,
        covers="to make it and test it, with the cases at hand",
        because=CHEAPER,
        kinds=(kind,),
        cases=cases,
        outcomes=of_one_more(framework, assessment, inputs, kind, cases),
    )
