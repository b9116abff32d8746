"""Conditions to true, false or unknown.

A condition is unknown (None) while an answer it needs is missing.
`all`, `any` and `not` follow Kleene: a false part decides an `all`, a true part an
`any`, whatever is unknown.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from audits.frameworks import conditions as c
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework

type Code = str | tuple[str, ...]
type Codes = Mapping[str, Code]
type _Reader = Callable[[Any, EvaluationContext], bool | None]


class _Facts(dict[str, bool | None]):
    """The facts, each read only when a condition first asks for it."""

    def __init__(self, at: "EvaluationContext") -> None:
        self.at = at

    def __missing__(self, fact_id: str) -> bool | None:
        fact = self.at.framework.facts_by_id[fact_id]
        self[fact_id] = value = holds(fact.when, fact.unless, self.at)
        return value


@dataclass(slots=True)
class EvaluationContext:
    """All that a condition may read: answers, and what was decided before it.

    `known` are the answers that conditions read. `asserted` are the answered questions
    whose answers nothing proves; with `believed` they are read as if something did.
    `failed` are the simpler ways that missed the target. `values` are of conditions
    that were read, and are kept until an answer that they read changes.
    """

    framework: Framework
    answers: Codes
    facts: dict[str, bool | None] = field(init=False)
    known: dict[str, Code] = field(init=False)
    values: dict[int, bool | None] = field(init=False)
    reasons: dict[str, c.ReasonStatus] = field(default_factory=dict)
    unproven: frozenset[str] = frozenset()
    blocked: bool = False
    market: Mapping[str, bool | int | None] = field(default_factory=dict)
    asserted: Set[str] = frozenset()
    believed: bool = False
    failed: Set[str] = frozenset()
    context_layer: str = ""
    verdict: str = ""

    def __post_init__(self) -> None:
        self.facts = _Facts(self)
        self.known = {}
        self.values = {}
        for question, code in self.answers.items():
            self.note(question, code)

    def note(self, question: str, code: Code) -> None:
        """Let conditions read an answer, unless it decides as none would."""
        if code != UNKNOWN and (question, code) not in self.framework.open_answers:
            self.known[question] = code

    def fork(self) -> "EvaluationContext":
        """Return the same answers, to change some; nothing is decided of them."""
        other = EvaluationContext(
            self.framework,
            {},
            market=self.market,
            asserted=self.asserted,
            believed=self.believed,
        )
        other.answers = self.answers
        other.known = self.known.copy()
        other.values = self.values.copy()
        other.facts.update(self.facts)
        return other

    def change(self, question: str, code: Code | None) -> None:
        """Let conditions read another answer, or none, or one that is proved now."""
        self.known.pop(question, None)
        if code is not None:
            self.note(question, code)
        self.forget(question)

    def forget(self, subject: str) -> None:
        """Forget what was read of a subject that changed."""
        subjects = self.framework.subjects
        for key in subjects.kept_on.get(subject, ()):
            self.values.pop(key, None)
        for fact_id in subjects.facts_on.get(subject, ()):
            self.facts.pop(fact_id, None)


def evaluate(condition: c.Condition, at: EvaluationContext) -> bool | None:
    """Return whether a condition holds; None while that is unknown."""
    key = id(condition)
    if key in at.values:
        return at.values[key]
    value = _READERS[type(condition)](condition, at)
    if key in at.framework.subjects.kept:
        at.values[key] = value
    return value


def holds(
    when: c.Condition | None, unless: c.Condition | None, at: EvaluationContext
) -> bool | None:
    """Return whether `when` holds and nothing known cancels it.

    A missing `when` always holds. `unless` cancels only when it is known to hold: a
    missing answer cancels nothing.
    """
    if unless is not None and evaluate(unless, at):
        return False
    return True if when is None else evaluate(when, at)


def _all(condition: c.All, at: EvaluationContext) -> bool | None:
    result: bool | None = True
    for part in condition.parts:
        value = _READERS[type(part)](part, at)
        if value is False:
            return False
        if value is None:
            result = None
    return result


def _any(condition: c.Any, at: EvaluationContext) -> bool | None:
    result: bool | None = False
    for part in condition.parts:
        value = _READERS[type(part)](part, at)
        if value is True:
            return True
        if value is None:
            result = None
    return result


def _not(condition: c.Not, at: EvaluationContext) -> bool | None:
    value = _READERS[type(condition.part)](condition.part, at)
    return None if value is None else not value


def _answer_test(test: Callable[[Any, Code, EvaluationContext], bool]) -> _Reader:
    """Return how a leaf reads an answer, given how it reads a known one."""

    def read(leaf: c.AnswerLeaf, at: EvaluationContext) -> bool | None:
        answer = at.known.get(leaf.question)
        return None if answer is None else test(leaf, answer, at)

    return read


def _proven(leaf: c.Proven, at: EvaluationContext) -> bool | None:
    value = evaluate(leaf.test, at)
    if at.believed:
        return value
    return value is True and leaf.test.question not in at.asserted


@cache
def _set(options: tuple[str, ...]) -> frozenset[str]:
    return frozenset(options)


def _at_least(leaf: c.AtLeast, answer: Code, at: EvaluationContext) -> bool:
    rank = at.framework.rank
    return rank[leaf.question, str(answer)] >= rank[leaf.question, leaf.option]


def _market_reaches(leaf: c.MarketReaches, at: EvaluationContext) -> bool:
    number = at.market[leaf.market]
    return number is not None and number >= leaf.at_least


def _any_reason(leaf: c.AnyReason, at: EvaluationContext) -> bool:
    if leaf.standing == "unproven":
        return bool(at.unproven)
    return leaf.standing in at.reasons.values()


def _only_reasons(leaf: c.OnlyReasons, at: EvaluationContext) -> bool:
    measured = [r for r, s in at.reasons.items() if s == "measured"]
    return bool(measured) and all(r in leaf.reasons for r in measured)


# One reader for each shape. A table finds it at once; a `match` would try one shape
# after the other, thousands of times for one answer.
_READERS: dict[type[c.Condition], _Reader] = {
    c.All: _all,
    c.Any: _any,
    c.Not: _not,
    c.Is: _answer_test(lambda leaf, answer, _: answer == leaf.option),
    c.In: _answer_test(lambda leaf, answer, _: answer in leaf.options),
    c.Includes: _answer_test(
        lambda leaf, answer, _: not _set(leaf.options).isdisjoint(answer)
    ),
    c.Only: _answer_test(
        lambda leaf, answer, _: (
            bool(answer) and all(option in leaf.options for option in answer)
        )
    ),
    c.AtLeast: _answer_test(_at_least),
    c.Known: lambda leaf, at: (leaf.question in at.known) is leaf.known,
    c.Proven: _proven,
    c.Lacks: lambda leaf, at: evaluate(leaf.test, at) is not True,
    c.Failed: lambda leaf, at: leaf.way in at.failed,
    c.FactHolds: lambda leaf, at: at.facts[leaf.fact],
    c.MarketExists: lambda leaf, at: at.market[leaf.market] is leaf.exists,
    c.MarketReaches: _market_reaches,
    c.ReasonStands: lambda leaf, at: at.reasons[leaf.reason] in leaf.statuses,
    c.AnyReason: _any_reason,
    c.OnlyReasons: _only_reasons,
    c.Blocked: lambda leaf, at: at.blocked is leaf.blocked,
    c.ContextIs: lambda leaf, at: at.context_layer == leaf.layer,
    c.VerdictIs: lambda leaf, at: at.verdict == leaf.verdict,
}
