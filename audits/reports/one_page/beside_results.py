"""What page 1 counts beside its results, with what two of them show of each other."""

from collections.abc import Sequence
from dataclasses import replace

from audits.models import Audit
from audits.scoring import Assessment
from audits.scoring.told.results_counted import Beside
from audits.services.read_files.compared_results import ShownComparison
from audits.services.read_files.told_results import beside_of

_CHANCE = "chance could explain it"


def beside_results(
    audit: Audit,
    assessment: Assessment,
    compared: Sequence[ShownComparison],
    usage_doubts: int,
) -> Beside:
    """Return what page 1 says beside the results of an assessment.

    Args:
        audit: The audit.
        assessment: Its frozen assessment.
        compared: What candidates on the same cases show of each other.
        usage_doubts: How many doubts usage files raise about the numbers.
    """
    found = beside_of(audit, assessment)
    return replace(found, usage_doubts=usage_doubts, between=chance_between(compared))


def chance_between(compared: Sequence[ShownComparison]) -> str:
    """Say that chance could explain how two scores differ; empty if it could not.

    Of more than two, A6 says it of each pair.
    """
    found = [each for each in compared if each.counted and each.cases]
    is_chance = len(found) == 1 and any(_CHANCE in x for x in found[0].sentences)
    return "Chance could explain the difference of the two (A6)." if is_chance else ""
