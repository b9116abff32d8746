"""The test set that a step builds: it has cases and no score; later tests use it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.cards.by_results import of_results
from audits.scoring.cards.card import Card
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.step_facts import CASES, card_facts


def without_scores(cards: Sequence[Card]) -> Iterator[Card]:
    """Yield steps as they are told: building a test set gives no score by itself.

    What a test on it leads to is said at that test, if one is told.

    Args:
        cards: The steps to tell, in their order.
    """
    for card in cards:
        tests = (x for x in cards if x != card and {*card.kinds} & {*x.kinds})
        if card.id == card_facts().test_set.question and any(tests):
            yield replace(card, outcomes=(), needs_target=False)
        else:
            yield card


def on_test_set(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs | None,
    cards: tuple[Card, ...],
) -> tuple[Card, ...]:
    """Return steps whose tests run on all cases of the test set that one builds.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: As for `cards_of`.
        cards: The steps to take, in their order.
    """
    built = [card for card in cards if card.id == card_facts().test_set.question]
    found = assessment.candidates
    if not built or assessment.on is None or (found and found.cases_there):
        return cards
    given = inputs or given_to(assessment)[0]
    return tuple(_moved(framework, assessment, given, built[0], cards))


def _moved(
    framework: Framework,
    assessment: Assessment,
    given: Inputs,
    built: Card,
    cards: Sequence[Card],
) -> Iterator[Card]:
    place = cards.index(built)
    for number, card in enumerate(cards):
        facts = card_facts().question.get(card.id)
        is_test = card.kinds and (facts is None or facts.by_scores)
        if number <= place or not is_test or card.cases >= built.cases:
            yield card
            continue
        told = card.outcomes and of_results(
            framework, assessment, given, card.kinds, built.cases
        )
        yield replace(
            card,
            name=card.name.replace(f"on {CASES} cases", "on your test set"),
            sample=f"The {built.cases} cases of the test set",
            cases=built.cases,
            outcomes=told or card.outcomes,
        )
