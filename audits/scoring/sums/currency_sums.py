"""Sums of several verdicts in the currency of an organization, beside US dollars."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from audits.scoring.money.states import MONEY_NAMES, MoneyState
from audits.scoring.numbers.currency import published_rate
from audits.scoring.numbers.currency_words import sums_line
from audits.scoring.numbers.entered_in import EnteredIn
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.proposals.proposal import DOLLARS
from audits.scoring.sums.money_sums import SumLine


def decisions_line(entered: EnteredIn | None, lines: Sequence[SumLine]) -> str:
    """Return the sums of a pack in another currency, by kind of money.

    Args:
        entered: The currency and its rate; None for US dollars.
        lines: The sums in US dollars, as a table of the pack has them.
    """
    known = [(x, x.amount) for x in lines if x.amount and x.kind != "same"]
    said: list[tuple[str, list[Decimal]]] = []
    for head, group in groupby(known, key=lambda pair: pair[0].head):
        found = [(_part(line), abs(amount.expected)) for line, amount in group]
        words = ", ".join(part for part, _ in found)
        said.append((f"{head.lower()} {words}", [amount for _, amount in found]))
    return sums_line(entered, said)


def asked_line(entered: EnteredIn | None, asked: Band | None) -> str:
    """Return the total that decisions ask for in another currency.

    Args:
        entered: The currency and its rate; None for US dollars.
        asked: The total in US dollars; None without one.
    """
    return sums_line(entered, [("asked for {}", [asked.expected])]) if asked else ""


def states_line(
    entered: EnteredIn | None,
    sums: Iterable[tuple[MoneyState, Decimal | None, Decimal | None]],
) -> str:
    """Return the sums of a portfolio in another currency.

    Args:
        entered: The currency and its rate; None for US dollars.
        sums: The US dollars a month and over 12 months of each state of money; None
            where no use case states any.
    """
    return sums_line(
        entered,
        [
            (
                f"{MONEY_NAMES[state].lower()} {{}} a month and {{}} over 12 months",
                [month or None, year],
            )
            for state, month, year in sums
        ],
    )


def in_organizations(currency: str, on: date) -> EnteredIn | None:
    """Return the currency of an organization with its rate of a day.

    Args:
        currency: Its code.
        on: The day, from 2022-01-01.

    Returns:
        None for US dollars, and for a currency without a rate.
    """
    rate = None if currency == DOLLARS else published_rate(currency, on)
    return EnteredIn(currency=currency, rate=rate) if rate else None


def _part(line: SumLine) -> str:
    """Return the words of a sum after those of its head, with “{}” for the amount."""
    if line.kind == "net":
        is_less = line.amount is None or line.amount.expected >= 0
        return f"net {{}} {'less' if is_less else 'more'}"
    if line.kind == "hold":
        return f"{{}} {MONEY_NAMES[line.state].lower()}"
    if line.kind == "end":
        return "freed {}"
    return f"{line.kind} {{}}"
