"""Conditions to true, false or unknown.

A condition is unknown (None) while an answer it needs is missing.
`all`, `any` and `not` follow Kleene: a false part decides an `all`, a true part an
`any`, whatever is unknown.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from audits.frameworks.conditions import Condition, ReasonStatus
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework

type Code = str | tuple[str, ...]
type Codes = Mapping[str, Code]


@dataclass(slots=True)
class EvaluationContext:
    """All that a condition may read: answers, and what was decided before it.

    `known` are the answers that conditions read. `asserted` are the answered questions
    whose answers nothing proves; with `believed` they are read as if something did, and
    what nobody has tried or tested yet is unknown.
    `failed` are the simpler ways that missed the target. `values` are the facts, rows
    and conditions that were read; they are kept until what they read changes.
    """

    framework: Framework
    answers: Codes
    known: dict[str, Code] = field(init=False)
    values: dict[int | str, bool | None] = field(init=False)
    reasons: dict[str, ReasonStatus] = field(default_factory=dict)
    unproven: frozenset[str] = frozenset()
    blocked: bool = False
    market: Mapping[str, bool | int | None] = field(default_factory=dict)
    asserted: Set[str] = frozenset()
    believed: bool = False
    failed: Set[str] = frozenset()
    context_layer: str = ""
    verdict: str = ""

    def __post_init__(self) -> None:
        self.known = {}
        self.values = {}
        for question, code in self.answers.items():
            self.note(question, code)

    @property
    def facts(self) -> "_Facts":
        """The facts: whether each is true, false or unknown."""
        return _Facts(self)

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
        return other

    def change(self, question: str, code: Code | None) -> None:
        """Let conditions read another answer, or none, or one that is proved now."""
        self.known.pop(question, None)
        if code is not None:
            self.note(question, code)
        self._forget(question)

    def turn(self, market: Mapping[str, bool | int | None]) -> None:
        """Let conditions read another market."""
        for name, value in market.items():
            if self.market.get(name) != value:
                self._forget(name)
        self.market = market

    def _forget(self, subject: str) -> None:
        """Forget what was read of a subject that changed."""
        for key in self.framework.subjects.kept_on.get(subject, ()):
            self.values.pop(key, None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """The facts of a context, each read when it is first asked for."""

    at: EvaluationContext

    def __getitem__(self, fact_id: str) -> bool | None:
        return self.at.framework.readers.fact(fact_id)(self.at)

    def __setitem__(self, fact_id: str, value: bool | None) -> None:
        self.at.values[fact_id] = value


def evaluate(condition: Condition, at: EvaluationContext) -> bool | None:
    """Return whether a condition holds; None while that is unknown."""
    return at.framework.readers.of(condition)(at)


def holds(
    when: Condition | None, unless: Condition | None, at: EvaluationContext
) -> bool | None:
    """Return whether `when` holds and nothing known cancels it.

    A missing `when` always holds. `unless` cancels only when it is known to hold: a
    missing answer cancels nothing.
    """
    if unless is not None and evaluate(unless, at):
        return False
    return True if when is None else evaluate(when, at)
