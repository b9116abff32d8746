"""What another answer to each question would move: the verdict, or what it advises.

It decides each change as the page of scenarios does, so that the two cannot differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN, Question
from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.scoring.assess_on import decide_on, given_to
from audits.scoring.explaining.advice import advised_step
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.what_if.changes import Changes, changed, counting

type Moved = Literal["verdict", "advice", "nothing"]
type _Decided = tuple[str, tuple[object, ...]]


def moved_by(framework: Framework, assessment: Assessment) -> Mapping[str, Moved]:
    """Return what another answer to each question that applies would move.

    An answer is tried with and without evidence, and as not known. Where other market
    facts are in force, the changes that the assessment names say it.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
    """
    return _moved_by(_Asked(framework=framework, assessment=assessment))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked: of one paper twice, and again when it is shown."""

    framework: Framework
    assessment: Assessment

    def __hash__(self) -> int:
        """Hash the answers, which all but tell assessments apart."""
        found = self.assessment
        return hash((self.framework, found.on, *found.codes.items()))


# It decides a hundred times.
@in_force.remembered(maxsize=32)
def _moved_by(about: _Asked) -> Mapping[str, Moved]:
    framework, assessment = about.framework, about.assessment
    asked = flow.applying(framework, assessment.codes)
    if assessment.on is not None:
        inputs, on = given_to(assessment)
        now = _decided(framework, inputs, on)
        if now[0] == assessment.verdict:
            return {x.id: _moved(framework, inputs, on, now, x) for x in asked}
    alone = {x.changes[0].question for x in assessment.flips if len(x.changes) == 1}
    return {x.id: "verdict" if x.id in alone else "nothing" for x in asked}


def open_could(framework: Framework, assessment: Assessment) -> int:
    """Return how many answers that are not known could change the verdict.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    moved, unknown = moved_by(framework, assessment), assessment.unknowns
    alone = {x.question for x in unknown if moved.get(x.question) == "verdict"}
    return len(alone | {x.question for x in assessment.could_change_it})


def _moved(
    framework: Framework, inputs: Inputs, on: date, now: _Decided, question: Question
) -> Moved:
    found: Moved = "nothing"
    for changes in _changes(framework, inputs, question):
        then = _decided(framework, changed(inputs, changes), on)
        if then[0] != now[0]:
            return "verdict"
        if then != now:
            found = "advice"
    return found


def _changes(
    framework: Framework, inputs: Inputs, question: Question
) -> Iterator[Changes]:
    """Yield what a person can choose for a question, one choice at a time."""
    now = counting(inputs).get(question.id, UNKNOWN)
    has_levels = question.is_measurement or not framework.asserted_unless_marked
    for code in dict.fromkeys((*_codes(question, now), UNKNOWN)):
        answers = {question.id: code} if code != now else {}
        if answers:
            yield Changes(answers=answers)
        if has_levels and code != UNKNOWN:
            yield Changes(answers=answers, levels={question.id: "asserted"})
            yield Changes(answers=answers, levels={question.id: "measured"})


def _codes(question: Question, now: Code) -> Iterator[Code]:
    """Yield the answers to try: of several picks, one alone, one more or one less."""
    if question.kind != "several":
        yield from (option.id for option in question.options)
        return
    picked = () if isinstance(now, str) else now
    yield picked or now
    alone = {option.id for option in question.options if option.alone}
    for option in question.options:
        yield (option.id,)
        more = {*picked, option.id} - alone
        if option.id not in alone and (not question.most or len(more) <= question.most):
            yield tuple(x.id for x in question.options if x.id in more)
        if less := tuple(x for x in picked if x != option.id):
            yield less


def _decided(framework: Framework, inputs: Inputs, on: date) -> _Decided:
    """Return the verdict, and the way and the step that it advises."""
    found = decide_on(framework, inputs, on)
    if not framework.steps:
        return found.verdict, ()
    advised = advised_step(framework, found)
    return found.verdict, (found.context_rule.layer, *advised)
