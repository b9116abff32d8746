"""What training is approved on, and that nothing shows."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code, Codes, is_certain
from audits.frameworks.questions import Question
from audits.frameworks.rules import Gate
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Decision
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
    framework: Framework, decision: Decision, checks: Sequence[Gate]
) -> Mapping[str, tuple[Question, ...]]:
    """Return the checks that hold only by answers that no document or number shows.

    Each has the questions whose answers would have to be shown for it to hold.

    Args:
        framework: The framework of the answers.
        decision: What was decided by them.
        checks: The checks that apply.
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


def answers_to_show(
    framework: Framework,
    decision: Decision,
    checks: Mapping[str, tuple[Question, ...]],
) -> tuple[Question, ...]:
    """Return what has to be shown before training is approved, each question once.

    Args:
        framework: The framework of the answers.
        decision: What was decided by them.
        checks: The result of `unproven_checks`.
    """
    told = unproven(framework, decision.at.answers, decision.under)
    every = (*(each for found in checks.values() for each in found), *told)
    every += tuple(_faults_to_show(framework, decision))
    return tuple({each.id: each for each in every}.values())


def _faults_to_show(framework: Framework, decision: Decision) -> Iterator[Question]:
    """Yield the question after the fault: every reason to train needs its answer."""
    faults, under = framework.faults_question, decision.under
    if not (framework.asserted_unless_marked and faults in decision.at.answers):
        return
    level = under.levels.get(faults or "", under.unmarked or "asserted")
    if faults and level == "asserted":
        yield framework.question_by_id[faults]
