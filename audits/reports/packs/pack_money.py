"""The money of several decisions, as far as it is stated."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from audits.scoring.costs.rounding import written
from audits.scoring.money_sums import (
    Decided,
    Effect,
    Release,
    SumLine,
    released,
    sum_lines,
)
from audits.scoring.money_words import Money

_WORDS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
)
_NAMED = 3
_TERM = " over\u00a012\u00a0months"  # on one line

# What a decision does to money, for one and for several. To settle something first is
# no decision.
_EFFECTS: Mapping[Effect, tuple[str, str]] = {
    "replaced": ("ends a plan", "end a plan"),
    "new": ("begins without a current plan", "begin without a current plan"),
    "same": ("changes no cost", "change no cost"),
    "measured": ("depends on a measurement", "depend on measurements"),
    "funded": ("only prepares for training", "only prepare for training"),
    "stopped": ("has stopped already", "have stopped already"),
    "unpriced": ("is not priced", "are not priced"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the decisions of a pack come to; US dollars over 12 months.

    `effects` count what each decision does, and what waits until something is settled,
    so they add up to all. `lines` are the sums of each kind of money with their spans,
    and `released` are the plans that end. Nothing is released where no decision causes
    it.
    """

    effects: Mapping[Effect, int]
    lines: tuple[SumLine, ...]
    released: tuple[Release, ...]

    @property
    def decisions(self) -> int:
        """How many decisions are needed now."""
        return sum(self.effects.values()) - self.waiting

    @property
    def waiting(self) -> int:
        """How many use cases wait until something is settled."""
        return self.effects.get("settled", 0)

    @property
    def title(self) -> str:
        """The decisions needed, their money by kind, and what waits."""
        return ". ".join(filter(None, (self._needed, self._waits)))

    @property
    def counts(self) -> str:
        """How many decisions do what, in a sentence; empty without any."""
        said = [
            f"{_word(number).lower()} {one if number == 1 else several}"
            for effect, (one, several) in _EFFECTS.items()
            if (number := self.effects.get(effect, 0))
        ]
        sentence = "; ".join(said)
        return f"{sentence[:1].upper()}{sentence[1:]}." if said else ""

    @property
    def _needed(self) -> str:
        if not self.decisions:
            return ""
        groups = groupby(self.lines, key=lambda line: line.head)
        said = [
            f"{head}: {words}"
            for head, lines in groups
            if (words := ", ".join(filter(None, (line.words for line in lines))))
        ]
        if not said:
            return _asked(self.decisions)
        return ". ".join((f"{_count(self.decisions)}{_TERM}", *said))

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


def totals(decisions: Sequence[Decided]) -> Totals:
    """Add up the money of decisions by kind, and count what each does."""
    return Totals(
        effects=Counter(each.effect for each in decisions),
        lines=sum_lines(decisions),
        released=released(decisions),
    )


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
