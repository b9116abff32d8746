"""The numbers and dates that a scenario can change: typed or chosen."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from audits.landscape.catalogue import Catalogue
from audits.landscape.facts import FIRST_DAY
from audits.landscape.tunability import a_year_after
from audits.scoring.days import in_words
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.assumption_fields import assumption_fields
from audits.scoring.numbers.choices import choices_on
from audits.scoring.numbers.currency import currency_of, entered_in, published_rate
from audits.scoring.numbers.currency_words import field_in
from audits.scoring.numbers.number_entry import with_unit
from audits.scoring.numbers.numbers import FIELDS, Field
from audits.scoring.numbers.proposal_fields import LABELS, NUMBERS, number_in
from audits.scoring.pricing.gpu_kinds import KEY as GPU
from audits.scoring.pricing.gpu_kinds import kinds_on
from audits.scoring.proposals.proposal import DOLLARS
from audits.scoring.proposals.proposal_parts import proposal_of

NOT_ENTERED = "Not entered"
# The day of the prices, the models and the rates. No audit stores one of its own.
DECISION = "decision"
_START = "proposal_start"
DATE_LABELS: Mapping[str, str] = {
    DECISION: "Day of the decision",
    _START: LABELS[_START],
}
_DAYS_OF_AN_OFFER = date(2020, 1, 1), date(2099, 12, 31)


def fields_of(inputs: Inputs, market: Catalogue) -> dict[str, Field]:
    """Return the fields of the numbers that are typed, by id, the asked ones first.

    Amounts are in the currency of the inputs.

    Args:
        inputs: The inputs, of which the currency and the kind of GPU count.
        market: The market of the day.
    """
    currency = currency_of(inputs.numbers)
    rate = published_rate(currency, market.on)
    entered = entered_in(inputs.numbers, market.on)
    assumed = assumption_fields(market.on, inputs.numbers.get(GPU), entered).values()
    return {field.id: field_in(field, currency, rate) for field in (*FIELDS, *assumed)}


def offer_fields(inputs: Inputs) -> dict[str, Field]:
    """Return the fields of the numbers of an offer, by id; none without an offer."""
    if proposal_of(inputs.numbers) is None:
        return {}
    currency = inputs.numbers.get("proposal_currency", DOLLARS)
    return {key: number_in(key, currency) for key in NUMBERS}


def typed_in(inputs: Inputs, market: Catalogue) -> dict[str, Field]:
    """Return the fields of all numbers that a scenario can change, by id.

    Args:
        inputs: The inputs, as for `fields_of` and `offer_fields`.
        market: The market of the day.
    """
    return {**fields_of(inputs, market), **offer_fields(inputs)}


def dates_in(inputs: Inputs, market: Catalogue) -> dict[str, tuple[date, date]]:
    """Return the dates that can be changed, by id: the first and the last day of each.

    Nobody announces prices of more than a year ahead.

    Args:
        inputs: The inputs, of which the offer counts.
        market: The market of the day.
    """
    found = {DECISION: (FIRST_DAY, a_year_after(market.on))}
    if offer_fields(inputs):
        found[_START] = _DAYS_OF_AN_OFFER
    return found


def date_now(key: str, inputs: Inputs, market: Catalogue) -> str:
    """Return a date as it is, such as 2026-12-01; empty where nobody entered it."""
    if key == DECISION:
        return market.on.isoformat()
    return inputs.numbers.get(key, "")


def date_in_words(text: str) -> str:
    """Return a date of `date_now` as people read it."""
    return in_words(date.fromisoformat(text)) if text else NOT_ENTERED


def choices_in(market: Catalogue) -> dict[str, Mapping[str, str]]:
    """Return what can be chosen, by id: the words of each choice by its stored text.

    Args:
        market: The market of the day.
    """
    found: dict[str, Mapping[str, str]] = {}
    for key, _, choices in choices_on(market):
        flat: dict[str, str] = {}
        for value, words in choices:
            flat |= {value: words} if isinstance(words, str) else dict(words)
        flat.pop("", None)
        found[key] = flat
    found[GPU] = {
        name: f"{name}: {price.span}" for name, price in kinds_on(market).items()
    }
    return found


def number_in_words(
    key: str,
    stored: str | None,
    fields: Mapping[str, Field],
    choices: Mapping[str, Mapping[str, str]],
) -> str:
    """Return a number with its unit, or a choice by its name.

    Args:
        key: Its id, in one of the two.
        stored: As it is stored; None where nobody entered it.
        fields: The typed numbers, from `fields_of`.
        choices: The chosen ones, from `choices_in`.
    """
    if stored is None:
        return NOT_ENTERED
    if key not in fields:
        return choices[key].get(stored, stored).partition(":")[0]
    shown = Decimal(stored) * 100 if fields[key].percent else Decimal(stored)
    return with_unit(fields[key], shown)
