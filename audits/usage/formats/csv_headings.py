"""Which columns of a usage CSV count, by what people call them."""

import re
from dataclasses import dataclass
from typing import NoReturn

from audits.evaluations.formats.fields import visible
from audits.usage.formats.csv_cells import COUNTS, CURRENCIES, listed
from audits.usage.rows import Amount, RefusedUsageError

_COLUMNS: dict[str, Amount | str] = {
    "day": "day",
    "day (utc)": "day",
    "date": "day",
    "date (utc)": "day",
    "month": "day",
    "model": "model",
    "requests": "requests",
    "api requests": "requests",
    "calls": "requests",
    "api calls": "requests",
    "input": "input_tokens",
    "input tokens": "input_tokens",
    "cached": "cached_tokens",
    "cached input": "cached_tokens",
    "cached input tokens": "cached_tokens",
    "cached tokens": "cached_tokens",
    "output": "output_tokens",
    "output tokens": "output_tokens",
    "cost": "cost",
    "currency": "currency",
}
# What may be in brackets behind a column without changing what it counts.
_UNITS: dict[str, tuple[str, ...]] = {
    "input_tokens": ("cached included", "including cached", "incl. cached", "tokens"),
    "cached_tokens": ("tokens",),
    "output_tokens": ("tokens",),
}
_IN_BRACKETS = re.compile(r"(?P<name>.+?) ?\((?P<unit>[^()]+)\)")
_CODES = (
    *("aed", "aud", "brl", "cad", "chf", "cny", "czk", "dkk", "eur", "gbp", "hkd"),
    *("ils", "inr", "jpy", "krw", "mxn", "nok", "nzd", "pln", "sek", "sgd", "try"),
    *("usd", "zar"),
)
_WANTED = "day, model, requests, input, cached input, output, cost"
_LITELLM = "spend ($)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a file.

    Attributes:
        places: The place of each column that counts, by its name here.
        currency: The code of the currency that the heading of the cost names.
        left_out: A sentence that names those which do not count.
    """

    places: dict[str, int]
    currency: str | None
    left_out: tuple[str, ...]


def columns_of(headings: list[str]) -> Columns:
    """Return which columns count, and which do not.

    Raises:
        RefusedUsageError: One is there twice, or the day or all amounts are missing.
    """
    names = [" ".join(heading.casefold().split()) for heading in headings]
    if _LITELLM in names and "model" in names:
        _refuse(
            "is LiteLLM’s export with models, which adds each key’s total to every "
            "model: export the daily activity as JSON"
        )
    places: dict[str, int] = {}
    currency: str | None = None
    for place, name in enumerate(names):
        column, unit = _column(name)
        if column in places:
            _refuse(f"has the column “{visible(name)}” twice: remove one")
        if column:
            places[column] = place
            currency = unit or currency
    if "day" not in places:
        _refuse(f"has no column “day”: give it the headings {_WANTED}")
    if not set(places) & {*COUNTS, "cost"}:
        _refuse(f"has no amounts: give it the headings {_WANTED}")
    others = [x for n, x in enumerate(headings) if n not in places.values()]
    return Columns(places=places, currency=currency, left_out=_left_out(others))


def _column(name: str) -> tuple[str | None, str | None]:
    """Return which column a heading means, and the currency that it names."""
    if name in _COLUMNS:
        return _COLUMNS[name], None
    found = _IN_BRACKETS.fullmatch(name)
    column = _COLUMNS.get(found["name"]) if found else None
    if found is None or column is None:
        return None, None
    unit = found["unit"].strip()
    if column == "cost":
        sign = unit.upper()
        code = CURRENCIES.get(sign) or (sign if unit in _CODES else None)
        return (column, code) if code else (None, None)
    return (column if unit in _UNITS.get(column, ()) else None), None


def _left_out(headings: list[str]) -> tuple[str, ...]:
    named = [f"“{shown}”" for x in headings if (shown := visible(" ".join(x.split())))]
    if not named:
        return ()
    if len(named) == 1:
        return (f"The column {named[0]} is not used.",)
    return (f"The columns {listed(named)} are not used.",)


def _refuse(what: str) -> NoReturn:
    message = f"The CSV file {what}, and select that file."
    raise RefusedUsageError(message)
