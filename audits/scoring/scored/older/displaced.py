"""Results that one of an older test replaced: they hold back until a later test counts.

What was uploaded last need not be what was tested last. Nobody turns a verdict with an
old run by choosing it, as nobody does by removing the newer result.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from audits.scoring.scored.candidates import (
    Candidates,
    ReplacedResult,
    ScoredCandidate,
)
from audits.scoring.scored.replaced.replacing import has_counted, with_state


def displaced(found: Candidates) -> Iterator[ScoredCandidate]:
    """Yield each result that counted, until a file of an older test replaced it.

    A later test of the same kind on as many cases ends this, as for a removed one.

    >>> new, old = date(2026, 11, 25), date(2026, 10, 1)
    >>> kept = ReplacedResult(kind="prompt", cases=60, passed=57, day=new, then="b")
    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=30, day=old)
    >>> row = replace(row, replaced=(kept,))
    >>> [each.passed for each in displaced(Candidates(rows=(row,)))]
    [57]
    """
    for row in found.rows:
        for place, state in enumerate(row.replaced):
            if not (state.then and has_counted(state)):
                continue
            if not is_older(day_after(row, place), state):
                continue
            if not any(_ends(each, state) for each in found.rows):
                before = replace(with_state(row, state), replaced=())
                yield replace(before, is_removed=True, holds_back=True)


def day_after(row: ScoredCandidate, place: int) -> date | None:
    """Return when the test ran whose result came after an earlier one."""
    later = next((x for x in row.replaced[place + 1 :] if not x.is_undone), None)
    return later.day if later else row.day


def is_older(day: date | None, state: ReplacedResult) -> bool:
    """Whether the file that replaced a result is of an older test."""
    if day is None or state.day is None or state.is_undone or not state.then:
        return False
    return day < state.day


def _ends(row: ScoredCandidate, state: ReplacedResult) -> bool:
    """Whether a row is a later result of its kind on as many cases of its own."""
    if row.why_not or row.kind != state.kind or not (row.day and state.day):
        return False
    own = row.cases - (row.kept[-1].count if row.kept else 0)
    return row.day >= state.day and own >= state.cases
