"""How sure a verdict is: what is not known, and which of it could change it."""

import typing
from dataclasses import dataclass
from typing import Literal

from audits.frameworks import flow
from audits.frameworks.evaluation import Code, Codes
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework, Verdict
from audits.scoring.decision import decide

Level = Literal["high", "medium", "low"]
LEVELS: tuple[Level, ...] = typing.get_args(Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A question that applies and whose answer is not known.

    `could_become` are the other verdicts that one answer to it would give.
    """

    question: str
    label: str
    text: str
    find_out: str
    left_open: bool
    could_become: tuple[Verdict, ...]


def unknowns(
    framework: Framework, codes: Codes, verdict: Verdict
) -> tuple[Unknown, ...]:
    """Return what is not known, the decisive first, else in document order.

    Args:
        framework: The framework of the answers.
        codes: The answers that count, from `flow.relevant`.
        verdict: What they amount to now.
    """
    found = [
        Unknown(
            question=question.id,
            label=question.label,
            text=question.text,
            find_out=question.find_out,
            left_open=question.id not in codes,
            could_become=_could_become(framework, codes, question, verdict),
        )
        for question in flow.applicable(framework, codes)
        if not flow.is_known(codes, question.id)
    ]
    return tuple(sorted(found, key=lambda unknown: not unknown.could_become))


def level(framework: Framework, found: tuple[Unknown, ...]) -> Level:
    """Return the confidence: by the number of unknowns that are decisive."""
    decisive = sum(bool(unknown.could_become) for unknown in found)
    if decisive <= framework.confidence.high_unknowns:
        return "high"
    if decisive <= framework.confidence.medium_unknowns:
        return "medium"
    return "low"


def _could_become(
    framework: Framework, codes: Codes, question: Question, verdict: Verdict
) -> tuple[Verdict, ...]:
    """Try each option as the answer; return the verdicts that differ, once each."""
    others: dict[Verdict, None] = {}
    for option in question.options:
        answer: Code = (option.id,) if question.kind == "several" else option.id
        tried = flow.relevant(framework, {**codes, question.id: answer})
        other = decide(framework, tried).verdict
        if other != verdict:
            others[other] = None
    return tuple(others)
