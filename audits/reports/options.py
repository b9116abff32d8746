"""The options on page 1 of a board paper, and why or why not each is advised."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.frameworks.rules import Prerequisite
from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.explaining.pushes import Pushes
from audits.scoring.money import TECHNIQUE_OF

_DO_NOTHING = "Do nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option that was considered, and why or why not."""

    name: str
    why: str
    is_chosen: bool = False


def options(framework: Framework, assessment: Assessment) -> tuple[Choice, ...]:
    """Return the options, the chosen first, and doing nothing.

    Where a step comes before all else, the other is to go ahead without it. Where
    answers argue for techniques, each technique is one; else the verdict is set against
    its opposite: training, or the simpler approach alone.
    """
    if first := assessment.prerequisite:
        found = tuple(_now_or_later(first))
    elif assessment.pushes:
        found = _techniques(assessment)
    else:
        found = tuple(_verdicts(framework, assessment))
    nothing = Choice(name=_DO_NOTHING, why=if_nothing(framework, assessment))
    return (*found, nothing)


def if_nothing(framework: Framework, assessment: Assessment) -> str:
    """Return what happens if nobody does anything."""
    if first := assessment.prerequisite:
        return first.nothing
    return framework.verdicts[assessment.verdict].nothing


def _now_or_later(first: Prerequisite) -> Iterator[Choice]:
    name = f"{first.name} (recommended)"
    yield Choice(name=name, why=first.because, is_chosen=True)
    yield Choice(name="Go ahead without it", why=first.ahead)


def _verdicts(framework: Framework, assessment: Assessment) -> Iterator[Choice]:
    yield Choice(
        name=f"{assessment.verdict_name} (recommended)",
        why=_fired(assessment),
        is_chosen=True,
    )
    if framework.families[assessment.family].trains:
        yield Choice(
            name=f"{assessment.context_name} alone", why=_why_to_train(assessment)
        )
    elif assessment.advice and assessment.advice.destination:
        yield _other_move(assessment, assessment.advice.destination.id)
    else:
        new = "a new model" if assessment.verdict == "keep" else "a model"
        yield Choice(name=f"Train {new}", why=_why_no_training(assessment))


def _other_move(assessment: Assessment, destination: str) -> Choice:
    """Return where a tuned model could move besides, and why it does not."""
    if destination == "simple":
        return Choice(name="Train again", why=_why_no_training(assessment))
    name = f"{assessment.context_name} alone"
    if destination == "retrain":
        return Choice(name=name, why=_why_to_train(assessment))
    return Choice(name=name, why="Not yet compared with a retrained model.")


def _fired(assessment: Assessment) -> str:
    """Return the rule that decided; where it leaves it to the context, that one."""
    if assessment.verdict == assessment.context_layer:
        rules = assessment.trace.context_rules
    else:
        rules = assessment.trace.verdict_rules
    return next(rule.text for rule in rules if rule.outcome == "fired")


def _why_to_train(assessment: Assessment) -> str:
    measured = [r for r in assessment.trace.reasons if r.standing == "measured"]
    return measured[0].because if measured else "A need to train is measured."


def _why_no_training(assessment: Assessment) -> str:
    """Return what forbids it, or else that no reason for it is measured."""
    blockers = assessment.trace.blockers
    forbidding = [step.text for step in blockers if step.outcome == "fired"]
    if forbidding:
        return forbidding[0]
    if assessment.reasons_measured:
        return "The need is measured, and the live model meets it."
    if assessment.reasons_claimed:
        return "A reason to train is possible, but none is measured."
    return "No reason to train is measured."


def _techniques(assessment: Assessment) -> tuple[Choice, ...]:
    chosen = {
        TECHNIQUE_OF[layer]
        for layer in (assessment.context_layer, assessment.trained_layer)
        if layer and layer in TECHNIQUE_OF
    }
    choices = [
        Choice(
            name=f"{item.name} (recommended)"
            if item.technique in chosen
            else item.name,
            why=_why_chosen(item, assessment)
            if item.technique in chosen
            else _why_not(item),
            is_chosen=item.technique in chosen,
        )
        for item in assessment.pushes
    ]
    return tuple(sorted(choices, key=lambda choice: not choice.is_chosen))


def _why_chosen(item: Pushes, assessment: Assessment) -> str:
    """Return what argues for it: an answer, or else the rule that it comes from."""
    if item.strongest_for:
        return item.strongest_for.because
    layer = assessment.context_layer
    is_context = TECHNIQUE_OF.get(layer) == item.technique
    trace = assessment.trace
    rules = trace.context_rules if is_context else trace.verdict_rules
    return next(rule.text for rule in rules if rule.outcome == "fired")


def _why_not(item: Pushes) -> str:
    push = item.strongest_against or item.strongest_for
    return push.because if push else "No answer argues for or against it"
