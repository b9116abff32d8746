"""What to find out next: the cheapest measurement for each question that counts."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.frameworks import flow
from audits.frameworks.conditions import Condition
from audits.frameworks.evaluation import Codes
from audits.frameworks.questions import UNKNOWN, Experiment, Question
from audits.frameworks.schema import Framework
from audits.scoring.deciding.decision import Decision
from audits.scoring.deciding.flips import Flip


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


def evidence_plan(
    framework: Framework, decision: Decision, flips: tuple[Flip, ...]
) -> tuple[Finding, ...]:
    """Return what to find out next, cheapest first.

    It includes every open question (no answer, "I don't know yet", a measurement that
    is only asserted, or an answer that says nobody has looked) that could change the
    verdict by itself, that a claimed reason or the rule that asks for evidence reads,
    or that a blocker reads.

    Args:
        framework: The framework of the answers.
        decision: The decision.
        flips: Its flips of size one.
    """
    codes = decision.at.answers
    asserted = decision.under.asserted(framework, codes)
    wanted = {
        **dict.fromkeys(_read_by_blockers(framework), _BLOCKER),
        **dict.fromkeys(_read_by_claims(framework, decision), _CLAIM),
        **dict.fromkeys(_deciding(flips), _DECISIVE),
    }
    findings = [
        Finding(
            question=question.id,
            label=question.label,
            how=question.find_out,
            hours=question.hours,
            experiment=question.experiment,
            because=wanted[question.id],
            could_become=_could_become(question, flips),
        )
        for question in flow.applying(framework, codes)
        if question.id in wanted and is_open(question, codes, asserted)
    ]
    return tuple(sorted(findings, key=lambda finding: finding.hours))


_DECISIVE = "The answer could change the verdict."
_CLAIM = "A possible reason to train depends on it."
_BLOCKER = "The answer could forbid training."


def is_open(question: Question, codes: Codes, asserted: frozenset[str]) -> bool:
    """Return whether nobody has looked: not known, "not yet", or only asserted."""
    if question.is_measurement and question.id in asserted:
        return True
    code = codes.get(question.id, UNKNOWN)
    option = question.option(code) if isinstance(code, str) else None
    return code == UNKNOWN or bool(option and option.not_yet)


def _deciding(flips: tuple[Flip, ...]) -> Iterator[str]:
    for flip in flips:
        if len(flip.changes) == 1 and flip.way == "measure":
            [change] = flip.changes
            yield change.question


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
