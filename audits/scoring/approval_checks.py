"""Checks of an approval that no rule has: what was chosen once results were known.

A target that was raised, or a model that meets it and is barred, can be the whole
reason to train. The person who approves confirms it, or sees what shows it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from audits.frameworks.schema import Framework
from audits.scoring.days import in_words
from audits.scoring.explaining.advice import (
    BARRED,
    MOVED_TARGET,
    REMOVED,
    Said,
    standing_of,
)
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.near_copies import OpenChecks, near_copies
from audits.scoring.scored.candidates import EarlierTarget, ScoredCandidate
from audits.scoring.scored.met_outside import barred, naming_outside
from audits.scoring.scored.replaced.replacing import has_counted, with_state
from audits.scoring.scored.words import name_of

type Trains = Callable[[Inputs], bool]
_HOSTING, _ANYWHERE = "hosting", ("cloud_ok", "unknown")


def with_checks(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    trains: Trains,
    open_checks: OpenChecks,
) -> Assessment:
    """Return an assessment with these checks, and the names of what it leaves out.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
        trains: Whether other inputs lead to training, too.
        open_checks: Which checks are open with other inputs.
    """
    advised, found = assessment.advice, inputs.candidates
    if advised is None or not found.rows:
        return assessment

    def named(words: str) -> str:
        return naming_outside(words, found, inputs.codes)

    interim = replace(advised.interim, says=named(advised.interim.says))
    step = replace(advised.step, says=named(advised.step.says))
    advised = replace(advised, interim=interim, step=step)
    more: tuple[Said, ...] = ()
    if framework.trains(assessment.verdict):
        more = (
            *_moved(inputs, trains),
            *_removed(inputs, trains),
            *_barred(inputs, trains),
            *near_copies(inputs, open_checks),
        )
    if more:
        checks = (*advised.subject_to, *more)
        advised = replace(
            advised,
            subject_to=checks,
            checks=advised.checks + len(more),
            standing=standing_of(checks, advised.unproven_answers),
        )
    return replace(
        assessment,
        advice=advised,
        headline=named(assessment.headline),
        lead=named(assessment.lead),
    )


def _moved(inputs: Inputs, trains: Trains) -> Iterator[Said]:
    """Yield the check of a target that brought training closer when it was changed.

    One that was first set once results were known is chosen with them in view, too.
    """
    now = inputs.candidates
    for earlier in now.moved:
        then = replace(now, target=earlier.target, limit_ms=earlier.limit_ms)
        if trains(replace(inputs, candidates=then)):
            continue
        mark = _mark(now.target, now.limit_ms)
        yield Said(
            id=MOVED_TARGET,
            says=f"once the sponsor or the reviewer confirms the target of {mark} in "
            f"words, as {_was(earlier)}",
        )
        return


def _was(earlier: EarlierTarget) -> str:
    """Say what had to be reached until somebody changed or first set it.

    >>> from datetime import date
    >>> _was(EarlierTarget(by="Rosa", on=date(2026, 11, 29)))
    'there was none until 29 November 2026, after results were known'
    """
    if (earlier.target, earlier.limit_ms) == (None, None):
        return f"there was none until {in_words(earlier.on)}, after results were known"
    return f"it was {_mark(earlier.target, earlier.limit_ms)} until results were known"


def _removed(inputs: Inputs, trains: Trains) -> Iterator[Said]:
    """Yield the check of a result without which training came closer.

    It was removed, or replaced by one on other cases. A file that was removed as a
    wrong one has words of its own.
    """
    found = inputs.candidates
    for row in found.rows:
        for earlier, became in _gone(row):
            rows = tuple(earlier if each is row else each for each in found.rows)
            counted = replace(found, rows=rows)
            if not trains(replace(inputs, candidates=counted)):
                yield Said(
                    id=REMOVED,
                    says="once the sponsor or the reviewer confirms in words why "
                    f"“{name_of(earlier)}” ({_scored(earlier)}) was {became}: with it, "
                    "training is not the verdict",
                )
                return


def _scored(row: ScoredCandidate) -> str:
    if row.passed is None:
        return f"mean score {float(row.mean or 0):.3g}"
    return f"{row.passed:,} of {row.cases:,}"


def _gone(row: ScoredCandidate) -> Iterator[tuple[ScoredCandidate, str]]:
    """Yield a candidate as it counted before it was removed, or had other cases."""
    if row.wrong or row.is_left_out:
        return
    now = replace(row, is_removed=False, holds_back=False)
    if row.is_removed and not now.why_not:
        yield now, "removed"
    for state in row.replaced:
        if has_counted(state) and not state.is_undone:
            if row.is_removed:
                yield with_state(row, state), "removed"
            elif state.tested in dict(row.apart):
                yield with_state(row, state), "replaced by a result on other cases"


def _barred(inputs: Inputs, trains: Trains) -> Iterator[Said]:
    """Yield the check of a model that meets the target and may not be used."""
    hosting = inputs.codes.get(_HOSTING, "unknown")
    is_shown = inputs.levels.get(_HOSTING, "asserted") != "asserted"
    if is_shown and hosting not in _ANYWHERE:
        return
    found = inputs.candidates
    for row in barred(found, inputs.codes):
        rows = tuple(replace(x, is_allowed=True) if x is row else x for x in found.rows)
        if not trains(replace(inputs, candidates=replace(found, rows=rows))):
            yield Said(
                id=BARRED,
                says=f"once a document shows why “{name_of(row)}”, which meets the "
                "target, may not be used",
            )
            return


def _mark(target: Decimal | None, limit_ms: int | None) -> str:
    """Return what had to be reached, in words.

    >>> _mark(Decimal("0.97"), 800), _mark(None, None)
    ('97 of 100 in 800 ms', 'open')
    """
    share = "" if target is None else f"{float(target) * 100:g} of 100"
    limit = "" if limit_ms is None else f"in {limit_ms:,} ms"
    return " ".join(filter(None, (share, limit))) or "open"
