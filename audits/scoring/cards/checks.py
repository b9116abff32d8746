"""Which step closes a check before training, and what the steps before it cost."""

from collections.abc import Sequence

from audits.frameworks.schema import Framework
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.cheaper_ways import CHEAPER
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.advice import Advice
from audits.scoring.explaining.advice_rows import waits_for_checks
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.measuring import hours_cost


def card_of_check(
    framework: Framework, check: str, cards: Sequence[Card]
) -> Card | None:
    """Return the first step that answers what a check reads; few checks have none.

    Args:
        framework: The framework of the assessment.
        check: The id of a gate of it, or of a check that no rule has.
        cards: The steps, in the order to take them.
    """
    gates = (each.holds for each in framework.gates if each.id == check)
    read = {question for holds in gates for question in framework.read_by(holds)}
    return next(
        (x for x in cards if x.id == check or any(a.id in read for a in x.answers)),
        None,
    )


def work_before_part(framework: Framework, assessment: Assessment) -> str:
    """Say what the steps before the training of a small part take, in a sentence.

    Training a small part has no price, so this work is all that can be asked for. Empty
    where no check is open, or where another model is trained.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    advice = assessment.advice
    if advice is None or not waits_for_checks(assessment):
        return ""
    cards = cards_of(framework, assessment)
    closing = [card_of_check(framework, x.id, cards) for x in advice.subject_to]
    before = [card for card in cards if card in closing or card.because == CHEAPER]
    hours = sum(card.hours for card in before) + _showing(framework, advice, before)
    if not hours:
        return ""
    amount = hours_cost(assessment, hours).amount
    price = f", ${written(amount.expected)}" if amount else ""
    return f"The steps before training take {hours} hour{'s' * (hours != 1)}{price}."


def _showing(framework: Framework, advice: Advice, before: Sequence[Card]) -> int:
    """Return the hours to show what the steps before training do not answer."""
    answered = {each.id for card in before for each in card.answers}
    return sum(
        each.hours
        for each in framework.questions
        if each.label in advice.unproven_answers and each.id not in answered
    )
