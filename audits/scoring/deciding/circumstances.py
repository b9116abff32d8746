"""What a verdict depends on besides the answers: the market of a day, and proofs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from audits.frameworks.evaluation import Codes
from audits.frameworks.schema import Framework
from audits.landscape.facts import Cited

EvidenceLevel = Literal["asserted", "documented", "measured"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketValue:
    """One market fact on a day; `words` say it with its date and its source.

    A number is None if there was nothing to measure yet. `said` are the words without
    the source, and `cited` is the fact of the landscape behind them.
    """

    value: bool | int | None
    words: str
    said: str = ""
    cited: Cited | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """The market of a day by fact id, and the evidence level of answers by question.

    A market fact that is missing is assumed as the framework says. An answer without
    a level has `unmarked`; None is what the framework says of it. `computed` says, by
    question, what a computed answer rests on. `failed` are the simpler ways that rows
    of scored candidates show to have failed, `best` the one that scored best; None
    without such rows. `unshown` are the ways that were ticked as tested and that no
    row shows, beside rows that show others. `narrow` are the ways whose best row may
    be below the target by chance. `kept` is the name of the candidate that meets the
    target, and `by_chance` what is said where chance may explain that. `limit_missed`
    says which time limit it misses, as it follows that it meets the target. Results
    that are all typed, without a file, are what it rests on if it `is_typed`.
    `most_cases` has the largest of them; None without any.
    """

    market: Mapping[str, MarketValue] = field(default_factory=dict)
    levels: Mapping[str, EvidenceLevel] = field(default_factory=dict)
    computed: Mapping[str, str] = field(default_factory=dict)
    unmarked: EvidenceLevel | None = None
    failed: frozenset[str] | None = None
    best: str | None = None
    unshown: frozenset[str] = frozenset()
    narrow: frozenset[str] = frozenset()
    kept: str = ""
    by_chance: str = ""
    limit_missed: str = ""
    is_typed: bool = False
    most_cases: int | None = None

    def market_values(self, framework: Framework) -> dict[str, bool | int | None]:
        """Return the value of every market fact of the framework."""
        return {
            fact.id: self.market[fact.id].value
            if fact.id in self.market
            else fact.assumed
            for fact in framework.market
        }

    def market_words(self, framework: Framework, market: str) -> str:
        """Return a market fact as people read it."""
        if market in self.market:
            return self.market[market].words
        fact = framework.market_by_id[market]
        if isinstance(fact.assumed, bool):
            return f"{'exists' if fact.assumed else 'does not exist'} (assumed)"
        return f"{fact.assumed:,} {fact.unit} (assumed)"

    def is_asserted(self, framework: Framework, question: str) -> bool:
        """Return whether an answer to a question is only asserted."""
        unmarked: EvidenceLevel | None = None
        if framework.asserted_unless_marked and question in framework.measurements:
            unmarked = self.unmarked or "asserted"
        return self.levels.get(question, unmarked) == "asserted"

    def asserted(self, framework: Framework, codes: Codes) -> frozenset[str]:
        """Return the answered questions whose answer is only asserted."""
        if self.levels or self.unmarked or not framework.asserted_unless_marked:
            return frozenset(q for q in codes if self.is_asserted(framework, q))
        return framework.measurements.intersection(codes)


AS_GIVEN = Circumstances()
