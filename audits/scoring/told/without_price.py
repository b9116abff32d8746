"""What has no price, and which numbers are missing to give it one."""

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import money_of, technique_of, unpriced_of
from audits.scoring.money.words import Money
from audits.scoring.numbers.choices import CHOSEN_LABELS
from audits.scoring.numbers.numbers import FIELDS_BY_ID
from audits.scoring.step_facts import card_facts

# Without one of them, nothing that is asked by calls has a price.
_MODEL = "model"
_OF_CALLS = ("requests", "prefix_tokens", "variable_tokens", "output_tokens")


_NONE = "The recommended step has no price yet."


def without_price(assessment: Assessment) -> str:
    """Say what has no price where nothing that the verdict leads to has one.

    No number prices a small part, so its numbers are those of what serves until then.

    Args:
        assessment: What was decided, with costs.
    """
    said = unpriced_of(assessment)
    part = assessment.verdict == "train_small_part"
    until = "What serves until it is trained has no price yet."
    return f"{said} {until}" if part else _NONE


def missing_numbers(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Return what is missing to price the recommended way: its field and its label.

    Nothing is if it has a price, or if no number gives it one, as for a program.

    Args:
        assessment: What was decided, with the numbers that were given.
    """
    if technique_of(assessment) is None or money_of(assessment) is not None:
        return ()
    labels = {_MODEL: CHOSEN_LABELS[_MODEL]}
    labels |= {each: FIELDS_BY_ID[each].label for each in _OF_CALLS}
    given = assessment.numbers
    return tuple((each, name) for each, name in labels.items() if each not in given)


def step_without_price(assessment: Assessment, money: Money | None) -> str:
    """Say what the advised step changes in each call that the amount has no price of.

    Empty where the amount is that of results, or where no step changes it.

    Args:
        assessment: What was decided.
        money: The money behind it.
    """
    advice = assessment.advice
    if money is None or money.by_results or advice is None:
        return ""
    facts = card_facts().test.get(advice.step.id)
    is_step = assessment.verdict == assessment.context_layer
    if facts is None or not (is_step and facts.unpriced):
        return ""
    whose = "the same as today" if money.chosen == money.today else "without the step"
    return f"This amount is {whose}: {facts.unpriced} has no price yet"
