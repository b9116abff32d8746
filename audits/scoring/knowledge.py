"""Puts into words what to measure first, and whether anything untold can matter."""

from collections.abc import Iterator, Mapping

from audits.frameworks.evaluation import Code
from audits.frameworks.rules import Outcome
from audits.frameworks.schema import Framework
from audits.scoring.assessment import (
    Completeness,
    MeasuredOutcome,
    Measurements,
    OpenQuestion,
    PlannedMeasurement,
)
from audits.scoring.circumstances import Circumstances
from audits.scoring.decision import Decision
from audits.scoring.possibilities import possibilities


def measurements(framework: Framework, decision: Decision) -> Measurements | None:
    """Return what to measure, in words; None where that is not the verdict."""
    plan = decision.plan
    if plan is None:
        return None
    return Measurements(
        experiments=tuple(
            PlannedMeasurement(
                id=each.experiment.id, name=each.experiment.name, hours=each.hours
            )
            for each in plan.experiments
        ),
        outcomes=tuple(
            MeasuredOutcome(
                verdict=verdict,
                verdict_name=framework.verdicts[verdict].name,
                sentence=_sentence(framework, outcomes),
            )
            for verdict, outcomes in plan.outcomes.items()
        ),
    )


def completeness(
    framework: Framework, answers: Mapping[str, Code], under: Circumstances
) -> Completeness | None:
    """Return what is still possible; None where the framework has no order to ask in.

    Args:
        framework: The framework of the answers.
        answers: All answers, "I don't know yet" included: what was asked.
        under: The market of the day, and how the answers are proved.
    """
    if framework.question_order is None:
        return None
    found = possibilities(framework, answers, answers.keys(), under)
    labels = framework.question_by_id
    return Completeness(
        possible=tuple(v for v in framework.verdicts if v in found.verdicts),
        open=()
        if len(found.verdicts) == 1
        else tuple(
            OpenQuestion(question=q, label=labels[q].label) for q in found.questions
        ),
    )


def _sentence(framework: Framework, outcomes: tuple[Outcome, ...]) -> str:
    """Return what would have to come out: the label and option of each answer."""
    found: dict[str, None] = {}
    for outcome in outcomes:
        found |= dict.fromkeys(_told(framework, outcome))
    return "; ".join(found)


def _told(framework: Framework, outcome: Outcome) -> Iterator[str]:
    for question, option in {**outcome.gives, **outcome.replaces}.items():
        label = framework.question_by_id[question].label
        yield f"{label}: {framework.label(question, option)}"
