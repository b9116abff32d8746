"""The currency that a team's amounts are in, and the same amounts in US dollars.

Numbers are stored as they were typed, with their currency beside them; without one they
are in US dollars. They are converted once, before anything is priced, with the rate of
the day of pricing:

    dollars = amount × rate

Nothing is rounded, so €85 at 1.1172 is priced as $94.962 is.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.rounding import as_printed
from audits.scoring.numbers.entered_in import EnteredIn
from audits.scoring.proposals.proposal import DOLLARS, Proposal, Rate
from audits.scoring.proposals.proposal_comparison import rate_of
from audits.scoring.proposals.proposal_parts import currencies

KEY = "currency"
# The numbers that are amounts of money.
AMOUNTS: tuple[InputId, ...] = (
    *("value_per_request", "budget_month", "training_paid"),
    *("fte_cost", "engineer_day", "label_cost"),
    *("embedding_price", "rerank_price", "contextualising", "vector_store_month"),
    *("training_price_hosted", "training_price_own"),
    *("gpu_hour", "tuned_hosting_hour"),
)


def currency_of(numbers: Mapping[str, str]) -> str:
    """Return the code of the currency that amounts are in.

    Args:
        numbers: Numbers as they are stored.
    """
    return numbers.get(KEY, DOLLARS)


def published_rate(currency: str, on: date) -> Rate | None:
    """Return the rate of a currency on a day; None for US dollars, and without one.

    Raises:
        ValueError: The market facts do not reach back to that day.
    """
    if currency not in currencies():
        return None
    return rate_of(Proposal(by="", currency=currency), on)


def entered_in(numbers: Mapping[str, str], on: date) -> EnteredIn | None:
    """Return the currency of a team's amounts, and its rate; None for US dollars.

    Args:
        numbers: Numbers as they are stored.
        on: The day of pricing, from 2022-01-01.

    Raises:
        ValueError: The market facts do not reach back to that day.
    """
    currency = currency_of(numbers)
    if currency == DOLLARS:
        return None
    return EnteredIn(currency=currency, rate=published_rate(currency, on))


def converted(numbers: Mapping[str, str], entered: EnteredIn | None) -> dict[str, str]:
    """Return numbers without their currency, every amount in US dollars.

    Args:
        numbers: Numbers as they are stored.
        entered: Their currency and its rate; without a rate, no amount is returned.
    """
    found = {key: value for key, value in numbers.items() if key != KEY}
    if entered is None:
        return found
    rate = entered.rate
    if rate is None:
        return {key: value for key, value in found.items() if key not in AMOUNTS}
    return {
        key: times(value, rate) if key in AMOUNTS else value
        for key, value in found.items()
    }


def in_dollars(numbers: Mapping[str, str], on: date) -> dict[str, str] | None:
    """Return numbers without their currency, every amount in US dollars of a day.

    Args:
        numbers: Numbers as they are stored.
        on: The day of the rate.

    Returns:
        The numbers; None if an amount is in a currency without a rate, which nothing
            may be priced without.

    Raises:
        ValueError: The market facts do not reach back to that day.
    """
    entered = entered_in(numbers, on)
    if entered and entered.rate is None and numbers.keys() & {*AMOUNTS}:
        return None
    return converted(numbers, entered)


def times(amount: str, rate: Rate) -> str:
    """Return an amount in US dollars, exact to the digit.

    >>> times("85", Rate(dollars=Decimal("1.1172")))
    '94.962'
    """
    return format((Decimal(amount) * rate.dollars).normalize(), "f")


def in_its_currency(amount: Decimal, rate: Rate) -> Decimal:
    """Return printed US dollars in another currency, rounded once as pages print.

    >>> in_its_currency(Decimal(12276), Rate(dollars=Decimal("1.1172")))
    Decimal('10988')
    """
    return as_printed(amount / rate.dollars)


def check_currency(key: str, value: str) -> None:
    """Refuse a currency that the market facts have no rate of.

    Raises:
        ValueError: They have none; says which currencies there are.
    """
    if value not in currencies():
        message = f"{key}: one of {', '.join(currencies())}"
        raise ValueError(message)
