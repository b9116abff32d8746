"""What people can do that would change a verdict."""

from dataclasses import dataclass, fields, replace

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import holds
from audits.frameworks.questions import Option
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to, read_on
from audits.scoring.deciding.circumstances import AS_GIVEN
from audits.scoring.deciding.decision import decide
from audits.scoring.deciding.flips import Change, Flip, changed_code
from audits.scoring.deciding.trial import context
from audits.scoring.explaining.advice import advised_step
from audits.scoring.explaining.advised_ways import as_outcome
from audits.scoring.explaining.assessment import Assessment

ACTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChange(Change):
    """A change, and what has to be so `besides` it; empty if nothing has.

    What is tested changes the verdict only if it misses the target as well.
    """

    besides: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovedFlip(Flip):
    """A change that leads to what was tested and failed, and what makes it better.

    By the method, the best way so far goes on then, with the next step that was not
    tested: see `best_scored` in the context rules. Its name says that it is improved.
    """

    next_step: str


def actions(framework: Framework, assessment: Assessment) -> tuple[Flip, ...]:
    """Return the first three changes that people can bring about, one a question.

    A first measurement is one, and the team's own work that makes an answer better. A
    change of the world is not, since nobody here can act on it, nor is a loss, nor what
    is known at once, such as that the job has images or speech.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
    """
    able = [
        flip
        for flip in changes_in_order(framework, assessment)
        if all(_is_action(framework, assessment, change) for change in flip.changes)
    ]
    # A measurement may also show a loss; what a team would bring about comes first,
    # and before all what leads to one verdict.
    able.sort(
        key=lambda flip: (
            bool(flip.depends_on),
            not _is_gain(framework, assessment, flip),
        )
    )
    found: dict[tuple[str, ...], Flip] = {}
    for flip in able:
        found.setdefault(tuple(x.question for x in flip.changes), flip)
    return tuple(found.values())[:ACTIONS]


def setback(framework: Framework, assessment: Assessment) -> Flip | None:
    """Return the nearest way in which a later test could undo the verdict.

    A verdict that rests on the best result holds as long as that does; nobody works
    towards a worse one, so `actions` has none. None where no worse result changes it,
    or where a result could be better.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
    """
    measured = {
        each.id
        for each in framework.questions
        if each.is_measurement
        and each.better == "earlier"
        and assessment.codes.get(each.id) == each.options[0].id
    }
    return next(
        (
            flip
            for flip in changes_in_order(framework, assessment)
            if len(flip.changes) == 1
            and flip.changes[0].question in measured
            and not _is_gain(framework, assessment, flip)
        ),
        None,
    )


def changes_told(framework: Framework, assessment: Assessment) -> tuple[Flip, ...]:
    """Return what every page tells first: what people can do, then a setback.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
    """
    found = actions(framework, assessment)
    worse = setback(framework, assessment)
    return (*found, worse) if worse and len(found) < ACTIONS else found


def changes_in_order(framework: Framework, assessment: Assessment) -> tuple[Flip, ...]:
    """Return the changes that no other answer rules out, in their order.

    Those that only another use case would bring come last.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
    """
    still = _still(framework, assessment)
    found = (
        _improved(framework, assessment, _told(framework, assessment, flip, still))
        for flip in assessment.flips
        if not any(
            _is_ruled_out(framework, assessment, change) for change in flip.changes
        )
    )
    return tuple(sorted(found, key=lambda x: is_another_use_case(framework, x)))


def _still(framework: Framework, assessment: Assessment) -> str:
    """Say how a test is supposed to end, if all other answers stay as they are."""
    at = context(framework, assessment.codes, AS_GIVEN)
    rows = framework.named.get("still", ())
    return next((x.says for x in rows if holds(x.when, None, at)), "")


def _told(framework: Framework, assessment: Assessment, flip: Flip, still: str) -> Flip:
    """Return a flip that says all that has to be so: one more test, and how it ends."""
    failure, (change, *others) = framework.failure, flip.changes
    if not still or failure is None or others:
        return flip
    is_test = change.question == failure.question and change.option in failure.ways
    if not is_test or change.option in _picks(assessment, change.question):
        return flip
    there = {each.name: getattr(change, each.name) for each in fields(change)}
    return replace(flip, changes=(ToldChange(**there, besides=still),))


