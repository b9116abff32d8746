"""What a condition may read, by its place in the framework's file."""

import typing
from collections.abc import Iterator
from dataclasses import dataclass, field

from audits.frameworks import conditions as c
from audits.frameworks.questions import Computed, Question
from audits.frameworks.rules import ContextLayer
from audits.frameworks.schema import Framework
from audits.strict_yaml.dangling import dangling, problem_at
from audits.strict_yaml.problems import Problem, did_you_mean

_LAYERS: tuple[str, ...] = typing.get_args(ContextLayer)


@dataclass
class Reach:
    """What a condition may read at some point of the file."""

    framework: Framework
    answers: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    blockers: bool = False
    verdict: bool = False

    def check(
        self, condition: c.Condition | None, key: str, after: str = ""
    ) -> Iterator[Problem]:
        """Yield what the condition must not read; `after` ends "no question X"."""
        if condition is None:
            return
        for leaf in c.leaves(condition):
            yield from self._leaf(leaf, key, after)

    def _leaf(self, leaf: c.Leaf, key: str, after: str) -> Iterator[Problem]:
        match leaf:
            case c.MarketExists(market) | c.MarketReaches(market):
                yield from _market(self.framework, market, leaf, key)
            case c.FactHolds(fact):
                yield from dangling("fact", [fact], self.facts, key)
            case c.Failed(way):
                failure = self.framework.failure
                ways = failure.ways if failure else ()
                yield from dangling("simpler way", [way], ways, key)
            case c.Proven(test) | c.Lacks(test):
                yield from self._answer(test, key, after)
            case c.Is() | c.In() | c.Includes() | c.Only() | c.AtLeast() | c.Known():
                yield from self._answer(leaf, key, after)
            case _:
                yield from self._decided(leaf, key)

    def _decided(self, leaf: c.DecidedLeaf, key: str) -> Iterator[Problem]:
        match leaf:
            case c.ReasonStands(reason):
                yield from dangling("reason", [reason], self.reasons, key)
            case c.OnlyReasons(reasons):
                yield from dangling("reason", reasons, self.reasons, key)
            case c.AnyReason() if not self.reasons:
                yield Problem(1, key, "reasons are not decided yet at this point")
            case c.Blocked() if not self.blockers:
                yield Problem(1, key, "blockers are not decided yet at this point")
            case c.ContextIs() | c.VerdictIs() if not self.verdict:
                yield Problem(1, key, "there is no verdict yet at this point")
            case c.ContextIs(layer):
                yield from dangling("context layer", [layer], _LAYERS, key)
            case c.VerdictIs(verdict):
                yield from dangling("verdict", [verdict], self.framework.verdicts, key)

    def _answer(self, leaf: c.AnswerLeaf, key: str, after: str) -> Iterator[Problem]:
        if leaf.question not in self.answers:
            hint = did_you_mean(leaf.question, self.answers)
            message = f'no question "{leaf.question}"{after}{hint}'
            yield problem_at(leaf.question, key, message)
            return
        item = self.framework.answerable[leaf.question]
        options = [option.id for option in item.options]
        match leaf:
            case c.Is(_, option) | c.AtLeast(_, option):
                yield from dangling("option", [option], options, key)
            case c.In(_, chosen) | c.Includes(_, chosen) | c.Only(_, chosen):
                yield from dangling("option", chosen, options, key)
        yield from _fitting(leaf, item, key)


def _market(
    framework: Framework, market: str, leaf: c.MarketLeaf, key: str
) -> Iterator[Problem]:
    yield from dangling("market fact", [market], framework.market_by_id, key)
    fact = framework.market_by_id.get(market)
    if fact and isinstance(fact.assumed, bool) != isinstance(leaf, c.MarketExists):
        message = "use `exists` for a thing, and `at_least` for a number"
        yield problem_at(market, key, message)


def _fitting(
    leaf: c.AnswerLeaf, item: Question | Computed, key: str
) -> Iterator[Problem]:
    several = isinstance(item, Question) and item.kind == "several"
    ordered = isinstance(item, Question) and item.ordered
    if isinstance(leaf, c.Includes | c.Only) and not several:
        yield problem_at(leaf.question, key, "one option is picked; use `is` or `in`")
    if isinstance(leaf, c.Is | c.In) and several:
        yield problem_at(leaf.question, key, "several may be picked; use `includes`")
    if isinstance(leaf, c.AtLeast) and not ordered:
        yield problem_at(leaf.question, key, "`at_least` needs an ordered question")
