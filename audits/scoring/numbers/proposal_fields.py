"""The numbers of a proposal as the numbers page asks for them, and their labels."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import cast

from audits.frameworks.questions import Technique
from audits.frameworks.schema import Framework
from audits.scoring.days import in_words
from audits.scoring.numbers.number_entry import with_unit
from audits.scoring.numbers.numbers import Field
from audits.scoring.proposals.proposal import DOLLARS
from audits.scoring.proposals.proposal_parts import PRICES, missing_parts
from audits.scoring.proposals.proposal_words import sign_of

LABELS: Mapping[str, str] = {
    "proposal_by": "Who makes the offer",
    "proposal_technique": "Technique that is offered",
    "proposal_includes": "What the offer includes",
    "proposal_currency": "Currency of the offer",
    "proposal_once": "One-off price of the offer",
    "proposal_month": "Monthly price of the offer",
    "proposal_year": "Yearly price of the offer",
    "proposal_rate": "Exchange rate of the offer",
    "proposal_start": "First day of the offer",
    "proposal_months": "Months the offer covers",
    "proposal_requests": "Calls a month the offer covers",
    "proposal_document": "Where the offer is written",
}
MISSING: Mapping[str, str] = {
    "proposal_by": "Enter who makes the offer",
    "proposal_once": "Enter at least one price of the offer: once, a month or a year",
}
_OF_ITS_CURRENCY = "{} in the currency of the offer"


def _field(
    key: str,
    said: str,
    hint: str,
    between: tuple[str, str],
    *,
    unit: str = "",
    whole: bool = False,
) -> Field:
    low, high = (Decimal(bound) for bound in between)
    return Field(
        id=key,
        label=LABELS[key],
        unit=unit,
        said=said,
        hint=hint,
        low=low,
        high=high,
        whole=whole,
        percent=False,
    )


# In the order in which they are asked.
NUMBERS: Mapping[str, Field] = {
    field.id: field
    for field in (
        _field(
            "proposal_once",
            _OF_ITS_CURRENCY,
            "Paid once, such as for training and setting up.",
            ("0", "1000000000000"),
        ),
        _field(
            "proposal_month",
            f"{_OF_ITS_CURRENCY}, a month",
            "Paid every month, such as for hosting and calls.",
            ("0", "1000000000000"),
        ),
        _field(
            "proposal_year",
            f"{_OF_ITS_CURRENCY}, a year",
            "Paid every year, on top of any monthly price.",
            ("0", "1000000000000"),
        ),
        _field(
            "proposal_rate",
            "{} US dollars for one unit of the currency",
            "US dollars for one unit of the currency. Leave it empty to use a "
            "published rate, with its date.",
            ("0.000001", "1000000"),
            unit="US dollars",
        ),
        _field(
            "proposal_months",
            "{} months",
            "Leave it empty to use 12 months.",
            ("1", "120"),
            unit="months",
            whole=True,
        ),
        _field(
            "proposal_requests",
            "{} calls a month",
            "The most model calls that the price covers.",
            ("1", "100000000000"),
            unit="calls a month",
            whole=True,
        ),
    )
}


def number_in(key: str, currency: str) -> Field:
    """Return a number of a proposal, a price in a currency.

    Args:
        key: Its key among the numbers.
        currency: The code of the proposal's currency; empty if none is chosen yet.
    """
    field = NUMBERS[key]
    if key not in PRICES:
        return field
    code = currency or DOLLARS
    how = {"proposal_once": "once", "proposal_month": "a month"}.get(key, "a year")
    return replace(field, currency=code, said=f"{sign_of(code)}{{}} {how}")


def part_in_words(
    framework: Framework, key: str, stored: str, currency: str = ""
) -> str:
    """Return a part of an offer in words.

    Args:
        framework: The framework, which names the techniques.
        key: The part, one of the labels.
        stored: As it is stored.
        currency: The code of the offer's currency; empty if nobody need know it.
    """
    if key in NUMBERS:
        field = number_in(key, currency) if currency else NUMBERS[key]
        return with_unit(field, Decimal(stored))
    if key == "proposal_start":
        return in_words(date.fromisoformat(stored))
    if key == "proposal_technique":
        return framework.techniques.get(cast("Technique", stored), stored)
    return stored


def what_lacks(numbers: Mapping[str, str]) -> list[str]:
    """Return what to enter before an offer can be compared; empty if it can be."""
    return [MISSING[name] for name in missing_parts(numbers)]
