"""What is advised once a step is done, where only that changes and not the verdict."""

from collections.abc import Callable

from audits.frameworks.answering import flow
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to, read_on
from audits.scoring.cards.outcomes import (
    AS_NOW,
    CardOutcome,
    NextStep,
    of_question_with,
)
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.deciding.flips import changed_code
from audits.scoring.explaining.advice import advised_step
from audits.scoring.explaining.advised_ways import as_outcome
from audits.scoring.explaining.assessment import Assessment

_ALLOWED = "training is no longer forbidden"


def advised_next(
    framework: Framework, assessment: Assessment, decision: Decision
) -> NextStep:
    """Return what is advised after a decision, if only the step is new.

    It is also told where a result leads to what failed, which is then made better.
    """
    advised = assessment.advice
    if advised is None:
        return AS_NOW
    step, ways = advised_step(framework, decision)
    if decision.verdict != assessment.verdict:
        is_kept = step in framework.kept_steps
        is_improved = bool(as_outcome(assessment, decision.verdict, "")) and not is_kept
        return NextStep(framework.steps[step]) if is_improved else AS_NOW
    if step == advised.step.id:
        return AS_NOW
    # What is kept is what was tested.
    is_other = step not in framework.kept_steps and {*ways} != {*advised.ways}
    return NextStep(framework.steps[step], is_other)


def of_advised_step(
    framework: Framework, assessment: Assessment, question: Question
) -> tuple[CardOutcome, ...]:
    """Return what each answer means to the step that the advice begins with.

    One that keeps the verdict still says what is advised then, and whether training is
    no longer forbidden: that is what the step is for, and comes first.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        question: What the step answers.
    """
    then = _then(framework, assessment, question)
    found = of_question_with(framework, assessment, question, then)
    return tuple(sorted(found, key=lambda each: not (each.stays and each.then.told)))


def _then(
    framework: Framework, assessment: Assessment, question: Question
) -> Callable[[str], NextStep]:
    """Return what says what is advised after an option; nothing without a day."""
    if assessment.on is None:
        return lambda _: AS_NOW
    under, codes = read_on(framework, given_to(assessment)[0], assessment.on)

    def then(option: str) -> NextStep:
        code = changed_code(framework, assessment.codes, question.id, option)
        after = flow.relevant(framework, {**codes, question.id: code})
        decision = decide(framework, after, under)
        step = advised_next(framework, assessment, decision)
        is_freed = assessment.blockers and not decision.at.blocked
        if decision.verdict != assessment.verdict:
            # What the step is for is no news after it.
            is_same = assessment.advice and step.says == assessment.advice.step.says
            return AS_NOW if is_same else step
        if not is_freed:
            return step
        return step._replace(allows=_ALLOWED)

    return then
