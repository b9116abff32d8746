"""Why a decision is due now, where nobody wrote it: a day, or what is not paid yet."""

from collections.abc import Iterator

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.over_time.changes import training_in
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money

_PLANNED = "planned"


def why_now(assessment: Assessment, money: Money | None) -> str:
    """Return why a decision is due now, as derived from the case; empty if nothing is.

    Args:
        assessment: What was decided.
        money: The money behind it, with the current plan; None if it is not known.
    """
    today = money.today if money else None
    if money is None or today is None or today == money.chosen:
        return ""
    said = " ".join(_said(assessment, today))
    return f"{said} (Derived.)" if said else ""


def _said(assessment: Assessment, today: MoneyRow) -> Iterator[str]:
    name = f"“{SHORT_NAMES[today.technique]}”"
    if today.ends:
        yield f"The model of {name} retires on {in_words(today.ends)}."
    elif today.then:
        yield f"{name} costs {today.then}."
    is_planned = assessment.codes.get("state") == _PLANNED
    training = training_in(today.technique, today.calendar)
    if is_planned and training:
        paid = written(training)
        yield f"Once the planned training begins, its ${paid} is spent for good."
