"""The results of the strongest allowed model that a verdict rests on.

Only a person knows which model is the strongest that may be used. Where another verdict
would follow without its results, every page names it, with its score.
"""

from dataclasses import dataclass, replace

from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.results_behind.other_results import verdict_with
from audits.scoring.scored.candidates import ScoredCandidate


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingOn:
    """The results that a verdict rests on, the best first; without them it is another.

    `without` is the name of that one.
    """

    rows: tuple[ScoredCandidate, ...]
    without: str

    @property
    def ids(self) -> frozenset[str]:
        """The candidates that they are of."""
        return frozenset(row.id for row in self.rows)


def resting_on(framework: Framework, assessment: Assessment) -> RestingOn | None:
    """Return which strongest models a verdict rests on; None if it rests on none.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    found = assessment.candidates
    if found is None or not any(row.kind == "stronger" for row in found.rows):
        return None
    return _resting_on(_Asked(framework=framework, assessment=assessment))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    framework: Framework
    assessment: Assessment

    def __hash__(self) -> int:
        """Hash the candidates, which all but tell assessments apart."""
        return hash((self.framework, self.assessment.candidates))


# The other verdict takes an assessment, and several parts of a page say it.
@in_force.remembered(maxsize=32)
def _resting_on(asked: _Asked) -> RestingOn | None:
    inputs, _ = given_to(asked.assessment)
    found = inputs.candidates
    named = [
        row
        for row in found.rows
        if row.kind == "stronger"
        and row.is_allowed
        and not found.why_not(row, inputs.codes)
    ]
    if not named:
        return None
    others = tuple(row for row in found.rows if row not in named)
    then = replace(found, rows=others)
    verdict = verdict_with(asked.framework, asked.assessment, then)
    if verdict == asked.assessment.named.name:
        return None
    best_first = sorted(named, key=lambda row: -(row.score or 0.0))
    return RestingOn(rows=tuple(best_first), without=verdict)
