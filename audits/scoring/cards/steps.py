"""Which step of the evidence plan answers a question, without making its card."""

from dataclasses import dataclass

from audits.frameworks.schema import Framework
from audits.scoring.cards.proofs import proof_of
from audits.scoring.cards.ruled_out import is_ruled_out
from audits.scoring.cards.tests_of_results import name_of_finding
from audits.scoring.explaining.assessment import Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step: the id of its card, and what it is called there."""

    id: str
    name: str


def step_for(
    framework: Framework, assessment: Assessment, question: str
) -> Step | None:
    """Return the step whose card says that it answers a question; None without one.

    Measurements come first, as they do among the cards.
    """
    experiments = {each.id: each for each in framework.experiments}
    plan = assessment.measurements
    for planned in plan.experiments if plan else ():
        outcomes = experiments[planned.id].outcomes
        if any(question in outcome.questions for outcome in outcomes):
            return Step(id=planned.id, name=planned.name)
    for finding in assessment.evidence_plan:
        if finding.question == question:
            if proof := proof_of(framework, assessment, finding):
                return Step(id=proof.id, name=proof.name)
            if is_ruled_out(framework, assessment, question):
                return None
            return Step(id=question, name=name_of_finding(assessment, finding))
    return None
