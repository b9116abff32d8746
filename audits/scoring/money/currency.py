"""The amounts of a verdict in the currency that its team thinks in."""

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.numbers.currency_words import sums_line, without_rate


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
    return sums_line(
        assessment.entered_in,
        [
            (
                f"{_called(row)} {{}}{'' if number else ' over 12 months'}",
                [row.year.expected],
            )
            for number, row in enumerate(rows)
        ],
    )


def unpriced_line(assessment: Assessment) -> str:
    """Return why amounts without an exchange rate have no price; empty if they have."""
    entered = assessment.entered_in
    if entered is None or entered.rate or assessment.costs or assessment.on is None:
        return ""
    return without_rate(entered.currency, assessment.on)


def _called(row: MoneyRow) -> str:
    return row.standing.lower().replace(", ", " and ")
