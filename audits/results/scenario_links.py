"""What would change a verdict, each with the query of its scenario."""

from dataclasses import dataclass
from urllib.parse import urlencode

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.scoring import Assessment
from audits.scoring.deciding.flips import Flip
from audits.scoring.inputs import Inputs
from audits.scoring.summary.actions import actions, changes_told
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

    steps = actions(framework, assessment)
    return tuple(
        Scenario(flip=flip, query=query(flip), is_setback=flip not in steps)
        for flip in changes_told(framework, assessment)
    )
