"""A proposal that somebody made: its parts, as a team enters them one by one.

Each part is stored among the numbers, as text: an amount in the proposal's currency
exact to the digit, a day as 2026-12-01. A part that nobody entered is None.
"""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from audits.frameworks.questions import Technique
from audits.landscape.in_force import current
from audits.scoring.proposals.proposal import DOLLARS, Proposal

PREFIX = "proposal_"
# The most characters of each text.
TEXTS: Mapping[str, int] = {
    "proposal_by": 60,
    "proposal_includes": 160,
    "proposal_document": 300,
}
PRICES = ("proposal_once", "proposal_month", "proposal_year")
PROPOSAL_KEYS = (
    "proposal_by",
    "proposal_technique",
    "proposal_includes",
    "proposal_currency",
    *PRICES,
    "proposal_rate",
    "proposal_start",
    "proposal_months",
    "proposal_requests",
    "proposal_document",
)
_PARTS = frozenset(PROPOSAL_KEYS)
_MOST: Mapping[str, Decimal] = {
    **dict.fromkeys(PRICES, Decimal(10) ** 12),
    "proposal_rate": Decimal(10) ** 6,
    "proposal_months": Decimal(120),
    "proposal_requests": Decimal(10) ** 11,
}
_COUNTS = ("proposal_months", "proposal_requests")
_MOST_DIGITS = 18
_LEAST_ADJUSTED = -6  # a millionth
_YEARS = range(2020, 2100)
# Controls, half characters and ends of lines; what turns the direction of reading.
_UNSEEN = ("Cc", "Cs", "Zl", "Zp")
_TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def currencies() -> tuple[str, ...]:
    """Return the codes of the currencies that a proposal may be in."""
    rates = current().exchange_rates
    return (DOLLARS, *dict.fromkeys(rate.currency for rate in rates))


def without_proposal(numbers: Mapping[str, str]) -> dict[str, str]:
    """Return the numbers of a use case without those of a proposal: they are priced."""
    return {key: x for key, x in numbers.items() if key not in _PARTS}


def missing_parts(numbers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the parts without which nothing can be compared, if some are there.

    These are who makes it, and one price; the first of the prices is named for all.
    """
    given = {*numbers} & {*PROPOSAL_KEYS} - {"proposal_currency"}
    if not given:
        return ()
    by = () if "proposal_by" in given else ("proposal_by",)
    return by if given & {*PRICES} else (*by, PRICES[0])


def proposal_of(numbers: Mapping[str, str]) -> Proposal | None:
    """Return the proposal among stored numbers; None if there is none to compare.

    Args:
        numbers: Numbers as text, as `check_part` lets them through.
    """
    if "proposal_by" not in numbers or missing_parts(numbers):
        return None
    parts: dict[str, Any] = {
        key.removeprefix(PREFIX): _READ.get(key, str)(numbers[key])
        for key in PROPOSAL_KEYS
        if key in numbers
    }
    return Proposal(**parts)


def check_part(key: str, value: str) -> None:
    """Refuse a value that cannot be that part of a proposal.

    Raises:
        ValueError: It cannot be; says what is allowed.
    """
    if most := TEXTS.get(key):
        _check_text(key, value, most)
    elif key == "proposal_technique":
        _check_choice(key, value, get_args(Technique))
    elif key == "proposal_currency":
        _check_choice(key, value, currencies())
    elif key == "proposal_start":
        _check_day(key, value)
    else:
        _check_number(key, value)


def _check_text(key: str, value: str, most: int) -> None:
    is_seen = not any(
        char in _TURNING or unicodedata.category(char) in _UNSEEN for char in value
    )
    if not value.strip() or value != value.strip() or not is_seen:
        message = f"{key}: must be one line of text"
        raise ValueError(message)
    if len(value) > most:
        message = f"{key}: {most} characters or fewer"
        raise ValueError(message)


def _check_choice(key: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        message = f"{key}: one of {', '.join(allowed)}"
        raise ValueError(message)


def _check_day(key: str, value: str) -> None:
    try:
        day = date.fromisoformat(value)
        is_day = day.isoformat() == value and day.year in _YEARS
    except ValueError:
        is_day = False
    if not is_day:
        message = f"{key}: must be a day like 2026-12-01, from 2020 to 2099"
        raise ValueError(message)


def _check_number(key: str, value: str) -> None:
    least = Decimal(0) if key in PRICES else Decimal(1)
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0 or (key == "proposal_rate" and not number):
        message = f"{key}: must be a number, {'above 0' if least else '0 or more'}"
        raise ValueError(message)
    is_small = bool(number) and number.adjusted() < _LEAST_ADJUSTED
    if is_small or number > _MOST[key] or len(number.as_tuple().digits) > _MOST_DIGITS:
        message = f"{key}: must be at most {_MOST[key]:,}, with few decimals"
        raise ValueError(message)
    if key in _COUNTS and (number < least or number != number.to_integral_value()):
        message = f"{key}: must be a whole number, 1 or more"
        raise ValueError(message)


def _whole(text: str) -> int:
    return int(Decimal(text))


_READ: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys((*PRICES, "proposal_rate"), Decimal),
    **dict.fromkeys(_COUNTS, _whole),
    "proposal_start": date.fromisoformat,
}
