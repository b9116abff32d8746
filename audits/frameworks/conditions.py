"""The shapes of a condition: a small tree over answers, facts and reasons.

A leaf that reads a missing answer is neither true nor false but unknown, and unknown
passes through `all`, `any` and `not` by Kleene's rules.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

ReasonStatus = Literal["measured", "claimed", "absent"]
AnyReasonStatus = ReasonStatus | Literal["unproven"]


@dataclass(frozen=True, slots=True)
class Is:
    """The question was answered with exactly this option."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class In:
    """The question was answered with one of these options."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Includes:
    """At least one of these options was picked, where several may be."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Only:
    """Something was picked, and nothing but these options."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The answer is this option or a later one of an ordered question."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Known:
    """The question has an answer (true) or has none (false); never unknown."""

    question: str
    known: bool


@dataclass(frozen=True, slots=True)
class Proven:
    """The test holds of an answer that is documented or measured; never unknown."""

    test: In | Includes

    @property
    def question(self) -> str:
        """The question whose answer is read."""
        return self.test.question


@dataclass(frozen=True, slots=True)
class Lacks:
    """The test is not known to hold: it does not, or nobody answered; never unknown."""

    test: In | Includes

    @property
    def question(self) -> str:
        """The question whose answer is read."""
        return self.test.question


@dataclass(frozen=True, slots=True)
class Failed:
    """This simpler way was scored and missed the target; never unknown."""

    way: str


@dataclass(frozen=True, slots=True)
class MarketExists:
    """The market has this on the day (true) or does not (false); never unknown."""

    market: str
    exists: bool


@dataclass(frozen=True, slots=True)
class MarketReaches:
    """The market's number is at least this on the day; never unknown.

    It is false while there is no number yet.
    """

    market: str
    at_least: int


@dataclass(frozen=True, slots=True)
class FactHolds:
    """A named fact of the framework holds."""

    fact: str


@dataclass(frozen=True, slots=True)
class ReasonStands:
    """A named reason has one of these statuses."""

    reason: str
    statuses: tuple[ReasonStatus, ...]


@dataclass(frozen=True, slots=True)
class AnyReason:
    """At least one reason has this status.

    "unproven" means claimed only because nothing proves the measurement.
    """

    standing: AnyReasonStatus


@dataclass(frozen=True, slots=True)
class OnlyReasons:
    """A reason is measured, and all measured ones are among these."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """A blocker of training holds (true) or none does (false)."""

    blocked: bool


@dataclass(frozen=True, slots=True)
class ContextIs:
    """The context layer that was decided is this one."""

    layer: str


@dataclass(frozen=True, slots=True)
class VerdictIs:
    """The verdict that was decided is this one."""

    verdict: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


type AnswerLeaf = Is | In | Includes | Only | AtLeast | Known
type ProofLeaf = Proven | Lacks
type MarketLeaf = MarketExists | MarketReaches
type DecidedLeaf = (
    ReasonStands | AnyReason | OnlyReasons | Blocked | ContextIs | VerdictIs
)
type Leaf = AnswerLeaf | ProofLeaf | Failed | MarketLeaf | FactHolds | DecidedLeaf
type Condition = Leaf | All | Any | Not


def subject(leaf: Leaf) -> str:
    """Return what a leaf reads: an id, or a word such as "reasons" for all of them.

    >>> subject(Is("goal", "style")), subject(Known("goal", known=True))
    ('goal', 'goal')
    """
    if word := _WORDS.get(type(leaf)):
        return word
    read: str = getattr(leaf, _NAMES.get(type(leaf), "question"))
    return read


_WORDS: dict[type[Leaf], str] = {
    AnyReason: "reasons",
    OnlyReasons: "reasons",
    Blocked: "blockers",
    ContextIs: "context layer",
    VerdictIs: "verdict",
}
_NAMES: dict[type[Leaf], str] = {
    ReasonStands: "reason",
    MarketExists: "market",
    MarketReaches: "market",
    FactHolds: "fact",
    Failed: "way",
}


def leaves(condition: Condition) -> tuple[Leaf, ...]:
    """Return the leaves of a condition, left to right.

    >>> leaves(All((FactHolds("a"), Not(FactHolds("b")))))
    (FactHolds(fact='a'), FactHolds(fact='b'))
    """
    match condition:
        case All(parts) | Any(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part):
            return leaves(part)
        case _:
            return (condition,)


def requires(condition: Condition, test: Callable[[Leaf], bool]) -> bool:
    """Return whether a condition holds only if a leaf does that passes a test.

    >>> requires(Any((FactHolds("a"), FactHolds("b"))), lambda leaf: leaf.fact == "a")
    False
    """
    match condition:
        case All(parts):
            return any(requires(part, test) for part in parts)
        case Any(parts):
            return all(requires(part, test) for part in parts)
        case Not():
            return False
        case _:
            return test(condition)


def is_measured_reason(leaf: Leaf) -> bool:
    """Return whether a leaf holds only if a reason is measured.

    >>> is_measured_reason(ReasonStands("C1", ("claimed",)))
    False
    """
    match leaf:
        case AnyReason("measured") | OnlyReasons():
            return True
        case ReasonStands(_, statuses):
            return statuses == ("measured",)
        case _:
            return False
