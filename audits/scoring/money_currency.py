"""Sums in the currency that a team or an organization thinks in, beside US dollars."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money_states import MONEY_NAMES, MoneyState
from audits.scoring.money_sums import SumLine
from audits.scoring.money_words import Money, MoneyRow
from audits.scoring.numbers.currency import EnteredIn, published_rate
from audits.scoring.numbers.currency_words import sums_line, without_rate
from audits.scoring.proposals.proposal import DOLLARS


def money_line(assessment: Assessment, money: Money | None) -> str:
    """Return the 12 months of what is stated, in the currency of the team's amounts.

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
    """Return the sums of a pack in another currency; what is spent has a minus.

    Args:
        entered: The currency and its rate; None for US dollars.
        lines: The sums in US dollars, as the table of the pack has them.
    """
    return sums_line(
        entered,
        [
            (f"{_named(line)} {{}}", [line.amount.expected])
            for line in lines
            if line.amount and line.kind != "same"
        ],
    )


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


def _named(line: SumLine) -> str:
    """Return what a sum of a pack is: “running net”; “hold” where both are equal."""
    head = line.head.lower()
    return head if head == line.kind else f"{head} {line.kind}"


def _called(row: MoneyRow) -> str:
    return row.standing.lower().replace(", ", " and ")
