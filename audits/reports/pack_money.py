"""The money of several decisions, as far as it is stated."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audits.frameworks.schema import Family
from audits.scoring.costs.rounding import written
from audits.scoring.money_words import Money

_WORDS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
)
_NAMED = 3
_TERM = " over\u00a012\u00a0months"  # on one line


type Effect = Literal[
    "saves", "costs", "same", "settled", "measured", "funded", "unpriced"
]
# What a decision does to the spend, for one and for several. To settle something first
# is no decision.
_EFFECTS: Mapping[Effect, tuple[str, str]] = {
    "same": ("changes no cost", "change no cost"),
    "measured": ("depends on a measurement", "depend on measurements"),
    "funded": ("only prepares for training", "only prepare for training"),
    "unpriced": ("is not priced", "are not priced"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The sums of decisions that state both plans; US dollars over 12 months.

    `effects` count what each decision does to the spend, and what waits until something
    is settled, so they add up to all. A saving is counted only where the decision
    causes it: not where it waits for something else, or only funds what training would
    need. `saved` and `more` are the sums of those that cost less and more than today's
    plan. Amounts are added as they are printed.
    """

    effects: Mapping[Effect, int]
    today: Decimal
    recommended: Decimal
    saved: Decimal
    more: Decimal

    @property
    def decisions(self) -> int:
        """How many decisions are needed now."""
        return sum(self.effects.values()) - self.waiting

    @property
    def waiting(self) -> int:
        """How many use cases wait until something is settled."""
        return self.effects.get("settled", 0)

    @property
    def compared(self) -> int:
        """How many of them state both plans, and decide between them."""
        decided: tuple[Effect, ...] = ("saves", "costs", "same")
        return sum(self.effects.get(effect, 0) for effect in decided)

    @property
    def title(self) -> str:
        """The decisions needed, what each does to the spend, and what waits."""
        return ". ".join(filter(None, (self._needed, self._waits)))

    @property
    def _needed(self) -> str:
        if not self.decisions:
            return ""
        if self.effects.get("unpriced", 0) == self.decisions:
            return _asked(self.decisions)
        money = [
            (number, said)
            for number, said in (
                (self.effects.get("saves", 0), f"would save ${written(self.saved)}"),
                (
                    self.effects.get("costs", 0),
                    f"would cost ${written(self.more)} more",
                ),
            )
            if number
        ]
        if money and money[0][0] == self.decisions:
            return f"{_count(self.decisions)} {money[0][1]}{_TERM}"
        said = []
        if money:
            some = " and ".join(f"{_word(n).lower()} {words}" for n, words in money)
            said.append(f"{some}{_TERM}")
        for effect, (one, several) in _EFFECTS.items():
            if number := self.effects.get(effect, 0):
                words = one if number == 1 else several
                said.append(f"{_word(number).lower()} {words}")
        return f"{_asked(self.decisions)}: {'; '.join(said)}"

    @property
    def _waits(self) -> str:
        if not self.waiting:
            return ""
        one, several = ("more", "more") if self.decisions else ("use case", "use cases")
        what = f"{one} waits" if self.waiting == 1 else f"{several} wait"
        return f"{_word(self.waiting)} {what} until something is settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Money at risk for one reason: its sum, and the use cases."""

    amount: Decimal
    where: str


def totals(decisions: Sequence[tuple[Family | None, Money | None]]) -> Totals:
    """Add up the costs of decisions that cause a change, and count the others.

    Args:
        decisions: The family of each verdict, and its money; without a family, it waits
            for a step that comes before all that it says.
    """
    found = [(_effect(*decision), decision[1]) for decision in decisions]
    pairs = [
        (item.today.year.expected, item.recommended.year.expected)
        for effect, item in found
        if effect not in _UNDECIDED and item and item.today and item.recommended
    ]
    changes = [today - recommended for today, recommended in pairs]
    return Totals(
        effects=Counter(effect for effect, _ in found),
        today=sum((today for today, _ in pairs), Decimal()),
        recommended=sum((recommended for _, recommended in pairs), Decimal()),
        saved=sum((change for change in changes if change > 0), Decimal()),
        more=sum((-change for change in changes if change < 0), Decimal()),
    )


_UNDECIDED: tuple[Effect, ...] = ("settled", "measured", "funded", "unpriced")


def _effect(family: Family | None, money: Money | None) -> Effect:
    if family is None:
        return "settled"
    if family == "gather":
        return "measured"
    if money and money.role == "later":
        return "funded"
    if money is None or money.today is None or money.recommended is None:
        return "unpriced"
    today, followed = money.today.year.expected, money.recommended.year.expected
    if today == followed:
        return "same"
    return "saves" if today > followed else "costs"


def risk(money: Sequence[tuple[str, Money | None]], if_what: str) -> Risk | None:
    """Add up the money at risk for one reason; None if there is none.

    Args:
        money: The decisions' names and their money.
        if_what: The reason, as Money has it.
    """
    found = [
        (name, item.at_risk)
        for name, item in money
        if item and item.at_risk and item.at_risk_if == if_what
    ]
    if not found:
        return None
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    # One more is as long as its name.
    named = found[:_NAMED] if len(found) > _NAMED + 1 else found
    said = [f"${written(amount)} for {name}" for name, amount in named]
    if more := len(found) - len(said):
        rest = sum((amount for _, amount in found[_NAMED:]), Decimal())
        said.append(f"${written(rest)} for {more} more")
    listed = ", ".join(said[:-1])
    return Risk(
        amount=sum((amount for _, amount in found), Decimal()),
        where=f"{listed} and {said[-1]}" if listed else said[0],
    )


def _asked(number: int) -> str:
    return f"{_count(number)} {'is' if number == 1 else 'are'} needed"


def _count(number: int) -> str:
    return f"{_word(number)} decision{'' if number == 1 else 's'}"


def _word(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}"
