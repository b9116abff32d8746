"""What page 1 says of the approval of training, and which checks are open."""

from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.explaining.advice_rows import (
    ALL_DONE,
    approval_in_full,
    conditions,
)
from audits.scoring.explaining.for_board import for_board
from audits.scoring.money.states import PlanState
from audits.scoring.results_behind.approved_on import (
    STOPPED,
    AfterSignOff,
    approval_to_run,
    approved_on,
)
from audits.scoring.ways_to_test.untested_ways import without_lead

_LATER: Verdict = "fine_tune_after_mlops"


def open_conditions(assessment: Assessment) -> tuple[str, ...]:
    """Return the open checks, unless something comes before them."""
    advice = assessment.advice
    is_later = advice is None or advice.prerequisite or advice.standing == "closing"
    found = () if is_later else map(without_lead, conditions(assessment))
    return tuple(map(for_board, found))


def standing_of(
    framework: Framework, assessment: Assessment, state: PlanState, after: AfterSignOff
) -> str:
    """Say whether training is approved; empty where none is."""
    advice = assessment.advice
    if advice is None or advice.standing is None:
        return ""
    if advice.prerequisite:
        return "None is asked for now."
    if assessment.verdict == _LATER:
        # The decision funds what training then waits for.
        said = approval_to_run(assessment)
        return f"{said}, once" if conditions(assessment) else f"{said}."
    if advice.standing == "subject_to":
        return f"{after.decide_again} Only once".lstrip()
    said = approval_in_full(advice)
    if state == "stopped":
        return said.replace(ALL_DONE, STOPPED)
    return approved_on(framework, assessment, said, after=after)
