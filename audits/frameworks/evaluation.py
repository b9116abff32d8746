"""Conditions to true, false or unknown.

A condition is unknown (None) while an answer it needs is missing.
`all`, `any` and `not` follow Kleene: a false part decides an `all`, a true part an
`any`, whatever is unknown.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from audits.frameworks.conditions import AnyReasonStatus, Condition, ReasonStatus
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework

type Code = str | tuple[str, ...]
type Codes = Mapping[str, Code]


@dataclass(slots=True)
class EvaluationContext:
    """All that a condition may read: answers, and what was decided before it.

    `asserted` are the answered questions whose answers nothing proves; with `believed`
    they are read as if something did, and what nobody has tried or tested yet is
    unknown. `seen` is what tests see of the answers. `failed` are the simpler ways that
    missed the target, and `unshown` those ticked as tested that no result shows, where
    results show others.
    """

    framework: Framework
    answers: Codes
    reasons: dict[str, ReasonStatus] = field(default_factory=dict)
    unproven: frozenset[str] = frozenset()
    blocked: bool = False
    market: Mapping[str, bool | int | None] = field(default_factory=dict)
    asserted: Set[str] = frozenset()
    believed: bool = False
    failed: Set[str] = frozenset()
    unshown: frozenset[str] = frozenset()
    context_layer: str = ""
    verdict: str = ""
    seen: int = field(init=False)

    def __post_init__(self) -> None:
        self.seen = self.framework.answer_tests.unanswered[self.believed]
        for question, code in self.answers.items():
            self.see(question, code)

    @property
    def facts(self) -> "_Facts":
        """The facts: whether each is true, false or unknown."""
        return _Facts(self)

    def knows(self, question: str) -> bool:
        """Return whether there is an answer, other than one that decides as none."""
        code = self.answers.get(question, UNKNOWN)
        return code != UNKNOWN and (question, code) not in self.framework.open_answers

    def see(self, question: str, code: Code | None) -> None:
        """Let conditions read an answer, or none."""
        tests = self.framework.answer_tests
        seen = tests.see(
            question,
            code,
            proved=question not in self.asserted,
            believed=self.believed,
            unshown=self.unshown if self.is_of_ways(question) else frozenset(),
        )
        self.seen = self.seen & tests.others[question] | seen

    def is_of_ways(self, question: str) -> bool:
        """Return whether a question asks which simpler ways were tested."""
        failure = self.framework.failure
        return failure is not None and question == failure.question

    def reaches(self, market: str, at_least: int) -> bool:
        """Return whether the market's number is at least this; never without one."""
        number = self.market[market]
        return number is not None and number >= at_least

    def has_reason(self, status: AnyReasonStatus) -> bool:
        """Return whether at least one reason has this status."""
        if status == "unproven":
            return bool(self.unproven)
        return status in self.reasons.values()

    def has_only_reasons(self, reasons: tuple[str, ...]) -> bool:
        """Return whether a reason is measured, and all such are among these."""
        measured = [r for r, status in self.reasons.items() if status == "measured"]
        return bool(measured) and set(measured).issubset(reasons)

    def fork(self) -> "EvaluationContext":
        """Return the same answers, to change some; nothing is decided of them."""
        other = EvaluationContext(
            self.framework,
            {},
            market=self.market,
            asserted=self.asserted,
            believed=self.believed,
            unshown=self.unshown,
        )
        other.answers = self.answers
        other.seen = self.seen
        return other


@dataclass(frozen=True, slots=True)
class _Facts:
    """The facts of a context, each read when it is first asked for."""

    at: EvaluationContext

    def __getitem__(self, fact_id: str) -> bool | None:
        return self.at.framework.readers.fact(fact_id)(self.at)


def evaluate(condition: Condition, at: EvaluationContext) -> bool | None:
    """Return whether a condition holds; None while that is unknown."""
    return at.framework.readers.of(condition)(at)


def is_certain(condition: Condition, at: EvaluationContext) -> bool:
    """Return whether a condition is known to hold."""
    return at.framework.readers.certain(condition)(at)


def holds(
    when: Condition | None, unless: Condition | None, at: EvaluationContext
) -> bool | None:
    """Return whether `when` holds and nothing known cancels it.

    A missing `when` always holds. `unless` cancels only when it is known to hold: a
    missing answer cancels nothing.
    """
    if unless is not None and is_certain(unless, at):
        return False
    return True if when is None else evaluate(when, at)
