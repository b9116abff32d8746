"""Puts into words what to measure first, and whether anything untold can matter."""

from collections.abc import Iterator, Mapping

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code, Codes
from audits.frameworks.questions import Question
from audits.frameworks.rules import Outcome
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Again, Decision
from audits.scoring.deciding.possibilities import Possibilities, possibilities
from audits.scoring.deciding.trial import Shift, Trial
from audits.scoring.explaining.advice import Advice
from audits.scoring.explaining.completeness import Completeness, OpenQuestion
from audits.scoring.explaining.measurements import (
    MeasuredOutcome,
    Measurements,
    PlannedMeasurement,
)
from audits.scoring.unproven import unproven


def measurements(
    framework: Framework, decision: Decision, advised: Advice | None
) -> Measurements | None:
    """Return what to measure, in words; None where that is not asked for."""
    plan = decision.plan
    if plan is None or (advised and advised.prerequisite):
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
                sentence=told_by(framework, outcomes),
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
    labels = framework.question_by_id
    codes = {
        q: flow.code_of(labels[q], code) if q in labels else code
        for q, code in answers.items()
    }
    to_ask = possibilities(framework, codes, answers.keys(), under)
    known = {q for q, code in codes.items() if flow.is_told(framework, q, code)}
    everything = known == answers.keys()
    to_know = to_ask if everything else possibilities(framework, codes, known, under)
    return Completeness(
        possible=tuple(v for v in framework.verdicts if v in to_know.verdicts),
        open=tuple(_open(framework, to_ask)),
        not_known=tuple(
            each for each in _open(framework, to_know) if each.question in answers
        ),
    )


def _open(framework: Framework, found: Possibilities) -> Iterator[OpenQuestion]:
    if not found.is_settled:
        for question in found.questions:
            label = framework.question_by_id[question].label
            yield OpenQuestion(question=question, label=label)


def unmarked(
    framework: Framework,
    answers: Mapping[str, Code],
    codes: Codes,
    under: Circumstances,
) -> tuple[OpenQuestion, ...]:
    """Return the results whose level nobody gave, and that could change the verdict.

    Each is tried as shown by itself. If none changes the verdict so, they are those
    that do together, without any that is not needed for it.
    One that is marked as asserted was told, and is not tried.

    Args:
        framework: The framework of the answers.
        answers: All the answers, those that do not count included.
        codes: Those that count, from `flow.relevant`.
        under: The market of the day, and how the answers are proved.
    """
    told = [q for q in unproven(framework, codes, under) if q.id not in under.levels]
    if not told:
        return ()
    trial = Trial.of(framework, answers, under)
    again = Again(trial)
    _, verdict = again.decide(trial)

    def changes(*shown: Question) -> bool:
        shift = Shift(measured={question.id for question in shown})
        return again.decide(trial.after(shift))[1] != verdict

    found = [question for question in told if changes(question)]
    if not found and changes(*told):
        found = told
        for question in told:
            rest = [each for each in found if each != question]
            found = rest if changes(*rest) else found
    return tuple(OpenQuestion(question=q.id, label=q.label) for q in found)


def told_by(framework: Framework, outcomes: tuple[Outcome, ...]) -> str:
    """Return what would have to come out: the label and option of each answer.

    Args:
        framework: The framework of the outcomes.
        outcomes: One for each experiment.
    """
    found: dict[str, None] = {}
    for outcome in outcomes:
        found |= dict.fromkeys(_told(framework, outcome))
    return "; ".join(found)


def _told(framework: Framework, outcome: Outcome) -> Iterator[str]:
    told: dict[str, tuple[str, ...]] = {
        question: (option,)
        for question, option in {**outcome.gives, **outcome.replaces}.items()
    }
    for question, options in (told or outcome.adds).items():
        label = framework.question_by_id[question].label
        for option in options:
            yield f"{label}: {framework.label(question, option)}"
