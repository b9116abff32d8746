"""Candidates that meet the target and yet are none of those that are used.

They may not run in production, or are gone. A page that says that nothing meets the
target names them, since it would be false of them.
"""

from collections.abc import Iterator, Mapping

from audits.frameworks.evaluation import Code
from audits.scoring.deciding.candidates import TICKS
from audits.scoring.deciding.shortfalls import gap_word
from audits.scoring.scored.candidates import (
    Candidates,
    ReplacedResult,
    ScoredCandidate,
)
from audits.scoring.scored.replaced.replacing import has_counted
from audits.scoring.scored.words import name_of

_NONE = (
    "No approach tested meets the target",
    "Every approach that you tested falls short",
)
_BARRED = "may not be used, according to the team"


def barred(found: Candidates, codes: Mapping[str, Code]) -> tuple[ScoredCandidate, ...]:
    """Return those that count and meet the target, and may not run in production."""
    return tuple(
        row
        for row in found.rows
        if row.kind in TICKS and not row.is_allowed and not found.why_not(row, codes)
        if _meets(found, row)
    )


def naming_outside(words: str, found: Candidates, codes: Mapping[str, Code]) -> str:
    """Return words that say that nothing meets the target, with what does.

    Args:
        words: Any words.
        found: The candidates.
        codes: The answers that count beside them.
    """
    if not any(none in words for none in _NONE):
        return words
    named = [*_outside(found, codes)]
    if not named:
        return words
    (name, why), *others = named
    said = f"The only one that meets the target, {name}, {why}"
    if others:
        said = f"None of those used meets the target: {name}, which does, {why}"
    for none in _NONE:
        words = words.replace(none, said)
    return words


def _outside(found: Candidates, codes: Mapping[str, Code]) -> Iterator[tuple[str, str]]:
    for row in barred(found, codes):
        yield _named(row, row), _BARRED
    for row in found.rows:
        if row.wrong or row.kind not in TICKS:
            continue
        if row.is_removed and row.holds_back and _meets(found, row):
            yield _named(row, row), "was left out" if row.is_left_out else "was removed"
        elif not _meets(found, row):
            was = (x for x in row.replaced if has_counted(x) and not x.is_undone)
            met = (x for x in was if x.kind in TICKS and _meets(found, x))
            if state := next(met, None):
                yield _named(row, state), "was replaced"


def _named(row: ScoredCandidate, scored: ScoredCandidate | ReplacedResult) -> str:
    name = f"“{name_of(row)}”"
    if scored.passed is None:
        return name
    return f"{name} ({scored.passed:,} of {scored.cases:,})"


def _meets(found: Candidates, row: ScoredCandidate | ReplacedResult) -> bool:
    if found.target is None or row.score is None:
        return False
    return gap_word(float(found.target), row.score, row.cases) == "met"
