"""The money of several decisions, as far as it is stated."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.money_words import Money
from audits.templatetags.figures import printed

_WORDS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
)
_NAMED = 3
_TERM = " over\u00a012\u00a0months"  # on one line


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The sums of decisions that state both plans; US dollars over 12 months.

    `decisions` counts all, `compared` those that state today's plan too. `saving` and
    `costing` count those that cost less and more than today's plan, `saved` and `more`
    are their sums. Amounts are added as they are printed.
    """

    decisions: int
    compared: int
    today: Decimal
    recommended: Decimal
    saving: int
    saved: Decimal
    costing: int
    more: Decimal

    @property
    def title(self) -> str:
        """The decisions needed and their savings, as a title."""
        would = [
            (number, said)
            for number, said in (
                (self.saving, f"would save ${self.saved:,}"),
                (self.costing, f"would cost ${self.more:,} more"),
            )
            if number
        ]
        if not would:
            return _asked(self.decisions)
        if would[0][0] == self.decisions:
            return f"{_count(self.decisions)} {would[0][1]}{_TERM}"
        some = " and ".join(f"{_word(n).lower()} {said}" for n, said in would)
        return f"{_asked(self.decisions)}; {some}{_TERM}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Money at risk for one reason: its sum, and the use cases."""

    amount: Decimal
    where: str


def totals(money: Sequence[Money | None]) -> Totals:
    """Add up the costs of decisions, except those that do not state both plans."""
    pairs = [
        (printed(item.today.year.expected), printed(item.recommended.year.expected))
        for item in money
        if item and item.today and item.recommended
    ]
    changes = [today - recommended for today, recommended in pairs]
    saved = [change for change in changes if change > 0]
    more = [-change for change in changes if change < 0]
    return Totals(
        decisions=len(money),
        compared=len(pairs),
        today=sum((today for today, _ in pairs), Decimal()),
        recommended=sum((recommended for _, recommended in pairs), Decimal()),
        saving=len(saved),
        saved=sum(saved, Decimal()),
        costing=len(more),
        more=sum(more, Decimal()),
    )


def risk(money: Sequence[tuple[str, Money | None]], if_what: str) -> Risk | None:
    """Add up the money at risk for one reason; None if there is none.

    Args:
        money: The decisions' names and their money.
        if_what: The reason, as Money has it.
    """
    found = [
        (name, printed(item.at_risk))
        for name, item in money
        if item and item.at_risk and item.at_risk_if == if_what
    ]
    if not found:
        return None
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    # One more is as long as its name.
    named = found[:_NAMED] if len(found) > _NAMED + 1 else found
    said = [f"${amount:,.0f} for {name}" for name, amount in named]
    if more := len(found) - len(said):
        rest = sum((amount for _, amount in found[_NAMED:]), Decimal())
        said.append(f"${rest:,.0f} for {more} more")
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
