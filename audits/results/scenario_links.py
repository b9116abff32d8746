"""What would change a verdict, each with the query of its scenario."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.scoring import Assessment
from audits.scoring.deciding.flips import Flip
from audits.scoring.inputs import Inputs
from audits.scoring.summary.actions import actions, changes_told
from audits.scoring.summary.first_steps import FirstStep
from audits.scoring.what_if.changes import changes_of
from audits.scoring.what_if.reading import parameters_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A change of the verdict, and the query of its scenario.

    `query` is empty without the market of its day. `is_setback` says that nobody brings
    it about: a later test differs. `step` is the number of the listed step that finds
    it out; 0 if none does.
    """

    flip: Flip
    query: str
    is_setback: bool = False
    step: int = 0


def scenarios_of(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    listed: Sequence[FirstStep] = (),
) -> tuple[Scenario, ...]:
    """Return what people can do, and last a setback where there is room for it.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
        listed: The steps that the page lists. What one of them finds out, with a row
            for each result, is not said again.
    """

    def query(flip: Flip) -> str:
        if not assessment.on:
            return ""
        changes = changes_of(framework, assessment, flip)
        found = parameters_of(inputs, changes, catalogue(assessment.on))
        return "?" + urlencode([(f"a.{name}", text) for name, text in found])

    def step(flip: Flip) -> int:
        asked = {change.question for change in flip.changes}
        finding = (
            number
            for number, each in enumerate(listed, 1)
            if asked <= {question.id for question in each.card.answers}
        )
        return next(finding, 0)

    steps = actions(framework, assessment)
    return tuple(
        Scenario(
            flip=flip,
            query=query(flip),
            is_setback=flip not in steps,
            step=number,
        )
        for flip in changes_told(framework, assessment)
        if not ((number := step(flip)) and listed[number - 1].rows)
    )
