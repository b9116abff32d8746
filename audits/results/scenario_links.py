"""What would change a verdict, each with the query of its scenario."""

from dataclasses import dataclass
from urllib.parse import urlencode

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.scoring import Assessment
from audits.scoring.deciding.flips import Flip
from audits.scoring.inputs import Inputs
from audits.scoring.summary.actions import ACTIONS, actions, setback
from audits.scoring.what_if.changes import changes_of
from audits.scoring.what_if.reading import parameters_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A change of the verdict, and the query of its scenario.

    `query` is empty without the market of its day. `is_setback` says that nobody brings
    it about: a later test differs.
    """

    flip: Flip
    query: str
    is_setback: bool = False


def scenarios_of(
    framework: Framework, assessment: Assessment, inputs: Inputs
) -> tuple[Scenario, ...]:
    """Return what people can do, and last a setback where there is room for it.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
    """

    def query(flip: Flip) -> str:
        if not assessment.on:
            return ""
        changes = changes_of(framework, assessment, flip)
        found = parameters_of(inputs, changes, catalogue(assessment.on))
        return "?" + urlencode([(f"a.{name}", text) for name, text in found])

    found = [
        Scenario(flip=flip, query=query(flip))
        for flip in actions(framework, assessment)
    ]
    worse = setback(framework, assessment)
    if worse and len(found) < ACTIONS:
        found.append(Scenario(flip=worse, query=query(worse), is_setback=True))
    return tuple(found)
