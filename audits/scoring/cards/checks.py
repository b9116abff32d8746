"""What the steps before training take, and what a check without a step costs."""

from collections.abc import Sequence

from audits.frameworks.answering.meanings import missing_practices
from audits.frameworks.evaluation import is_certain
from audits.frameworks.schema import Framework
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.closing import card_of_check
from audits.scoring.cards.moot import is_moot
from audits.scoring.costs.rounding import written
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.trial import context
from audits.scoring.explaining.advice import Advice
from audits.scoring.explaining.advice_rows import waits_for_checks
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.amounts import in_range
from audits.scoring.money.measuring import (
    PracticesCost,
    hours_cost,
    practices_cost,
)
from audits.scoring.pricing.added_up import added_up, of_days
from audits.scoring.pricing.cost_plan import Band


def work_before_part(framework: Framework, assessment: Assessment) -> str:
    """Say what the steps before the training of a small part take, in a sentence.

    Training a small part has no price, so this work is all that can be asked for. Empty
    where no check is open, or where another model is trained.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    taken, shown = _hours_before_part(framework, assessment)
    hours = taken + shown
    if not hours:
        return ""
    amount = hours_cost(assessment, hours).amount
    price = f", ${written(amount.expected)}" if amount else ""
    parts = f" ({taken} for the steps, {shown} to show other answers)"
    of_it = parts if taken and shown else ""
    work = f"{hours} hour{'s' * (hours != 1)}{price}{of_it}"
    said = f"The work before training takes {work}"
    practices = _practices_before_part(framework, assessment)
    if not practices:
        return f"{said}."
    what, cost = practices
    if cost is None or amount is None:
        has = "has" if what.startswith("1 ") else "have"
        return f"{said}, without setting up {what}, which {has} no price."
    whole = written(amount.expected + cost.expected)
    return f"{said}, and setting up {what} {in_range(cost)}: ${whole} in all."


def cost_before_part(framework: Framework, assessment: Assessment) -> Band | None:
    """Return what the same work costs; None where none of it is asked for or priced.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    hours = sum(_hours_before_part(framework, assessment))
    if not hours or (amount := hours_cost(assessment, hours).amount) is None:
        return None
    _, cost = _practices_before_part(framework, assessment) or ("", None)
    if cost is None:
        return amount
    day = hours_cost(assessment, hours).day
    return added_up([of_days(amount, day), of_days(cost, day)])


def _hours_before_part(framework: Framework, assessment: Assessment) -> tuple[int, int]:
    """Return the hours of the steps before a small part, and of showing answers."""
    advice = assessment.advice
    if advice is None or not waits_for_checks(assessment):
        return 0, 0
    cards = cards_of(framework, assessment)
    closing = [
        card_of_check(framework, assessment, x.id, cards) for x in advice.subject_to
    ]
    before = [x for x in cards if x in closing or not is_moot(assessment, x)]
    return sum(x.hours for x in before), _showing(framework, advice, before)


def price_of_check(framework: Framework, assessment: Assessment, check: str) -> str:
    """Return what a check costs that no step closes: to set up practices, if it is.

    Empty for every other check, and where no price is known.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        check: The id of a gate of it, or of a check that no rule has.
    """
    missing = _missing_for(framework, assessment, check)
    cost = practices_cost(assessment, missing) if missing else None
    return f"${written(cost.expected)}" if cost else ""


def _practices_before_part(
    framework: Framework, assessment: Assessment
) -> tuple[str, PracticesCost | None] | None:
    """Return the practices that a check still asks for, and what they cost."""
    advice = assessment.advice
    for check in advice.subject_to if advice else ():
        if missing := _missing_for(framework, assessment, check.id):
            number = missing[1]
            what = f"{number} practice{'s' * (number != 1)} for running a model"
            return what, practices_cost(assessment, missing)
    return None


def _missing_for(
    framework: Framework, assessment: Assessment, check: str
) -> tuple[int, int] | None:
    """Return how many practices a check lacks; None if it asks for none."""
    role = framework.practices_question
    gate = next((each for each in framework.gates if each.id == check), None)
    if role is None or gate is None or role not in framework.read_by(gate.holds):
        return None
    for option in framework.question_by_id[role].options:
        answers = {**assessment.codes, role: option.id}
        if is_certain(gate.holds, context(framework, answers, Circumstances())):
            enough = option.ticks_at_least
            return missing_practices(framework, assessment.codes, enough)
    return None


def _showing(framework: Framework, advice: Advice, before: Sequence[Card]) -> int:
    """Return the hours to show what the steps before training do not answer."""
    answered = {each.id for card in before for each in card.answers}
    return sum(
        each.hours
        for each in framework.questions
        if each.label in advice.unproven_answers and each.id not in answered
    )
