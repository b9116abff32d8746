"""The numbers that a scenario can change: those typed, and those chosen."""

from collections.abc import Mapping
from decimal import Decimal

from audits.landscape.catalogue import Catalogue
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.assumption_fields import assumption_fields
from audits.scoring.numbers.choices import choices_on
from audits.scoring.numbers.currency import currency_of, entered_in, published_rate
from audits.scoring.numbers.currency_words import field_in
from audits.scoring.numbers.number_entry import with_unit
from audits.scoring.numbers.numbers import FIELDS, Field
from audits.scoring.pricing.gpu_kinds import KEY as GPU
from audits.scoring.pricing.gpu_kinds import kinds_on

NOT_ENTERED = "Not entered"


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
