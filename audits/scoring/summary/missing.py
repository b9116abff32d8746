"""Which numbers are missing to price what a verdict recommends."""

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import money_of, technique_of
from audits.scoring.numbers.choices import CHOSEN_LABELS
from audits.scoring.numbers.numbers import FIELDS_BY_ID

# Without one of them, nothing that is asked by calls has a price.
_MODEL = "model"
_OF_CALLS = ("requests", "prefix_tokens", "variable_tokens", "output_tokens")


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
