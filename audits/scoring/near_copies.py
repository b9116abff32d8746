"""The check of an approval that two results that are nearly alike are two tests.

A small change of one column is enough to make two tests of it. Where training would
wait for more if both were one test, the reviewer confirms that they are not.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from audits.scoring.explaining.advice import NEAR_COPY, Said
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import SameOutcomes, ScoredCandidate
from audits.scoring.scored.words import short_name

# The checks that are open with other inputs; None where these lead to no training.
type OpenChecks = Callable[[Inputs], frozenset[str] | None]


def checks_open(assessment: Assessment, *, trains: bool) -> frozenset[str] | None:
    """Return the open checks of an assessment, without their work and where they lead.

    Args:
        assessment: What was decided.
        trains: Whether that is training.
    """
    if not trains or assessment.advice is None:
        return None
    said = (check.says.partition(" (")[0] for check in assessment.advice.subject_to)
    return frozenset(said)


def near_copies(inputs: Inputs, open_checks: OpenChecks) -> Iterator[Said]:
    """Yield the check of the first two results that would leave one open as one test.

    Args:
        inputs: What was decided from.
        open_checks: What is open with other inputs.
    """
    pairs = [*_pairs(inputs)]
    now = open_checks(inputs) if pairs else None
    if now is None:
        return
    for first, later, same in pairs:
        if any(
            _opens(then, now, open_checks) for then in _as_one(inputs, first, later)
        ):
            alike = same.cases - same.differ
            yield Said(
                id=NEAR_COPY,
                says="once the reviewer confirms in words that "
                f"“{short_name(first)}” and “{short_name(later)}” are different tests, "
                f"as they passed and failed the same {alike:,} of {same.cases:,} cases",
            )
            return


type _Pair = tuple[ScoredCandidate, ScoredCandidate, SameOutcomes]


def _pairs(inputs: Inputs) -> Iterator[_Pair]:
    """Yield each result that counts and nearly has the outcomes of an earlier one."""
    found = inputs.candidates
    rows = {row.id: row for row in found.rows}
    for row in found.rows:
        same = row.same
        counts = not found.why_not(row, inputs.codes)
        if counts and same and same.differ and same.of in rows:
            yield rows[same.of], row, same


def _as_one(
    inputs: Inputs, first: ScoredCandidate, later: ScoredCandidate
) -> Iterator[Inputs]:
    """Yield the inputs with both as one test: that of the first, and of the later."""
    for one, other in ((first, later), (later, first)):
        cases = min(one.cases, other.cases)
        copy = replace(other, same=SameOutcomes(of=one.id, cases=cases))
        rows = (copy if x is other else x for x in inputs.candidates.rows)
        found = replace(inputs.candidates, rows=tuple(rows))
        yield replace(inputs, candidates=found)


def _opens(then: Inputs, now: frozenset[str], open_checks: OpenChecks) -> bool:
    opened = open_checks(then)
    return opened is None or bool(opened - now)
