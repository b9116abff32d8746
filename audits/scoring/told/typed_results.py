"""Results that somebody typed and no file shows, as every reader is told.

They count with a day and a name, which anybody can type, so readers see who typed them,
and a day that is old or earlier than the model itself.
"""

from collections.abc import Iterator
from datetime import date

from audits.scoring.assess_on import given_to
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.words import name_of, whose
from audits.scoring.summary.other_results import scored
from audits.scoring.told.public_models import public_model


def typed_results(assessment: Assessment) -> Iterator[str]:
    """Yield a sentence for each typed result that counts.

    Args:
        assessment: What was decided.
    """
    if assessment.candidates is None:
        return
    inputs, on = given_to(assessment)
    for row in inputs.candidates.rows:
        is_typed = not row.sha256 and row.day is not None
        if is_typed and not inputs.candidates.why_not(row, inputs.codes):
            yield f"“{name_of(row)}”: {scored(row)}, {typed(row, on)}; no results file."


def typed(row: ScoredCandidate, on: date) -> str:
    """Return who typed a result, when it was tested, and what is odd about that day.

    >>> day = date(2021, 3, 1)
    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=40, by="Omar", day=day)
    >>> typed(row, date(2026, 11, 24))
    'typed by Omar, tested on 1 March 2021, 5 years ago'
    """
    who = whose(row) if row.by else ("typed", *whose(row))
    tested = f"tested on {in_words(row.day)}" if row.day else ""
    remarks = (_age(row.day, on), _before_release(row)) if row.day else ()
    return ", ".join(filter(None, (*who, tested, *remarks)))


def _age(day: date, on: date) -> str:
    """Return how many years ago a day was; empty within a year.

    >>> _age(date(2025, 11, 23), date(2026, 11, 24)), _age(on := date(2026, 1, 1), on)
    ('more than a year ago', '')
    """
    years = on.year - day.year - ((on.month, on.day) < (day.month, day.day))
    if years < 1 or (years == 1 and (on.month, on.day) == (day.month, day.day)):
        return ""
    return "more than a year ago" if years == 1 else f"{years} years ago"


def _before_release(row: ScoredCandidate) -> str:
    """Return that a result is older than its model; empty if that is not known."""
    model = public_model(row.model)
    if model is None or model.released is None or row.day is None:
        return ""
    released = model.released.day
    said = f"before {model.name} was released on {in_words(released)}"
    return said if row.day < released else ""
