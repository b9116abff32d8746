"""The ways that are ticked as tested without proof, which a test has to run too.

Its file shows what it ran and no more, so it runs what decides what follows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import decide_on
from audits.scoring.deciding.candidates import TICKS
from audits.scoring.inputs import Inputs
from audits.scoring.scored.adding import with_results
from audits.scoring.scored.by_hand import unshown_ways
from audits.scoring.scored.candidates import KINDS, ScoredCandidate, ScoredKind

# A result from a file is measured, whatever the file is.
_SOME_FILE = "0" * 64


def with_claimed(
    framework: Framework,
    inputs: Inputs,
    kinds: Sequence[ScoredKind],
    cases: int,
    on: date,
) -> tuple[ScoredKind, ...]:
    """Return the kinds of a test, with the claimed ways that decide where it leads.

    One decides if the verdict, once all miss by far, is another without its result.

    Args:
        framework: The framework of the answers.
        inputs: The answers, their levels and the candidates so far.
        kinds: What the test runs by itself.
        cases: On how many cases.
        on: The day to decide on.
    """
    every = (*kinds, *_claimed(inputs, kinds))
    if len(every) == len(kinds):
        return tuple(kinds)

    def missing(tested: Sequence[ScoredKind]) -> str:
        rows = [
            ScoredCandidate(
                id="", kind=kind, cases=cases, passed=0, day=on, sha256=_SOME_FILE
            )
            for kind in tested
        ]
        found = with_results(inputs.candidates, rows)
        return decide_on(framework, replace(inputs, candidates=found), on).verdict

    verdict = missing(every)
    return tuple(
        kind
        for kind in every
        if kind in kinds or missing([x for x in every if x != kind]) != verdict
    )


def _claimed(inputs: Inputs, kinds: Sequence[ScoredKind]) -> Iterator[ScoredKind]:
    """Yield the kinds that are ticked, and that neither proof nor test shows."""
    ways = {str(kind): way for kind, way in TICKS.items()}
    tested = {ways.get(kind) for kind in kinds}
    rows = (row.kind for row in inputs.candidates.rows if not row.is_removed)
    shown = [kind for kind in TICKS if kind in {*rows}]
    left = unshown_ways(shown, inputs.answered.codes, inputs) - tested
    yield from (kind for kind in KINDS if ways.get(kind) in left)
