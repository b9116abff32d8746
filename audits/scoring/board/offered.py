"""The verdicts that a reviewer can put in place of a computed one."""

from collections.abc import Iterator

from audits.frameworks.answering.flow import is_known
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Family, Framework
from audits.scoring.costs.techniques import TECHNIQUE_OF, WAYS
from audits.scoring.deciding.possibilities import possibilities
from audits.scoring.explaining.assessment import Assessment

_STATE = "state"
# What these keep, move or stop has to be there.
_OF_WHAT_IS_THERE: tuple[Family, ...] = ("keep", "move", "stop")


def verdicts_offered(
    framework: Framework, assessment: Assessment
) -> Iterator[tuple[Verdict, str]]:
    """Yield the verdicts that make sense in place of the computed one, with names.

    Nothing is kept, moved or stopped that is not there: such a verdict is offered only
    if the rules can reach it from the state of training that the answers say. Where
    nobody knows that, it is offered.

    Args:
        framework: The framework of the assessment.
        assessment: The computed assessment.
    """
    codes = assessment.codes
    asked = {_STATE} if is_known(codes, _STATE) else set()
    known = {name: code for name, code in codes.items() if name in asked}
    can_be = possibilities(framework, known, asked).verdicts
    for verdict, words in framework.verdicts.items():
        is_left_out = words.family in _OF_WHAT_IS_THERE and verdict not in can_be
        if verdict != assessment.verdict and not is_left_out:
            yield verdict, words.name


def why_ruled_out(assessment: Assessment, verdict: Verdict) -> str:
    """Return why the result rules the technique of a verdict out; empty if it does not.

    Args:
        assessment: The computed assessment.
        verdict: What somebody may put in its place.
    """
    out = assessment.advice.ruled_out if assessment.advice else {}
    technique = TECHNIQUE_OF.get(verdict)
    return out.get(WAYS[technique][0], "") if technique else ""
