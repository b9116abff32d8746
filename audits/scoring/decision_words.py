"""The sentence with which page 1 asks for a decision, if the author writes none."""

from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.advice_rows import asked
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money_words import Money


def decision_words(
    framework: Framework, assessment: Assessment, money: Money | None
) -> str:
    """Return what the decision asks for, with the cost if it is known.

    Args:
        framework: The framework, which has the words.
        assessment: The assessment.
        money: The money behind the verdict, in US dollars; None to leave it out.
    """
    words = asked(framework, assessment)
    return " ".join(filter(None, (words, _what_it_costs(assessment, money))))


def _what_it_costs(assessment: Assessment, money: Money | None) -> str:
    """Say what the amount pays for, which is not always what is decided now."""
    if money is None:
        return ""
    # Running is not what is asked for.
    if assessment.prerequisite or assessment.measurements:
        return ""
    name = SHORT_NAMES[money.chosen.technique]
    year = f"${written(money.chosen.year.expected)} over 12 months"
    if money.role == "later":
        return f"Training and running the model would then cost about {year}."
    if money.unpriced:
        when = " meanwhile" if money.role == "meanwhile" else ""
        return f"{money.unpriced} Running “{name}”{when} costs about {year}."
    if money.role == "meanwhile":
        return f"Running “{name}” meanwhile costs about {year}."
    return f"Running “{name}” costs about {year}."
