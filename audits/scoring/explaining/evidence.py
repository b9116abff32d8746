"""What to find out next: what could change the verdict, or the approval of training."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from audits.frameworks.answering import flow
from audits.frameworks.conditions import Condition
from audits.frameworks.evaluation import Code, Codes, holds, is_certain
from audits.frameworks.questions import UNKNOWN, Experiment, Question
from audits.frameworks.rules import Gate
from audits.frameworks.schema import Framework
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.deciding.flips import Flip, deciding_alone, looked_up_alone
from audits.scoring.deciding.trial import context
from audits.scoring.explaining.advice import Advice
from audits.scoring.explaining.completeness import Completeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to find out.

    `hours` is working time. `experiment` is None if it is enough to ask or look.
    `could_become` are the names of the other verdicts that one answer would give; it is
    empty if the answer counts only together with others.
    """

    question: str
    label: str
    how: str
    hours: int
    experiment: Experiment | None
    because: str
    could_become: tuple[str, ...]

    @property
    def name(self) -> str:
        """What to do: to run its test, or else to answer its question."""
        test = self.experiment
        return test.name if test else f"Answer “{self.label}”"


def evidence_plan(
    framework: Framework,
    decision: Decision,
    flips: tuple[Flip, ...],
    advised: Advice | None = None,
    known: Completeness | None = None,
) -> tuple[Finding, ...]:
    """Return what to find out next; where there is advice, what changes most first.

    It includes open questions only: no answer, "I don't know yet", a measurement that
    is only asserted, or an answer that says nobody has looked. They come in the order
    of `_wanted`, or the cheapest first where there is no advice. What the measurements
    of the verdict find out is left out: they come first anyway. There is nothing before
    a step that comes before all else.

    Args:
        framework: The framework of the answers.
        decision: The decision.
        flips: Its flips of size one.
        advised: What goes with the verdict, if the framework says so.
        known: What can still change the verdict, if the framework tells it.
    """
    if advised and advised.prerequisite:
        return ()
    codes = decision.at.answers
    asserted = decision.under.asserted(framework, codes)
    open_questions = {
        question.id: question
        for question in flow.applying(framework, codes)
        if is_open(question, codes, asserted)
    }
    planned = _planned(decision)
    if advised is None:
        wanted = _wanted_anyway(framework, decision, flips)
        shown = [q for q in open_questions if q in wanted]
        shown.sort(key=lambda question: open_questions[question].hours)
    else:
        wanted = dict(_wanted(framework, decision, flips, advised, open_questions))
        for each in known.not_known if known else ():
            if each.question == framework.faults_question:
                wanted.setdefault(each.question, DECISIVE)
        shown = [question for question in wanted if question not in planned]
        for question in shown:
            is_answered = not _not_looked(open_questions[question], codes)
            if is_answered and wanted[question] == DECISIVE:
                wanted[question] = _ONLY_SAID
    return tuple(
        _finding(open_questions[question], wanted[question], flips)
        for question in shown
    )


GROUND = "Nothing is measured yet, and everything else depends on it."
DECISIVE = "The answer could change the verdict."
LOOKED_UP = "It takes no test, and the answer could change the verdict."
_ONLY_SAID = "This answer is only asserted. A measurement could change the verdict."
CLAIM = "A possible reason to train depends on it."
BLOCKER = "The answer could forbid training."
ADVISED = "This is advised but untested."
UNSETTLED = "Chance may explain on which side of the target its result is."
FEW_CASES = "Its gap is called small only because it has so few cases."
APPROVAL = "The board can approve training only once this is answered."


def is_open(question: Question, codes: Codes, asserted: frozenset[str]) -> bool:
    """Return whether nobody has looked: not known, "not yet", or only asserted."""
    if question.is_measurement and question.id in asserted:
        return True
    return _not_looked(question, codes)


def _not_looked(question: Question, codes: Codes) -> bool:
    """Return whether the answer says that nobody has looked, or there is none."""
    code = codes.get(question.id, UNKNOWN)
    if code == UNKNOWN:
        return True
    picked = (code,) if isinstance(code, str) else code
    options = [question.option(each) for each in picked]
    return all(option and option.not_yet for option in options)


def _planned(decision: Decision) -> frozenset[str]:
    """Return what the measurements tell that come first: no need to say it twice."""
    if decision.plan is None:
        return frozenset()
    outcomes = (o for x in decision.plan.experiments for o in x.experiment.outcomes)
    return frozenset(question for each in outcomes for question in each.questions)


def _finding(question: Question, because: str, flips: tuple[Flip, ...]) -> Finding:
    return Finding(
        question=question.id,
        label=question.label,
        how=question.find_out,
        hours=question.hours,
        experiment=question.experiment,
        because=because,
        could_become=_could_become(question, flips),
    )


