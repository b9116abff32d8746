"""Joins two results of one candidate: each case has the newest outcome that it has."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from audits.evaluations.runs import Case, Run, totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A run on the cases of two; `kept` of them have the outcome of the earlier run."""

    run: Run
    kept: int = 0


def joined(earlier: Run, later: Run) -> Joined:
    """Return the cases of both runs, with the newest outcome of each.

    A run without cases, with none of the earlier ones or with another kind of outcome
    cannot be joined: then it is the later one alone.

    >>> first = Run(tool="", cases=(Case(id="a", passed=True), Case(id="b")), errors=1)
    >>> part = Run(tool="", cases=(Case(id="b", passed=False),), n=1, passed=0)
    >>> both = joined(replace(first, n=1, passed=1), part)
    >>> both.kept, both.run.n, both.run.passed
    (1, 2, 1)
    """
    newest = {case.id: case for case in later.cases}
    before = {case.id: case for case in earlier.cases}
    if newest.keys().isdisjoint(before) or not _are_alike(earlier, later):
        return Joined(run=later)
    if later.left_out:  # what the tool leaves out is no outcome
        newest = {i: x for i, x in newest.items() if x.is_judged or i not in before}
    kept = {i: x for i, x in before.items() if i not in newest}
    if not kept:
        return Joined(run=later)
    return Joined(run=_run(earlier, later, {**kept, **newest}, kept), kept=len(kept))


def _run(
    earlier: Run, later: Run, cases: Mapping[str, Case], kept: Mapping[str, Case]
) -> Run:
    added = totals([*cases.values()])
    open_before = sum(not case.is_judged for case in kept.values())
    errors = (later.errors or 0) + (0 if earlier.left_out else open_before)
    # What a call costs is known of the later run, and stays as it is.
    size, whole = later.n + (later.errors or 0), added.n + errors
    cost = later.cost * whole / size if later.cost is not None and size else None
    return replace(
        later,
        cases=tuple(cases.values()),
        n=added.n,
        # Where no case has an outcome, none passed: each counts as an error.
        passed=added.passed if added.n or later.passed is None else 0,
        mean_score=added.mean_score,
        errors=errors,
        cost=cost,
    )


def _are_alike(one: Run, other: Run) -> bool:
    return (one.passed is None) is (other.passed is None)


def is_smaller_test(earlier: Run, later: Run) -> bool:
    """Return whether a run cannot be joined and has fewer cases than an earlier one.

    It is then no newer result of that: it would hide what the others had.

    >>> is_smaller_test(Run(tool="", n=90), Run(tool="", n=40))
    True
    """
    if joined(earlier, later).kept or _covers(earlier, later):
        return False
    return later.n + (later.errors or 0) < earlier.n + (earlier.errors or 0)


def _covers(earlier: Run, later: Run) -> bool:
    ids = {case.id for case in earlier.cases}
    return bool(ids) and ids <= {case.id for case in later.cases}
