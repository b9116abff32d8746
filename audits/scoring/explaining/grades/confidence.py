"""How sure a verdict is: the unknowns, and which of them could change it."""

import typing
from dataclasses import dataclass
from typing import Literal

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Codes
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Confidence, Framework
from audits.scoring.deciding.flips import Flip

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
    framework: Framework, codes: Codes, flips: tuple[Flip, ...]
) -> tuple[Unknown, ...]:
    """Return the unknowns, the decisive first, else in document order.

    Args:
        framework: The framework of the answers.
        codes: The answers that count, from `flow.relevant`.
        flips: The flips of size one of these answers.
    """
    others: dict[str, dict[Verdict, None]] = {}
    for flip in flips:
        if len(flip.changes) == 1:
            [change] = flip.changes
            others.setdefault(change.question, {})[flip.verdict] = None
    found = [
        Unknown(
            question=question.id,
            label=question.label,
            text=question.text,
            find_out=question.find_out,
            left_open=question.id not in codes,
            could_become=tuple(others.get(question.id, ())),
        )
        for question in flow.applying(framework, codes)
        if not flow.is_known(codes, question.id)
    ]
    return tuple(sorted(found, key=lambda unknown: not unknown.could_become))


def level(rule: Confidence, found: tuple[Unknown, ...], applicable: int) -> Level:
    """Return the confidence: by the decisive unknowns and the share that is known.

    Args:
        rule: The framework's rule.
        found: What is not known.
        applicable: How many questions apply.
    """
    decisive = sum(bool(unknown.could_become) for unknown in found)
    known = 100 * (applicable - len(found))
    if decisive <= rule.high_unknowns and known >= rule.high_known_percent * applicable:
        return "high"
    if (
        decisive <= rule.medium_unknowns
        and known >= rule.medium_known_percent * applicable
    ):
        return "medium"
    return "low"
