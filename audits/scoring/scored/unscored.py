"""Cases without a score, and those of the test set that were not run.

They are evidence for neither side. An answer that would be another one if they passed,
or if they failed, is only asserted until they are run.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from audits.scoring.deciding.candidates import Candidate
from audits.scoring.scored.candidates import ScoredCandidate

type Read = Callable[[ScoredCandidate], Candidate]
_TRAINED = ("tuned", "live")


def open_cases(row: ScoredCandidate) -> int:
    """Return how many cases of its test set a candidate has no score for."""
    return row.errors + row.left_out + row.lacks


def as_scored(row: ScoredCandidate, *, passed: bool) -> ScoredCandidate:
    """Return a candidate as if all cases without a score had passed, or failed.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=40, passed=30, errors=5)
    >>> then = as_scored(replace(row, lacks=10), passed=True)
    >>> then.passed, then.cases, as_scored(row, passed=False).passed
    (45, 50, 30)
    """
    more = row.left_out + row.lacks
    gained, cases = (row.errors + more if passed else 0), row.cases + more
    none_open = replace(row, cases=cases, errors=0, left_out=0, lacks=0)
    if row.passed is not None:
        return replace(none_open, passed=row.passed + gained)
    mean = None if row.mean is None else (row.mean * row.cases + gained) / cases
    return replace(none_open, mean=mean)


def ends(rows: Sequence[ScoredCandidate]) -> Iterator[tuple[bool, Read]]:
    """Yield how to read candidates as if their open cases passed, or failed.

    Trained models and the others are read apart, since they are compared. So is each of
    the others, as the only one whose open cases passed: then it may be the best. Each
    comes with whether those of the others passed, or of one of them.
    """
    others = [row for row in rows if open_cases(row) and row.kind not in _TRAINED]
    for trained in (True, False):
        yield True, _read(others, trained)
        yield False, _read((), trained)
        if len(others) > 1:
            yield from ((True, _read((row,), trained)) for row in others)


def alone(row: ScoredCandidate) -> Iterator[tuple[bool, Read]]:
    """Yield the same for the open cases of one candidate alone."""
    for passed in (True, False):
        yield passed, _read_one(row, passed=passed)


def deciding(
    rows: Sequence[ScoredCandidate],
    is_other: Callable[[Iterator[tuple[bool, Read]]], bool],
) -> tuple[ScoredCandidate, ...]:
    """Return those whose open cases decide: each by itself, or else all together."""
    found = [row for row in rows if open_cases(row)]
    return tuple(row for row in found if is_other(alone(row))) or tuple(found)


def _read(passing: Sequence[ScoredCandidate], trained: bool) -> Read:
    def passes(row: ScoredCandidate) -> bool:
        if row.kind in _TRAINED:
            return trained
        return any(row is one for one in passing)

    return lambda row: _at(row, passed=passes(row))


def _read_one(one: ScoredCandidate, *, passed: bool) -> Read:
    return lambda row: _at(row, passed=passed) if row is one else row.row()


def _at(row: ScoredCandidate, *, passed: bool) -> Candidate:
    """Return the row that decides at one end: chance is that of the cases it ran."""
    read = row.row()
    if not open_cases(row):
        return read
    is_few = row.why_not == "few"
    held = row.last_with_enough_cases if is_few else None
    base = row
    if held:
        base = replace(row, cases=held.cases, passed=held.passed, mean=held.mean)
        base = replace(base, errors=held.errors)
    return replace(read, score=as_scored(base, passed=passed).score)
