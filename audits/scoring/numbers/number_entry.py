"""What somebody typed into a field: its number, a choice of two, or what is wrong."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.numbers.currency import AMOUNTS
from audits.scoring.numbers.currency_words import choice, named, several
from audits.scoring.numbers.numbers import Field
from audits.scoring.numbers.written_numbers import ENGLISH, Notation, readings, written
from audits.scoring.proposals.proposal import DOLLARS

_MOST_DIGITS = 18
_CENT = Decimal("0.01")
# What is one of them is written without its last letter.
_PLURALS = re.compile(
    r"\b(answer|call|case|day|example|GPU|hour|minute|model|month|passage|run|token|week)"
    r"s\b"
)
_BODY = re.compile(r"[.,]?\d(?:[\d.,'\u2019\u02bc \u00a0\u2009\u202f]*\d)?", re.ASCII)
_DOLLARS = {"$", "us$", "usd", "dollar", "dollars", "us dollar", "us dollars"}
_SIGNS = {
    "": _DOLLARS,
    "USD": _DOLLARS,
    "EUR": {"€", "eur", "euro", "euros"},
    "GBP": {"£", "gbp", "pound", "pounds"},
    "CHF": {"chf", "fr", "fr.", "sfr", "sfr."},
    "PLN": {"pln", "zł"},
    "CAD": {"cad", "c$", "ca$"},
    **{code: {code.casefold(), "kr"} for code in ("SEK", "NOK", "DKK")},
}
# Currencies without a sign of their own, besides codes of three capitals.
_CURRENCIES = {"zł", "kr", "fr", "fr.", "sfr", "sfr.", "euro", "euros", "pounds"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A typed text: the number it means, or the numbers to choose from, or a problem.

    Numbers are in the unit of the field, so shares are in percent.
    """

    number: Decimal | None = None
    choices: tuple[Decimal, ...] = ()
    problem: str = ""


def read(field: Field, text: str, notation: Notation, chosen: str = "") -> Entry:
    """Read what somebody typed into a field; what may mean two numbers is asked.

    Args:
        field: The field, with its unit and its limits.
        text: What was typed, with or without the unit.
        notation: How its writer writes numbers.
        chosen: The number that they chose for it, as digits; it counts only if it is
            among those the text may mean.
    """
    body = _BODY.search(text)
    if body is None:
        return Entry(problem=_how(field, notation))
    before, after = text[: body.start()].strip(), text[body.end() :].strip()
    wrong = _wrong_unit(field, notation, before, _units_before(field))
    wrong = wrong or _wrong_unit(field, notation, after, _units_after(field))
    found = readings(body.group(), notation)
    if wrong or not found:
        return Entry(problem=wrong or _how(field, notation))
    choices = tuple(_tidy(each) for each in found if not _misfit(field, notation, each))
    if not choices:
        return Entry(problem=_misfit(field, notation, found[-1]))
    # Its page says below the field how it is read.
    if len(choices) == 1:
        return Entry(number=choices[0])
    meant = next((each for each in choices if format(each, "f") == chosen), None)
    asked = f"{field.label}: choose below which number you mean by “{text.strip()}”"
    return Entry(number=meant, choices=choices, problem=asked if meant is None else "")


def shown(field: Field, stored: str) -> Decimal:
    """Return a stored number in the unit of its field: a share in percent."""
    return Decimal(stored) * 100 if field.percent else Decimal(stored)


def with_unit(field: Field, number: Decimal) -> str:
    """Return a number with its unit, as English pages write it.

    Args:
        field: The field.
        number: In its unit; a share in percent.

    >>> from audits.scoring.numbers.numbers import FIELDS_BY_ID
    >>> with_unit(FIELDS_BY_ID["value_per_request"], Decimal("2.5"))
    '$2.50 a call'
    >>> with_unit(FIELDS_BY_ID["requests"], Decimal(1))
    '1 call a month'
    """
    is_cents = field.is_money and number % 1 and number == number.quantize(_CENT)
    text = f"{number:,.2f}" if is_cents else written(number, ENGLISH)
    said = field.said.format(text)
    return _PLURALS.sub(r"\1", said) if number == 1 else said


