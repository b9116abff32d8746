"""What training is approved on, and that nothing shows."""

from collections.abc import Callable, Iterator, Mapping

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code, Codes, EvaluationContext, is_certain
from audits.frameworks.questions import Question
from audits.frameworks.rules import Gate
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.deciding.trial import context


def unproven(
    framework: Framework, codes: Codes, under: Circumstances
) -> tuple[Question, ...]:
    """Return the measurements whose result is told, but not how it is known.

    Until then training cannot be approved on them. An answer that says that nobody has
    looked is no result, and needs no proof.

    Args:
        framework: The framework of the answers.
        codes: The answers that count, from `flow.relevant`.
        under: How the answers are proved.
    """
    if not framework.asserted_unless_marked:
        return ()
    asserted = under.asserted(framework, codes)
    return tuple(
        question
        for question in framework.questions
        if question.is_measurement
        and question.id in asserted
        and flow.is_known(codes, question.id)
        and _tells_a_result(question, codes[question.id])
    )


def _tells_a_result(question: Question, code: Code) -> bool:
    picked = code if isinstance(code, tuple) else (code,)
    options = [question.option(each) for each in picked]
    return any(option and not option.not_yet for option in options)


def unproven_checks(
    framework: Framework, decision: Decision
) -> Mapping[str, tuple[Question, ...]]:
    """Return the checks that hold only by answers that no document or number shows.

    Each has the questions whose answers would have to be shown for it to hold.

    Args:
        framework: The framework of the answers.
        decision: What was decided by them.
    """
    under, found = decision.under, decision.at
    shown = {
        question: code
        for question, code in found.answers.items()
        if under.levels.get(question, under.unmarked or "asserted") != "asserted"
        or question in under.computed
    }

    def holds(gate: Gate, answers: Codes) -> bool:
        at = context(framework, answers, under)
        at.reasons, at.blocked, at.verdict = found.reasons, found.blocked, found.verdict
        return is_certain(gate.holds, at)

    checks = applying(framework, found)
    waiting = (x for x in checks if is_certain(x.holds, found) and not holds(x, shown))
    return {
        gate.id: tuple(_lacking(framework, gate, (shown, found.answers), holds))
        for gate in waiting
    }


def _lacking(
    framework: Framework,
    gate: Gate,
    answers: tuple[Codes, Codes],
    holds: Callable[[Gate, Codes], bool],
) -> Iterator[Question]:
    """Yield the answers without which a check does not hold, in the order it reads."""
    shown, given = answers
    # What is computed is no answer of a person.
    left = [
        read
        for read in framework.read_by(gate.holds)
        if read in given and read not in shown and read in framework.question_by_id
    ]
    needed = dict.fromkeys(left)
    for read in reversed(left):
        fewer = {q: given[q] for q in needed if q != read}
        if holds(gate, {**shown, **fewer}):
            del needed[read]
    yield from (framework.question_by_id[read] for read in needed)


def answers_to_show(framework: Framework, decision: Decision) -> tuple[Question, ...]:
    """Return what has to be shown before training is approved, each question once.

    Nothing has to be if the verdict is the same and approved without all of these
    answers: who had left them out would have been approved (law S3).

    Args:
        framework: The framework of the answers.
        decision: What was decided by them.
    """
    found = _waiting(framework, decision)
    left = {q: c for q, c in decision.at.answers.items() if q not in found}
    if len(left) < len(decision.at.answers):
        then = decide(framework, flow.relevant(framework, left), decision.under)
        is_same = then.verdict == decision.verdict
        if is_same and not (open_gates(framework, then) or _waiting(framework, then)):
            return ()
    return tuple(found.values())


def _waiting(framework: Framework, decision: Decision) -> dict[str, Question]:
    """Return what checks, measurements and reasons rest on by word of mouth alone."""
    checks = unproven_checks(framework, decision)
    told = unproven(framework, decision.at.answers, decision.under)
    every = (*(each for found in checks.values() for each in found), *told)
    every += tuple(_faults_to_show(framework, decision))
    return {each.id: each for each in every}


def open_gates(framework: Framework, decision: Decision) -> tuple[Gate, ...]:
    """Return the checks of an approval that no answer closes."""
    at = decision.at
    return tuple(x for x in applying(framework, at) if not is_certain(x.holds, at))


def applying(framework: Framework, at: EvaluationContext) -> list[Gate]:
    """Return the checks that apply to an approval."""
    return [
        gate
        for gate in framework.gates
        if gate.applies is None or is_certain(gate.applies, at)
    ]


def _faults_to_show(framework: Framework, decision: Decision) -> Iterator[Question]:
    """Yield the question after the fault: every reason to train needs its answer."""
    faults, under = framework.faults_question, decision.under
    if not (framework.asserted_unless_marked and faults in decision.at.answers):
        return
    level = under.levels.get(faults or "", under.unmarked or "asserted")
    if faults and level == "asserted":
        yield framework.question_by_id[faults]
