"""Currencies in words: their names, their rates, and amounts in them beside dollars."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from audits.landscape.in_force import current
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.numbers.currency import AMOUNTS, in_its_currency
from audits.scoring.numbers.entered_in import EnteredIn
from audits.scoring.numbers.numbers import Field
from audits.scoring.proposals.proposal import DOLLARS, Rate
from audits.scoring.proposals.proposal_words import sign_of

# Why results of amounts in another currency are shown in dollars.
WHY_DOLLARS = "Tables are in US dollars, because models are priced in them."
_SEVERAL: Mapping[str, str] = {
    DOLLARS: "US dollars",
    "EUR": "euros",
    "GBP": "pounds sterling",
    "CHF": "Swiss francs",
    "SEK": "Swedish kronor",
    "NOK": "Norwegian kroner",
    "DKK": "Danish kroner",
    "PLN": "Polish zloty",
    "CAD": "Canadian dollars",
}
_CENT = Decimal("0.01")
_DIGITS = 4  # of an amount below a dollar
_WHOLE_FROM = 100  # a converted amount has three digits at least


def named() -> Mapping[str, str]:
    """Return the name of each currency by its code, US dollars first."""
    rates = current().exchange_rates
    return {DOLLARS: "US dollar", **{each.currency: each.name for each in rates}}


def choice(currency: str) -> str:
    """Return a currency as lists have it.

    >>> choice("EUR")
    'Euro (EUR)'
    """
    name = named().get(currency)
    return f"{name} ({currency})" if name else currency


def several(currency: str) -> str:
    """Return a currency after a number: “euros”, or its code if it has no plural."""
    return _SEVERAL.get(currency, currency)


def one(currency: str) -> str:
    """Return one unit of a currency.

    >>> one("EUR"), one("CHF"), one("XYZ")
    ('a euro', 'a Swiss franc', '1 XYZ')
    """
    name = named().get(currency)
    if name is None or currency not in _SEVERAL:
        return f"1 {currency}"
    # Only these two have no name of a country in them.
    return f"a {name.lower() if currency in ('EUR', 'GBP') else name}"


def field_in(field: Field, currency: str, rate: Rate | None = None) -> Field:
    """Return the field of a number in a currency; other numbers have none.

    Args:
        field: The number, in US dollars if it is an amount.
        currency: The code of the currency.
        rate: Its rate, at which it may be as high as it may be in US dollars.
    """
    if field.id not in AMOUNTS or currency == DOLLARS:
        return field
    high = (field.high / rate.dollars).quantize(_CENT, ROUND_FLOOR) if rate else None
    return replace(
        field,
        currency=currency,
        high=field.high if high is None else high,
        unit=field.unit.replace(several(DOLLARS), several(currency)),
        said=field.said.replace("$", sign_of(currency)),
    )


def range_in(
    usual: Range, entered: EnteredIn | None, words: Callable[[Range], str]
) -> str:
    """Return a range in words, its amounts in the currency that a team uses.

    Args:
        usual: The range; amounts are in US dollars.
        entered: The currency and its rate; without a rate, amounts stay in dollars.
        words: Says a range.
    """
    if entered is None or entered.rate is None or "$" not in usual.said:
        return words(usual)
    low, expected, high = (
        _short(each / entered.rate.dollars)
        for each in (usual.low, usual.expected, usual.high)
    )
    own = replace(usual, low=low, expected=expected, high=high)
    return words(own).replace("$", sign_of(entered.currency))


def basis(rate: Rate) -> str:
    """Return who publishes a rate, and its day."""
    return f"{rate.issuer}, {in_words(rate.day)}" if rate.day else rate.issuer


def dollars_at(amount: Decimal, currency: str, rate: Rate) -> str:
    """Return the dollars that an amount counts as, with their rate.

    Args:
        amount: The amount in the currency.
        currency: Its code.
        rate: The dollars for one unit of it.
    """
    return (
        f"${_exact(amount * rate.dollars)} at {rate.dollars:f} US dollars "
        f"{one(currency)} ({basis(rate)})"
    )


def without_rate(currency: str, on: date) -> str:
    """Return why nothing is priced in a currency on a day, and what to do."""
    return (
        f"Nothing is priced, because the market facts have no exchange rate of "
        f"{choice(currency)} for {in_words(on)}. Choose another currency under "
        "“Amounts are in” on the numbers page, or ask your operator to add the rate."
    )


def sums_line(
    entered: EnteredIn | None, sums: Sequence[tuple[str, Sequence[Decimal | None]]]
) -> str:
    """Return sums in another currency, in one sentence; empty for US dollars.

    Args:
        entered: The currency and its rate.
        sums: What is said of sums in US dollars as pages print them, with “{}” in place
            of each. What has one that is None is left out.

    Returns:
        The sentence. Each amount is a printed sum, divided by the rate and rounded
            once, so it may differ by one from the sum of others.
    """
    known = [
        (words, [amount for amount in amounts if amount is not None])
        for words, amounts in sums
        if None not in amounts
    ]
    if entered is None or entered.rate is None or not known:
        return ""
    rate, sign = entered.rate, sign_of(entered.currency)
    between = "; " if any(len(amounts) > 1 for _, amounts in known) else ", "
    said = between.join(
        words.format(*(_signed(in_its_currency(x, rate), sign) for x in amounts))
        for words, amounts in known
    )
    return (
        f"In {several(entered.currency)} at {rate.dollars:f} US dollars "
        f"({basis(rate)}): {said}."
    )


def _signed(amount: Decimal, sign: str) -> str:
    minus = "\u2212" if amount < 0 else ""
    return f"{minus}{sign}{written(abs(amount))}"


def _short(amount: Decimal) -> Decimal:
    """Round a converted amount as far as a range needs.

    >>> [_short(Decimal(x)) for x in ("161117.32", "3.5714", "0.0179012", "0")]
    [Decimal('161117'), Decimal('3.57'), Decimal('0.0179'), Decimal('0')]
    """
    if amount >= _WHOLE_FROM or not amount:
        return amount.quantize(Decimal(1))
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - 2))


def _exact(amount: Decimal) -> str:
    """Write dollars to the cent, and small prices with more digits."""
    if not amount or amount >= 1:
        return f"{amount:,.2f}"
    places = max(2, _DIGITS - 1 - amount.adjusted())
    text = f"{amount:.{places}f}".rstrip("0")
    return text if len(text.partition(".")[2]) > 1 else f"{amount:.2f}"
