"""Sums in the currency that a team or an organization thinks in, beside US dollars."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money_row import MoneyRow
from audits.scoring.money_states import MONEY_NAMES, MoneyState
from audits.scoring.money_words import Money
from audits.scoring.numbers.currency import EnteredIn, published_rate
from audits.scoring.numbers.currency_words import sums_line, without_rate
from audits.scoring.proposals.proposal import DOLLARS
from audits.scoring.sums.money_sums import SumLine


def money_line(assessment: Assessment, money: Money | None) -> str:
    """Return the 12 months that are stated, in the currency of the team's amounts.

    Args:
        assessment: The assessment, which has the rate of its day.
        money: The money behind its verdict.

    Returns:
        One sentence; empty for US dollars, and where nothing is stated.
    """
    if money is None:
        return ""
    # What the verdict leads to comes first.
    rows = sorted(money.stated, key=lambda row: row != money.chosen)
    year = " over 12 months"
    return sums_line(
        assessment.entered_in,
        [
            (f"{_called(row)} {{}}{'' if number else year}", [row.year.expected])
            for number, row in enumerate(rows)
        ],
    )


def unpriced_line(assessment: Assessment) -> str:
    """Return why amounts without an exchange rate have no price; empty if they have."""
    entered = assessment.entered_in
    if entered is None or entered.rate or assessment.costs or assessment.on is None:
        return ""
    return without_rate(entered.currency, assessment.on)


def decisions_line(entered: EnteredIn | None, lines: Sequence[SumLine]) -> str:
    """Return the sums of a pack in another currency, in the words of its title.

    Args:
        entered: The currency and its rate; None for US dollars.
        lines: The sums in US dollars, as the table of the pack has them.
    """
    known = [(x, x.amount) for x in lines if x.amount and x.kind != "same"]
    said: list[tuple[str, list[Decimal]]] = []
    for head, group in groupby(known, key=lambda pair: pair[0].head):
        found = [(_part(line), abs(amount.expected)) for line, amount in group]
        words = ", ".join(part for part, _ in found)
        said.append((f"{head.lower()} {words}", [amount for _, amount in found]))
    return sums_line(entered, said)


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
    return f"{line.kind} {{}}"


def _called(row: MoneyRow) -> str:
    return row.standing.lower().replace(", ", " and ")
