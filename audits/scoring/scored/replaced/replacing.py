"""What a candidate keeps of what it was before each change of it.

Whatever is changed about a result that counted, the row keeps its earlier state, who
changed it and on which day. So every reader is told, whichever way it was changed.
"""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from operator import attrgetter

from audits.scoring.scored.candidates import ReplacedResult, ScoredCandidate
from audits.scoring.scored.values import MOST_REPLACED, TEXTS


def state_of(row: ScoredCandidate) -> ReplacedResult:
    """Return all that decides of a candidate, as it is.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=43, sha256="f")
    >>> state_of(row) == state_of(replace(row, settings="Version 2"))
    True
    """
    return ReplacedResult(
        kind=row.kind,
        cases=row.cases,
        passed=row.passed,
        mean=row.mean,
        errors=row.errors,
        model=row.model,
        cost=row.cost,
        p95_ms=row.p95_ms,
        sha256=row.sha256,
        is_claim=row.level == "asserted",
        is_allowed=row.is_allowed,
        is_removed=row.is_removed,
        is_wrong=row.wrong is not None,
        tested=row.tested,
        apart=row.apart,
    )


def with_state(row: ScoredCandidate, state: ReplacedResult) -> ScoredCandidate:
    """Return a candidate in an earlier state, counted and not removed.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=43, sha256="f")
    >>> with_state(replace(row, is_removed=True, holds_back=True), state_of(row)) == row
    True
    """
    ran = row.run_by or state.by or "-"
    return replace(
        row,
        kind=state.kind,
        cases=state.cases,
        passed=state.passed,
        mean=state.mean,
        errors=state.errors,
        model=state.model,
        cost=state.cost,
        p95_ms=state.p95_ms,
        sha256=state.sha256,
        day=state.day or row.day,
        link=row.link if state.sha256 else "" if state.is_claim else row.link or "-",
        run_by=row.run_by if state.sha256 else "" if state.is_claim else ran,
        is_allowed=state.is_allowed,
        is_removed=False,
        holds_back=False,
        wrong=None,
        tested=state.tested,
        apart=state.apart,
        kept=row.kept if is_as_now(row, state) else (),
        same=row.same if row.sha256 == state.sha256 else None,
    )


def is_as_now(row: ScoredCandidate, state: ReplacedResult) -> bool:
    """Whether a candidate is in an earlier state, whatever it was meanwhile."""
    return _bare(state) == _bare(state_of(row))


def replacing(
    before: ScoredCandidate,
    after: ScoredCandidate,
    *,
    file: str = "",
    day: date | None = None,
    then: str = "",
    missing: tuple[int | None, int | None] = (None, None),
) -> ScoredCandidate:
    """Return a candidate with the result of another file, and what that replaces.

    Who saved it is not known yet: `remembering` adds that.

    Args:
        before: The candidate with its earlier result.
        after: It with the new one.
        file: The file of the earlier result.
        day: When that was known.
        then: The file of the new result.
        missing: How many cases the new result lacks, and how many of them had failed.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=43, sha256="f")
    >>> [each.passed for each in replacing(row, replace(row, passed=60)).replaced]
    [43]
    """
    if result_in(before) == result_in(after):
        return after
    earlier = replace(
        state_of(before),
        file=file,
        day=day,
        then=then,
        missing=missing[0],
        missing_failed=missing[1],
    )
    return replace(after, replaced=_the_most((*before.replaced, earlier)))


def remembering(
    before: ScoredCandidate | None, after: ScoredCandidate, *, by: str, on: date
) -> ScoredCandidate:
    """Return a candidate that keeps what it was, who changed it, and when.

    An earlier state is kept if it differs and it counted, was from a file or was
    changed before; one that never counted is kept once it is removed.

    Args:
        before: The candidate as it is; None for a new one.
        after: It as it will be.
        by: The person who saves the change.
        on: The day.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=43, sha256="f")
    >>> gone = replace(row, is_removed=True)
    >>> [kept] = remembering(row, gone, by="Rosa", on=date(2026, 11, 28)).replaced
    >>> (kept.passed, kept.is_removed, kept.by)
    (43, False, 'Rosa')
    """
    by = by[: TEXTS["by"]]
    if before is None or before.is_left_out:  # nobody had said what it is
        return replace(after, by=by, replaced=())
    is_scored_again = _scored(before) != _scored(after)
    after = replace(after, by=by if is_scored_again else before.by)
    if is_as_now(after, state_of(before)) or not _is_kept(before, after):
        return replace(after, replaced=before.replaced)
    told = [x for x in after.replaced if x.on is None and x not in before.replaced]
    earlier = told[-1] if told else replace(state_of(before), day=before.day)
    earlier = replace(earlier, by=by, on=on)
    return replace(after, replaced=_kept((*before.replaced, earlier), after))


def result_in(found: ScoredCandidate | ReplacedResult) -> tuple[object, ...]:
    """Return what was scored."""
    return found.cases, found.passed, found.mean


def has_counted(state: ReplacedResult) -> bool:
    """Whether a candidate in this state counted by itself."""
    return not state.is_removed and not why_it_did_not(state)


# Each assessment asks it of every earlier state, several times.
@lru_cache(maxsize=4096)
def why_it_did_not(state: ReplacedResult) -> str:
    """Return why a state did not count, were it not removed; empty if it did."""
    row = ScoredCandidate(id="", kind=state.kind, cases=state.cases)
    return with_state(row, state).why_not


def _is_kept(before: ScoredCandidate, after: ScoredCandidate) -> bool:
    if before.holds_back or not before.why_not or before.sha256 or before.replaced:
        return True
    return after.is_removed and before.level != "asserted"


def _scored(row: ScoredCandidate) -> tuple[object, ...]:
    return *result_in(row), row.sha256, row.run


# What makes a state another one, and not how it was changed. Nor is the same result of
# another file another state.
_bare = attrgetter(
    "kind",
    "cases",
    "passed",
    "mean",
    "model",
    "cost",
    "p95_ms",
    "is_claim",
    "is_allowed",
    "is_removed",
    "is_wrong",
)


def _kept(
    states: tuple[ReplacedResult, ...], after: ScoredCandidate
) -> tuple[ReplacedResult, ...]:
    """Return the states to keep: as few as say what every reader must know.

    A change that is undone leaves only that it was put back. It is none if another
    result counted meanwhile.
    """
    scored, now = result_in(after), _bare(state_of(after))
    for place, each in enumerate(states):
        since = states[place:]
        is_same = not each.is_undone and _bare(each) == now
        if is_same and all(result_in(x) == scored for x in since):
            return (*states[:place], replace(states[-1], is_undone=True))
    return _the_most(states)


def _the_most(states: tuple[ReplacedResult, ...]) -> tuple[ReplacedResult, ...]:
    """Return no more states than there is room for; the oldest that counted stays."""
    if len(states) <= MOST_REPLACED:
        return states
    undone = [place for place, each in enumerate(states) if each.is_undone]
    if undone:
        return (*states[: undone[0]], *states[undone[0] + 1 :])
    oldest = next((x for x in states if has_counted(x)), states[0])
    if oldest is not states[0]:
        return states[1:]
    # The oldest became what came after the next one by the change of that.
    _, gone, *rest = states
    while rest and _bare(rest[0]) == _bare(oldest):
        gone, *rest = rest
    changed = replace(oldest, by=gone.by, on=gone.on, then=gone.then)
    return (replace(changed, missing=None, missing_failed=None), *rest)
