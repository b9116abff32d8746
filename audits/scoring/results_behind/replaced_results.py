"""What was changed about results that counted, as every reader sees it.

Else a team could let a result go that decides otherwise, by a better file, another kind
or the tick that says whether it may run, and nobody who decides would know.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.results_behind.changed_results import what_was_done
from audits.scoring.results_behind.moved_target import with_target
from audits.scoring.results_behind.other_results import (
    in_brackets,
    scored,
    verdict_with,
    would_give,
)
from audits.scoring.scored.candidates import (
    Candidates,
    ReplacedResult,
    ScoredCandidate,
)
from audits.scoring.scored.kinds import only_teaches
from audits.scoring.scored.older.displaced import is_older
from audits.scoring.scored.replaced.replacing import (
    has_counted,
    is_as_now,
    result_in,
    state_of,
    why_it_did_not,
    with_state,
)
from audits.scoring.scored.words import name_of

# What earlier states gave is worked out for so many of a candidate, or for more where
# few candidates were changed, so that nobody hides one behind others.
_MOST_TRIED = 8
# How a sentence supposes that a change was not made, or that no other result came.
SUPPOSED = ("If it counted as before", "With the earlier result")
_TRIED_IN_ALL = 120
_OLDER = (
    "Its test is older, so no answer counts that the earlier result contradicts, until "
    "a later test on as many cases."
)
_WHY_NOT = {
    "few": "It did not count: it had fewer than 30 cases.",
    "claimed": "It did not count: it had no day, nobody who ran it, or no link.",
    "no_score": "It did not count: it had no score.",
}


def replaced_results(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    """Return a sentence for each change of a result that counted, with its effect.

    Those of one candidate come the oldest first.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided with all changes.
    """
    found = assessment.candidates
    changed = [row for row in found.rows if is_changed(row)] if found else []
    most = max(_MOST_TRIED, _TRIED_IN_ALL // max(1, len(changed)))
    return tuple(
        sentence
        for row in changed
        for sentence in _of(framework, assessment, row, most)
    )


def _of(
    framework: Framework, assessment: Assessment, row: ScoredCandidate, most: int
) -> Iterator[str]:
    tried = _tried(row, most)
    for place, earlier, later in changes_of(row):
        said = [change_said(row, earlier, later)]
        if earlier.is_undone:
            pass
        elif place in tried:
            counted = _last_counted(row, place)
            then = _if_it_counted(framework, assessment, row, counted)
            said.append(f"{_supposing(counted, later)}, {then}.")
        elif not has_counted(earlier) and not earlier.is_removed:
            said.append(_WHY_NOT[why_it_did_not(earlier)])
        yield " ".join(said)
    if _is_only_removed(row):
        then = _if_it_counted(framework, assessment, row, state_of(row))
        said = [f"“{name_of(row)}”: {scored(row)}, removed."]
        yield " ".join((*said, f"{SUPPOSED[False]}, {then}."))


def other_verdicts(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    """Return which other verdicts changed results would give as they were, by name.

    They are those that the sentences of `replaced_results` and `if_all_counted` name.
    """
    found = assessment.candidates
    changed = [row for row in found.rows if is_changed(row)] if found else []
    most = max(_MOST_TRIED, _TRIED_IN_ALL // max(1, len(changed)))
    names = [
        verdict_with(framework, assessment, _as_before(assessment, row, earlier))
        for row in changed
        for earlier in _states_tried(row, most)
    ]
    names.extend(_if_all(framework, assessment))
    return tuple(dict.fromkeys(x for x in names if x != assessment.named.name))


def _states_tried(row: ScoredCandidate, most: int) -> Iterator[ReplacedResult]:
    tried = _tried(row, most)
    for place, _, _ in changes_of(row):
        if place in tried:
            yield _last_counted(row, place)
    if _is_only_removed(row):
        yield state_of(row)


def if_all_counted(framework: Framework, assessment: Assessment) -> Iterator[str]:
    """Yield the verdict with every result as it was first, if none says it alone."""
    found = assessment.candidates
    target = ", with the target as at first" if found and found.moved else ""
    for together in _if_all(framework, assessment):
        what = "If all results that were changed or removed counted as at first"
        yield f"{what}{target}, the verdict would be “{together}”."


def _if_all(framework: Framework, assessment: Assessment) -> Iterator[str]:
    if assessment.candidates is None:
        return
    found = given_to(assessment)[0].candidates
    first = {row.id: _at_first(row) for row in found.rows}
    changed = [row for row in found.rows if first[row.id] != row]
    at_first = with_target(found, found.moved[0]) if found.moved else found

    def verdict(ids: Iterable[str], against: Candidates) -> str:
        rows = tuple(first[x.id] if x.id in ids else x for x in found.rows)
        return verdict_with(framework, assessment, replace(against, rows=rows))

    if len(changed) + bool(found.moved) > 1:
        together = verdict([*first], at_first)
        alone = {verdict([row.id], found) for row in changed}
        if found.moved:
            alone.add(verdict([], at_first))
        if together not in {*alone, assessment.named.name}:
            yield together


def _at_first(row: ScoredCandidate) -> ScoredCandidate:
    """Return a candidate as it was when it first counted; itself if it is as then."""
    states = (x for x in (*row.replaced, _not_removed(row)) if not x.is_undone)
    first = next(filter(has_counted, states), None)
    if first is None or row.is_left_out or is_as_now(row, first):
        return row
    return with_state(row, first)


def _not_removed(row: ScoredCandidate) -> ReplacedResult:
    return replace(state_of(row), is_removed=False, is_wrong=False)


def is_changed(row: ScoredCandidate) -> bool:
    """Whether there is a sentence about a change of a candidate."""
    return any(changes_of(row)) or _is_only_removed(row)


def _is_only_removed(row: ScoredCandidate) -> bool:
    """Whether a result that counted was removed, and nothing says by whom."""
    is_gone = row.is_removed and not (row.wrong or row.replaced or row.is_left_out)
    return is_gone and has_counted(_not_removed(row))


def _tried(row: ScoredCandidate, most: int) -> frozenset[int]:
    """Return which earlier states are tried: the oldest that counted, and the latest.

    One that is there again is not: what it gives is what the page says.
    """
    places = [
        place
        for place, each in enumerate(row.replaced)
        if has_counted(each) and not each.is_undone and not is_as_now(row, each)
    ]
    return frozenset((*places[:1], *places[1:][1 - most :]))


def _last_counted(row: ScoredCandidate, place: int) -> ReplacedResult:
    """Return the state in which a result counted last in production, up to a place.

    Else a change of one that was only a model to learn from would seem to change
    nothing. Without such a state, or if it is as then, it is the state at the place.
    """
    for each in row.replaced[place::-1]:
        is_tried = has_counted(each) and not each.is_undone
        if is_tried and not only_teaches(with_state(row, each)):
            return row.replaced[place] if is_as_now(row, each) else each
    return row.replaced[place]


def _supposing(earlier: ReplacedResult, later: ReplacedResult) -> str:
    is_other = result_in(earlier) != result_in(later)
    return SUPPOSED[is_other]


def change_said(
    row: ScoredCandidate, earlier: ReplacedResult, later: ReplacedResult
) -> str:
    """Return what was changed about a result, by whom and on which day.

    Args:
        row: The candidate.
        earlier: What it was.
        later: What it became.
    """
    name = name_of(with_state(row, earlier))
    by = f" by {earlier.by}" if earlier.by else ""
    who = f"{by} on {in_words(earlier.on)}" if earlier.on else by
    done = " and ".join(what_was_done(earlier, later))
    if earlier.is_undone:
        was = " and ".join(what_was_done(later, earlier))
        name = name_of(with_state(row, later))
        return f"“{name}”: {scored(later)}, put back as it was{who}. It had been {was}."
    if result_in(earlier) == result_in(later):
        return f"“{name}”: {scored(earlier)}, {done}{who}."
    day = in_words(earlier.day) if earlier.day else ""
    tested = later.day or row.day if earlier.then else None
    on = f"tested on {in_words(tested)}" if tested else ""
    then = in_brackets(earlier.then, on, who.strip())
    also = f" It was also {done}." if done else ""
    said = (
        f"Earlier result of “{name}”: {scored(earlier)}"
        f"{in_brackets(earlier.file, day)}, replaced by {scored(later)}{then}.{also}"
    )
    older = (_OLDER,) if is_older(tested, earlier) else ()
    return " ".join((said, *older, *lacks(earlier, later)))


def changes_of(
    row: ScoredCandidate,
) -> Iterator[tuple[int, ReplacedResult, ReplacedResult]]:
    """Yield each earlier state by its place, and what it became.

    What became of the state before one that was undone is what that was put back to.
    That its file was removed as a wrong one is said of the file.
    """
    for place, earlier in enumerate(row.replaced):
        later = next(_states_after(row, place))
        if not (row.wrong and later.is_wrong and place == len(row.replaced) - 1):
            yield place, earlier, later


def _states_after(row: ScoredCandidate, place: int) -> Iterator[ReplacedResult]:
    for each in row.replaced[place + 1 :]:
        if not each.is_undone:
            yield each
    yield state_of(row)


def lacks(
    earlier: ReplacedResult, later: ReplacedResult | ScoredCandidate
) -> Iterator[str]:
    """Yield what a later result lacks of the one that it replaces; maybe nothing.

    A fresh test set has none of the earlier cases, and leaves out none that failed.

    >>> earlier = ReplacedResult(
    ...     kind="prompt", cases=90, passed=60, missing=40, missing_failed=38
    ... )
    >>> later = ScoredCandidate(id="c1", kind="prompt", cases=50, passed=48)
    >>> " ".join(lacks(earlier, later))[28:]
    '40 earlier cases are missing: 38 of them had failed.'
    """
    fewer, missing = earlier.cases - later.cases, earlier.missing
    if fewer > 0:
        yield f"{fewer:,} fewer case{'s' * (fewer != 1)} than before."
    if not missing:
        return
    if missing == earlier.cases > 1:
        none = f"None of the {missing:,} earlier cases is in it"
        yield f"{none}: another test set, not a repetition."
        return
    said = "1 earlier case is" if missing == 1 else f"{missing:,} earlier cases are"
    failed = earlier.missing_failed
    if failed is None:
        yield f"{said} missing."
    elif missing == 1:
        yield f"{said} missing: it had {'failed' if failed else 'passed'}."
    else:
        how_many = {0: "none", missing: "all"}.get(failed, f"{failed:,}")
        yield f"{said} missing: {how_many} of them had failed."


def _if_it_counted(
    framework: Framework,
    assessment: Assessment,
    row: ScoredCandidate,
    earlier: ReplacedResult,
) -> str:
    found = _as_before(assessment, row, earlier)
    return would_give(framework, assessment, found)


def _as_before(
    assessment: Assessment, row: ScoredCandidate, earlier: ReplacedResult
) -> Candidates:
    """Return all candidates, one of them as it was."""
    before, found = with_state(row, earlier), given_to(assessment)[0].candidates
    rows = (before if each.id == row.id else each for each in found.rows)
    return replace(found, rows=tuple(rows))