def choice_in_words(number: Decimal) -> str:
    """Return one of two readings, so that nobody takes it for the other.

    >>> choice_in_words(Decimal(1234)), choice_in_words(Decimal("1.234"))
    ('1,234 (over 1 thousand)', '1.234 (between 1 and 2)')
    """
    text = format(number, ",f")
    thousands, rest = divmod(number, 1000)
    if thousands:
        return f"{text} ({'over ' if rest else ''}{thousands} thousand)"
    return f"{text} (between {number // 1} and {number // 1 + 1})" if rest % 1 else text


def _units_before(field: Field) -> set[str]:
    own = _SIGNS.get(field.currency, {field.currency.casefold()})
    return {"", *(own if field.is_money else ())}


def _units_after(field: Field) -> set[str]:
    unit = field.said.partition("{}")[2].strip()
    first = "" if field.is_money else unit.partition(" ")[0]
    return {*_units_before(field), unit, first, field.unit.casefold()}


def _wrong_unit(
    field: Field, notation: Notation, unit: str, allowed: set[str]
) -> str | None:
    """Return what is wrong with a sign or a word beside the digits."""
    if " ".join(unit.split()).casefold() in allowed:
        return None
    if _is_currency(unit) and field.id in AMOUNTS:
        return _other_currency(field, unit)
    if _is_currency(unit) and field.currency:
        return (
            f"{field.label} is in {field.currency}: choose the currency of “{unit}” "
            "for the offer, or enter the number without it"
        )
    if _is_currency(unit) or unit == "%":
        like = f"like {_example(field, notation)}"
        return f"Enter {_name(field)} without “{unit}”, {like}"
    return _how(field, notation)


def _other_currency(field: Field, unit: str) -> str:
    """Return that an amount is in another currency than the chosen one."""
    chosen, code = several(field.currency or DOLLARS), _code_of(unit)
    if code is None:
        return (
            f"{field.label} is in {chosen}: choose the currency of “{unit}” under "
            "“Amounts are in” if it is there, or convert, and enter the result without "
            f"“{unit}”"
        )
    return (
        f"{field.label} is in {chosen}: choose “{choice(code)}” under “Amounts are in” "
        f"for all amounts, or enter this one in {chosen} without “{unit}”"
    )


def _code_of(unit: str) -> str | None:
    """Return the one currency that a sign or a word means; None if it is open."""
    text = " ".join(unit.split()).casefold()
    codes = [x for x in named() if text in _SIGNS.get(x, {x.casefold()})]
    return codes[0] if len(codes) == 1 else None


def _is_currency(text: str) -> bool:
    is_code = text.isascii() and text.isupper() and len(text) == len("EUR")
    has_sign = any(unicodedata.category(each) == "Sc" for each in text)
    return has_sign or is_code or text.casefold() in _CURRENCIES


def _misfit(field: Field, notation: Notation, number: Decimal) -> str:
    """Return why a number cannot be that of a field; empty if it can."""
    if field.whole and number != number.to_integral_value():
        like = _example(field, notation)
        return f"Enter {_name(field)} as a whole number, like {like}"
    too_long = len(_tidy(number).as_tuple().digits) > _MOST_DIGITS
    if field.low <= number <= field.high and not too_long:
        return ""
    unit = "" if field.unit in field.label.casefold() else f" {field.unit}"
    return (
        f"{field.label} must be between {written(field.low, notation)} and "
        f"{written(field.high, notation)}{unit}"
    )


def _how(field: Field, notation: Notation) -> str:
    like = _example(field, notation)
    return f"Enter {_name(field)} as a number, like {like}"


def _example(field: Field, notation: Notation) -> str:
    usual = Decimal(_LIKE.get(field.id, "40000" if field.whole else "0.85"))
    return written(min(usual, field.high) if field.whole else usual, notation)


# Of the numbers that are far from what a count or an amount mostly is.
_LIKE = {
    "prefix_tokens": "1500",
    "variable_tokens": "400",
    "output_tokens": "300",
    "budget_month": "5000",
    "training_paid": "6000",
    "cache_hit": "85",
}


def _name(field: Field) -> str:
    return field.label[0].lower() + field.label[1:]


def _tidy(number: Decimal) -> Decimal:
    """Return a number without zeros at the end of its decimals."""
    text = format(number, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
