"""Results that somebody typed, and days that are odd, as every reader is told.

Typed results count with a day, a name and a link, which anybody can type, so readers
see who typed them. A day that is old, still to come or earlier than the model itself is
said of the result of a file, too.
"""

from collections.abc import Iterator
from datetime import date

from audits.scoring.assess_on import given_to
from audits.scoring.days import oddness
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.results_behind.other_results import scored
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.sources import shown_by, tested_on, whose
from audits.scoring.scored.words import name_of
from audits.scoring.told.public_models import before_release, public_model

_NO_FILE = "; no results file"
# What is odd about a day is never folded: see `oddness` and `before_release`.
_ODD = (" ago", " still to come", " was released on ")


def is_plainly_typed(sentence: str) -> bool:
    """Return whether a sentence says that results were typed, and nothing odd of them.

    >>> is_plainly_typed("“Prompt”: 30 of 40, typed, tested on 1 May; no results file.")
    True
    >>> is_plainly_typed("“Prompt”: 30 of 40, typed, 5 years ago; no results file.")
    False
    """
    ends = sentence.endswith(f"{_NO_FILE}.")
    return ends and not any(words in sentence for words in _ODD)


def typed_results(assessment: Assessment) -> Iterator[str]:
    """Yield what to say of results that count and were typed or have an odd day.

    Those of one test share a sentence.

    Args:
        assessment: What was decided.
    """
    if assessment.candidates is None:
        return
    inputs, on = given_to(assessment)
    scores: dict[str, list[str]] = {}
    for row in inputs.candidates.rows:
        if row.day is None or inputs.candidates.why_not(row, inputs.codes):
            continue
        if source := _source(row, on):
            scores.setdefault(source, []).append(f"“{name_of(row)}”: {scored(row)}")
    for source, told in scores.items():
        each = "; each " if len(told) > 1 else ", "
        yield f"{'; '.join(told)}{each}{source}."


def _source(row: ScoredCandidate, on: date) -> str:
    """Return where a result is from; empty for a file with a day that can be right."""
    if row.sha256:
        return with_day(row, on) if any(_odd(row, on)) else ""
    shown = f", {link}" if (link := shown_by(row)) else ""
    return f"{with_day(row, on)}{shown}{_NO_FILE}"


def with_day(row: ScoredCandidate, on: date) -> str:
    """Return whose a result is, when it was tested, and what is odd about that day.

    >>> day = date(2021, 3, 1)
    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=40, by="Omar", day=day)
    >>> with_day(row, date(2026, 11, 24))
    'typed by Omar, tested on 1 March 2021, 5 years ago'
    """
    who = whose(row) if row.by or row.sha256 else ("typed", *whose(row))
    return ", ".join(filter(None, (*who, tested_on(row), *_odd(row, on))))


def _odd(row: ScoredCandidate, on: date) -> tuple[str, ...]:
    return (oddness(row.day, on), _before_release(row)) if row.day else ()


def _before_release(row: ScoredCandidate) -> str:
    """Return that a result is older than its model; empty if that is not known."""
    model = public_model(row.model)
    return before_release(model, row.day) if model and row.day else ""
