"""The advice beside a verdict, row by row, for a page and a paper alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audits.frameworks.schema import LIVE, Framework
from audits.landscape.catalogue import catalogue
from audits.scoring.costs.techniques import TECHNIQUE_OF
from audits.scoring.days import in_words
from audits.scoring.explaining.advice import TO_SHOW, Advice, Said
from audits.scoring.explaining.advised_ways import (
    as_outcome,
    is_optional,
    tested_meanwhile,
)
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.explain import instead, is_simple_move
from audits.scoring.explaining.meantime import MEANWHILE, ONCE_RESUMED

FIRST = "First"
_NAMED = 3  # answers without evidence
CHECKED = "checked"  # what serves, only where people check every answer
NOT_YET = "Do not approve yet"
ALL_DONE = "All checks for training pass: the board can approve it."


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisedRow:
    """One part of the advice: what it is about, and what is advised."""

    label: str
    says: str


def advised_rows(
    framework: Framework, assessment: Assessment, *, has_stopped: bool = False
) -> tuple[AdvisedRow, ...]:
    """Return the advice in words; nothing where the framework gives none.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        has_stopped: Whether the use case has stopped, so that nothing serves meanwhile.
    """
    renamed = {MEANWHILE: ONCE_RESUMED} if has_stopped else {}
    return tuple(
        AdvisedRow(label=renamed.get(label, label), says=says[:1].upper() + says[1:])
        for label, says in _rows(framework, assessment)
    )


def _rows(framework: Framework, assessment: Assessment) -> Iterator[tuple[str, str]]:
    advice = assessment.advice
    if advice is None:
        return
    question = framework.component_question
    if question and advice.component:
        yield "Part of the system", framework.label(question, advice.component)
    if advice.prerequisite:
        yield FIRST, advice.prerequisite.ask
    else:
        yield from _of_verdict(framework, assessment, advice)


def _of_verdict(
    framework: Framework, assessment: Assessment, advice: Advice
) -> Iterator[tuple[str, str]]:
    if advice.standing or assessment.family == "gather":
        yield MEANWHILE, _meanwhile(framework, assessment, advice)
    elif assessment.family not in LIVE or is_simple_move(advice):
        yield "Next step", advice.step.says
    if advice.destination:
        context = instead(framework, assessment)
        yield "Move to", advice.destination.says.format(context=context)
        yield "By when", deadline(assessment)
    if advice.training_kind:
        yield "Kind of training", advice.training_kind.says
    if advice.serving:
        yield "Where it runs", advice.serving.says


def _meanwhile(framework: Framework, assessment: Assessment, advice: Advice) -> str:
    """Say what serves until a model is trained, as the headline names it."""
    if assessment.means.runs_tuned_model:
        return "keep the live model"
    context, step = instead(framework, assessment), advice.step.says
    technique = TECHNIQUE_OF.get(assessment.context_layer)
    if technique and tested_meanwhile(assessment, technique):
        # What the step makes is one of the tests that come first.
        return advice.interim.says.format(context=f"{context} as they were tested")
    way = advice.best.way if advice.best else ""
    out = advice.ruled_out.get(way or _SERVED_BY.get(assessment.context_layer, ""))
    if not out or not assessment.trained_layer:
        # What was tested serves; the step was not, and says no more of it.
        is_limited = advice.interim.id == CHECKED
        then = ". Next, " if advice.best or is_limited else ": "
        return f"{advice.interim.says.format(context=context)}{then}{step}"
    # What serves may be plural, so "it missed the target" loses its "it".
    context += f" (which {out[3:]})" if out.startswith("it ") else f" ({out})"
    may = "you may " if is_optional(assessment) else ""
    interim = f"{may}{advice.interim.says.format(context=context)}"
    first = f"until the trained model is as good, {interim}"
    return f"{first}. {step[:1].upper()}{step[1:]}"


# What a context layer is called where techniques are ruled out.
_SERVED_BY: Mapping[str, str] = {
    "prompt_long_context": "prompt",
    "few_shot": "few_shot",
    "rag": "rag",
}


def deadline(assessment: Assessment) -> str:
    """Say by when a tuned model has to move, with the day where it is known."""
    advice = assessment.advice
    if advice is None:
        return ""
    says, named = advice.deadline.says, assessment.numbers.get("tuned")
    if advice.deadline.id != "base_ends":
        return says
    if named is None or assessment.on is None:
        return f"{says} (end date not entered)"
    if end := model_end(assessment):
        says = says.replace(" retires", f" ({end[0]}) retires")
        return f"{says} on {in_words(end[1])}"
    model = catalogue(assessment.on).landscape.models.get(named)
    return f"{says} (no end date known for {model.name if model else named})"


def model_end(assessment: Assessment) -> tuple[str, date] | None:
    """Return the base of a tuned model that has to move for it, and when it ends.

    None if it moves for another reason, or the day is not known.
    """
    advice, named = assessment.advice, assessment.numbers.get("tuned")
    if advice is None or advice.deadline.id != "base_ends":
        return None
    if named is None or assessment.on is None:
        return None
    model = catalogue(assessment.on).landscape.models.get(named)
    return (model.name, model.retires.day) if model and model.retires else None


def conditions(assessment: Assessment) -> tuple[str, ...]:
    """Return every open gate, as a condition with a capital letter."""
    advice = assessment.advice
    return tuple(condition(gate.says) for gate in (advice.subject_to if advice else ()))


def approval(advice: Advice) -> str:
    """Return whether training is approved, in a sentence; not of open checks."""
    if advice.standing == "no_price":
        return f"{NOT_YET}: training has no price."
    if advice.standing == "closing":
        number = len(advice.subject_to)
        more = f" {number} check{'s are' if number > 1 else ' is'} open, too."
        said = f"{NOT_YET}: {advice.closes}; choose another model first."
        return f"{said}{more if number else ''}"
    number = len(advice.unproven_answers)
    if advice.is_approved or not number:
        return ALL_DONE
    checks = "1 check is" if number == 1 else f"{number} checks are"
    open_too = len(_besides_shown(advice))
    more = f", and {open_too} more {'is' if open_too == 1 else 'are'} open"
    return (
        f"{NOT_YET}: {checks} answered without evidence{more * bool(open_too)}."
        f"{_unpriced(advice)}"
    )


def _besides_shown(advice: Advice) -> tuple[Said, ...]:
    """Return the open checks without what has to be shown."""
    return tuple(each for each in advice.subject_to if each.id != TO_SHOW)


def _unpriced(advice: Advice) -> str:
    return "" if advice.is_priced else " Training has no price either."


def approval_in_full(advice: Advice) -> str:
    """Return the same for a paper, which names the answers that lack evidence."""
    named = advice.unproven_answers[:_NAMED]
    if advice.standing != "not_shown":
        return approval(advice)
    if advice.subject_to:
        return NOT_YET  # the list says which checks are open
    more = len(advice.unproven_answers) - len(named)
    others = f" and {more} more" if more else ""
    said = "; ".join(lower_first(label) for label in named)
    them = "this check is" if len(advice.unproven_answers) == 1 else "these checks are"
    it = "it" if len(advice.unproven_answers) == 1 else "them"
    return (
        f"{NOT_YET}: {them} answered without evidence: {said}{others} (A6); show {it} "
        f"first.{_unpriced(advice)}"
    )


def unproven_named(assessment: Assessment) -> str:
    """Return the answers behind checks that nothing shows, by label; may be empty."""
    advice = assessment.advice
    return (
        ", ".join(f"“{label}”" for label in advice.unproven_answers) if advice else ""
    )


def asked(framework: Framework, assessment: Assessment) -> str:
    """Return what the decision asks for, without the checks if all are done."""
    if assessment.advice and assessment.advice.prerequisite:
        return assessment.advice.prerequisite.ask
    if waits := _not_yet_asked(assessment):
        return waits
    words = _step_asked(framework, assessment)
    words = words or framework.verdicts[assessment.verdict].ask
    if not conditions(assessment):
        words = words.replace(_IF_CHECKED, "")
    if is_optional(assessment):
        words = words.replace(_SERVES, _MAY_SERVE)
    if plan := assessment.measurements:
        words = words.replace("{hours}", str(plan.hours))
    words = words.replace("{deadline}", deadline(assessment))
    return words.replace("{context}", _serving(framework, assessment))


def _serving(framework: Framework, assessment: Assessment) -> str:
    """Name what serves, and within which limit until a trained model does."""
    context, advice = instead(framework, assessment), assessment.advice
    if advice is None or advice.standing is None:
        return context
    return f"{context}{advice.interim.says.partition('{context}')[2]}"


def waits_for_checks(assessment: Assessment) -> bool:
    """Whether checks are open before a small part is trained, which has no price."""
    is_open = assessment.advice and assessment.advice.standing == "subject_to"
    return bool(is_open) and assessment.family == "part"


def _not_yet_asked(assessment: Assessment) -> str:
    """Return what is asked for before training can be; empty where that is open."""
    advice = assessment.advice
    if waits_for_checks(assessment):
        return "Agree to close the open checks, then decide on training one small part."
    if advice and advice.standing == "closing":
        return "Choose another model first, then decide on training."
    if advice and advice.standing == "not_shown":
        number = len(advice.unproven_answers)
        hours = advice.showing_hours + advice.testing_hours
        what = "1 answer" if number == 1 else f"{number} answers"
        if others := len(_besides_shown(advice)):
            what += f" and close {others} more check{'s' * (others > 1)}"
        work = "1 hour" if hours == 1 else f"{hours:,} hours"
        return f"Agree to {work} of work to show {what}, then decide on training."
    if advice and advice.standing == "no_price":
        return "Give training a price, then decide on it."
    said = "Agree to give the small part a price, then decide on training it."
    return said * (assessment.family == "part")


def _step_asked(framework: Framework, assessment: Assessment) -> str:
    """Return what the step asks for where it is all of the verdict; may be empty."""
    advice = assessment.advice
    if advice is None or assessment.verdict != assessment.context_layer:
        return ""
    words = framework.step_asks.get(advice.step.id, "")
    if not words and advice.best and framework.failure:
        words = framework.failure.ask
    return words.replace("{step}", advice.step.says)


_IF_CHECKED = ", once the open checks pass"
_SERVES = " ready, use "
_MAY_SERVE = " ready, the use case’s owner may use "


def condition(says: str) -> str:
    """Return the words of a gate as a condition with a capital letter.

    >>> condition("once a target is written down")
    'A target is written down'
    """
    bare = says.removeprefix("once ")
    return bare[:1].upper() + bare[1:]


def outcome_lines(assessment: Assessment) -> tuple[str, ...]:
    """Return what would follow from each result of what comes first."""
    if first := assessment.prerequisite:
        name = assessment.verdict_name
        return first.if_met.replace("{verdict}", name), first.if_not
    plan = assessment.measurements
    return tuple(
        f"“{each.sentence}” would lead to "
        f"“{lower_first(as_outcome(assessment, each.verdict, each.verdict_name))}”."
        for each in (plan.outcomes if plan else ())
    )


def lower_first(text: str) -> str:
    """Return words for the middle of a sentence; an abbreviation keeps its capitals.

    >>> lower_first("Few-shot"), lower_first("MLOps"), lower_first("A model")
    ('few-shot', 'MLOps', 'a model')
    """
    is_word = text[1:2].islower() or text[1:2] == " "
    return text[:1].lower() + text[1:] if is_word else text


def in_a_row(labels: Sequence[str]) -> str:
    """Return names in a row, each but the first with a small letter."""
    return "; ".join([labels[0], *(lower_first(label) for label in labels[1:])])