def _wanted(
    framework: Framework,
    decision: Decision,
    flips: tuple[Flip, ...],
    advised: Advice,
    open_questions: dict[str, Question],
) -> Iterator[tuple[str, str]]:
    """Yield the open questions that matter, each once, and why.

    First what everything else depends on, then what could change the verdict by itself,
    by how many verdicts it leads to; then what a reason that is only claimed rests on,
    if the verdict does; then what the approval of training waits for. Before anything
    is measured, only measurements can matter, and what is looked up to change it alone.
    """
    seen: set[str] = set()
    deciding = {q: len(_could_become(open_questions[q], flips)) for q in open_questions}
    ground = [q for q in _groundwork(framework, decision) if q in open_questions]
    looked_up = looked_up_alone(open_questions, flips)
    decisive = [
        q
        for q in deciding_alone(flips)
        if q in open_questions
        and (not ground or q in framework.measurements or q in looked_up)
    ]
    decisive.sort(key=lambda q: (-deciding[q], open_questions[q].hours))
    for questions, because in (
        (ground, GROUND),
        (decisive, DECISIVE),
        (_believed(framework, decision), CLAIM),
        (_approving(framework, decision, advised, open_questions), APPROVAL),
    ):
        for question in questions:
            if question in open_questions and question not in seen:
                seen.add(question)
                is_read = because == DECISIVE and question in looked_up
                yield question, LOOKED_UP if is_read else because


def _groundwork(framework: Framework, decision: Decision) -> tuple[str, ...]:
    ground = framework.groundwork
    if ground is None or not is_certain(ground.when, decision.at):
        return ()
    return ground.questions


def _believed(framework: Framework, decision: Decision) -> Iterator[str]:
    """Yield what claimed reasons rest on, if believing it makes another verdict."""
    under = replace(decision.under, levels={}, unmarked="documented")
    then = decide(framework, decision.at.answers, under)
    if then.verdict == decision.verdict:
        return
    for reason in framework.reasons:
        if then.at.reasons[reason.id] != decision.at.reasons[reason.id]:
            yield from (
                q for q in framework.read_by(reason.when) if q in then.at.answers
            )


def _approving(
    framework: Framework,
    decision: Decision,
    advised: Advice,
    open_questions: dict[str, Question],
) -> Iterator[str]:
    """Yield the questions of which one answer closes an open gate."""
    waiting = {gate.id for gate in advised.subject_to}
    for gate in framework.gates:
        if gate.id in waiting:
            for read in framework.read_by(gate.holds):
                question = open_questions.get(read)
                if question and _closes(framework, decision, gate, question):
                    yield read


def _closes(
    framework: Framework, decision: Decision, gate: Gate, question: Question
) -> bool:
    """Return whether some measured answer to a question makes a gate hold."""
    levels = {**decision.under.levels, question.id: "measured"}
    under = replace(decision.under, levels=levels)
    for option in question.options:
        code: Code = (option.id,) if question.kind == "several" else option.id
        codes = {**decision.at.answers, question.id: code}
        at = context(framework, codes, under)
        at.reasons, at.blocked = decision.at.reasons, decision.at.blocked
        at.verdict = decision.verdict
        if holds(gate.holds, None, at) is True:
            return True
    return False


def _wanted_anyway(
    framework: Framework, decision: Decision, flips: tuple[Flip, ...]
) -> dict[str, str]:
    """Return what version 1 lists: what blockers, claims and flips read."""
    return {
        **dict.fromkeys(_read_by_blockers(framework), BLOCKER),
        **dict.fromkeys(_read_by_claims(framework, decision), CLAIM),
        **dict.fromkeys(deciding_alone(flips), DECISIVE),
    }


def _read_by_claims(framework: Framework, decision: Decision) -> Iterator[str]:
    for reason in framework.reasons:
        if decision.at.reasons[reason.id] == "claimed":
            yield from _questions(framework, reason.when)
            yield from _questions(framework, framework.unproven_when)
    if decision.verdict == "gather_evidence":
        yield from _questions(framework, decision.verdict_rule.when)


def _read_by_blockers(framework: Framework) -> Iterator[str]:
    for blocker in framework.blockers:
        yield from _questions(framework, blocker.when)


def _questions(framework: Framework, condition: Condition | None) -> Iterator[str]:
    yield from (
        read
        for read in framework.read_by(condition)
        if read in framework.question_by_id
    )


def _could_become(question: Question, flips: tuple[Flip, ...]) -> tuple[str, ...]:
    names = {
        flip.verdict_name: None
        for flip in flips
        if [change.question for change in flip.changes] == [question.id]
    }
    return tuple(names)
