"""Conditions to true, false or unknown.

Unknown (None) is what a condition is worth while an answer it needs is missing.
`all`, `any` and `not` follow Kleene: a false part settles an `all`, a true part an
`any`, whatever is not known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from audits.frameworks import conditions as c
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework

type Code = str | tuple[str, ...]
type Codes = Mapping[str, Code]


@dataclass(slots=True)
class Standpoint:
    """All that a condition may read: answers, and what was decided before it."""

    framework: Framework
    answers: Codes
    facts: dict[str, bool | None] = field(default_factory=dict)
    reasons: dict[str, c.Standing] = field(default_factory=dict)
    unproven: frozenset[str] = frozenset()
    blocked: bool = False
    market: Mapping[str, bool | int] = field(default_factory=dict)


def evaluate(condition: c.Condition, at: Standpoint) -> bool | None:
    """Return whether a condition holds; None while that is unknown."""
    match condition:
        case c.All(parts):
            return _all(evaluate(part, at) for part in parts)
        case c.Any(parts):
            return _not(_all(_not(evaluate(part, at)) for part in parts))
        case c.Not(part):
            return _not(evaluate(part, at))
        case c.FactHolds(fact):
            return at.facts[fact]
        case c.Known(question, known):
            return (_answer(question, at) is not None) is known
        case c.Is() | c.In() | c.Includes() | c.Only() | c.AtLeast():
            answer = _answer(condition.question, at)
            return None if answer is None else _test(condition, answer, at)
        case _:
            return _decided(condition, at)


def holds(
    when: c.Condition | None, unless: c.Condition | None, at: Standpoint
) -> bool | None:
    """Return whether `when` holds and nothing known cancels it.

    A missing `when` always holds. `unless` cancels only when it is known to hold:
    what nobody has looked into cancels nothing.
    """
    if unless is not None and evaluate(unless, at):
        return False
    return True if when is None else evaluate(when, at)


def _answer(question: str, at: Standpoint) -> Code | None:
    answer = at.answers.get(question)
    return None if answer == UNKNOWN else answer


def _decided(leaf: c.DecidedLeaf | c.MarketLeaf, at: Standpoint) -> bool:
    """Read the market, or what was decided before; both are never unknown."""
    match leaf:
        case c.MarketExists(market, exists):
            return at.market[market] is exists
        case c.MarketReaches(market, number):
            return at.market[market] >= number
        case c.ReasonStands(reason, standings):
            return at.reasons[reason] in standings
        case c.AnyReason("unproven"):
            return bool(at.unproven)
        case c.AnyReason(standing):
            return standing in at.reasons.values()
        case c.OnlyReasons(reasons):
            measured = [r for r, s in at.reasons.items() if s == "measured"]
            return bool(measured) and all(r in reasons for r in measured)
        case c.Blocked(blocked):
            return at.blocked is blocked


def _test(leaf: c.AnswerLeaf, answer: Code, at: Standpoint) -> bool:
    match leaf:
        case c.Is(_, option):
            return answer == option
        case c.In(_, options):
            return answer in options
        case c.Includes(_, options):
            return any(option in options for option in answer)
        case c.Only(_, options):
            return bool(answer) and all(option in options for option in answer)
        case c.AtLeast(question, option):
            rank = at.framework.rank
            return rank[question, str(answer)] >= rank[question, option]
        case c.Known():
            return True


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: Iterable[bool | None]) -> bool | None:
    result: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result