def _improved(framework: Framework, assessment: Assessment, flip: Flip) -> Flip:
    """Return a flip that says what is different, where it leads to what failed."""
    name = as_outcome(assessment, flip.verdict, flip.verdict_name)
    if flip.depends_on or name == flip.verdict_name:
        return flip
    there = {each.name: getattr(flip, each.name) for each in fields(flip)}
    step = _step_then(framework, assessment, flip)
    return ImprovedFlip(**there | {"verdict_name": name}, next_step=step)


def _step_then(framework: Framework, assessment: Assessment, flip: Flip) -> str:
    """Return the step after a change, in words; empty where no day says which."""
    if assessment.on is None:
        return ""
    under, codes = read_on(framework, given_to(assessment)[0], assessment.on)
    for each in flip.changes:
        codes[each.question] = changed_code(
            framework, assessment.codes, each.question, each.option
        )
    decision = decide(framework, flow.relevant(framework, codes), under)
    step, _ = advised_step(framework, decision)
    is_kept = step in framework.kept_steps
    return "" if is_kept or decision.verdict != flip.verdict else framework.steps[step]


def possible_changes(framework: Framework, assessment: Assessment) -> tuple[Flip, ...]:
    """Return the changes that can happen to this use case, what people do first.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
    """
    first = changes_told(framework, assessment)
    others = (
        flip
        for flip in changes_in_order(framework, assessment)
        if flip not in first and not is_another_use_case(framework, flip)
    )
    return (*first, *others)


def is_another_use_case(framework: Framework, flip: Flip) -> bool:
    """Return whether a change would make the use case another one.

    What is known at once of it does not turn out to be something else either.
    """
    return any(
        framework.question_by_id[each.question].defines_use_case
        and (each.way == "world" or _option(framework, each).known_at_once)
        for each in flip.changes
    )


def _option(framework: Framework, change: Change) -> Option:
    found = framework.question_by_id[change.question].option(change.option)
    assert found is not None  # noqa: S101 - it is a change to an option
    return found


def _is_ruled_out(framework: Framework, assessment: Assessment, change: Change) -> bool:
    ruled_out_by = _option(framework, change).ruled_out_by
    return any(
        not {*options}.isdisjoint(_picks(assessment, question))
        for question, options in ruled_out_by.items()
    )


def _picks(assessment: Assessment, question: str) -> tuple[str, ...]:
    code = assessment.codes.get(question, ())
    return (code,) if isinstance(code, str) else code


def _is_action(framework: Framework, assessment: Assessment, change: Change) -> bool:
    if _option(framework, change).known_at_once:
        return False
    if _is_another_fault(framework, assessment, change):
        return False
    if change.way != "work":
        return change.way == "measure"
    return _leads_on(framework, assessment, change)


def _is_another_fault(
    framework: Framework, assessment: Assessment, change: Change
) -> bool:
    """Return whether it is a fault beside those that were named.

    Counting again may find one, however unlikely that is; nobody works towards it.
    """
    named = _picks(assessment, change.question)
    options = map(framework.question_by_id[change.question].option, named)
    is_named = any(option and not option.not_yet for option in options)
    return change.question == framework.faults_question and is_named


def _is_gain(framework: Framework, assessment: Assessment, flip: Flip) -> bool:
    return all(_leads_on(framework, assessment, change) for change in flip.changes)


def _leads_on(framework: Framework, assessment: Assessment, change: Change) -> bool:
    """Return whether a change is a first answer, or one that work would aim at."""
    now = assessment.codes.get(change.question)
    if not isinstance(now, str):
        return True  # one more way that is tried
    question = framework.question_by_id[change.question]
    options = [each.id for each in question.options]
    if now not in options:
        return change.way == "measure"  # not known yet
    if _option(framework, change).no_aim:
        return False
    is_later = options.index(change.option) > options.index(now)
    return is_later if question.better == "later" else not is_later
