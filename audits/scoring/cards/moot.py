"""Which steps can no longer change what is done."""

from audits.scoring.cards.card import BEGINS, Card
from audits.scoring.cards.faults import SORT_FAULTS
from audits.scoring.cards.target import SET_TARGET
from audits.scoring.cards.tests_of_results import tests_advice
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.evidence import (
    ADVISED,
    APPROVAL,
    BLOCKER,
    CLAIM,
    FEW_CASES,
    GROUND,
    LOOKED_UP,
    UNSETTLED,
)
from audits.scoring.step_facts import card_facts

# What these steps find out counts together with other answers.
_COUNTS_ANYWAY = (ADVISED, APPROVAL, BEGINS, BLOCKER, CLAIM, FEW_CASES, UNSETTLED)


def is_moot(assessment: Assessment, card: Card) -> bool:
    """Return whether a step can no longer change what is done.

    It is moot if every outcome that is known leads to the verdict of now. Without a
    known outcome, it is moot once nothing that is not known can change the verdict, by
    itself or together.

    Args:
        assessment: What was decided.
        card: One of its cards.
    """
    if card.id in (SET_TARGET, SORT_FAULTS):
        return False  # it decides what a step shows, or which is first
    if card.carries_out or card.comes_first or card.because in _COUNTS_ANYWAY:
        return False
    if tests_advice(assessment, card.kinds):
        return False  # what is advised is tested, whatever it changes
    if card.outcomes or card.proves:
        return all(outcome.stays for outcome in card.outcomes)
    told = {question.id for question in card.answers}
    changed = {x.question for flip in assessment.flips for x in flip.changes}
    complete = assessment.completeness
    return complete is not None and complete.is_settled and told.isdisjoint(changed)


def steps_to_take(assessment: Assessment, cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """Return the steps that can still change what is done, in their order.

    The test set that one of them takes is built before all of them, even if it changes
    nothing by itself. Before it comes what the advice begins with, then what is looked
    up where nothing is measured: it may change what is tested, or whether.

    Args:
        assessment: What was decided.
        cards: Its cards, from `cards_of`.
    """
    left = [card for card in cards if not is_moot(assessment, card)]
    needed = _test_set_of(assessment, left)
    first = [x for x in left if x.id == SET_TARGET or x.because == BEGINS]
    if any(card.because == GROUND or card.comes_first for card in left):
        first += [x for x in left if x not in first and _is_looked_up(x)]
    return (
        *first,
        *(card for card in cards if card.id == needed and card not in first),
        *(card for card in left if card.id != needed and card not in first),
    )


def _is_looked_up(card: Card) -> bool:
    """Return whether a step takes no test, and an answer changes the verdict."""
    leads = any(not each.stays for each in card.outcomes)
    return card.because == LOOKED_UP and leads


def _test_set_of(assessment: Assessment, steps: list[Card]) -> str:
    """Return the step that builds the test set of another; empty if there is one."""
    facts = card_facts()
    if facts.test_set.told(assessment.codes):
        return ""
    found = (facts.question.get(card.id) for card in steps)
    takes = any(each and each.on_test_set for each in found)
    return facts.test_set.question if takes else ""
