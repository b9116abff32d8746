"""The choice of a currency for all amounts of an audit, and a field for an amount."""

from collections.abc import Mapping
from decimal import Decimal

from django import forms

from audits.scoring.numbers.currency import AMOUNTS, KEY
from audits.scoring.numbers.currency_words import (
    choice,
    dollars_at,
    named,
)
from audits.scoring.numbers.numbers import Field
from audits.scoring.numbers.written_numbers import Notation
from audits.scoring.proposals.proposal import DOLLARS, Rate
from audits.scoring.proposals.proposal_parts import PROPOSAL_KEYS
from audits.services.answers.words import LABELS
from audits.wizard.forms.number_fields import NumberField

LABEL = LABELS[KEY]
_HINT = (
    "Used for all amounts here and in the assumptions, but not for an offer. Results "
    "are in US dollars, because models are priced in them."
)


class AmountField(NumberField):
    """An amount, which is told in US dollars too where it is in another currency."""

    def __init__(
        self,
        field: Field,
        initial: str | None,
        notation: Notation,
        chosen: str,
        *,
        rate: Rate,
    ) -> None:
        super().__init__(field, initial, notation, chosen)
        self.rate = rate

    def in_words(self, number: Decimal) -> str:
        """Return it in words, with the dollars and their rate."""
        said = super().in_words(number)
        return f"{said}, {dollars_at(number, self.number.currency, self.rate)}"


def first_currency(given: Mapping[str, str], organizations: str) -> str:
    """Return the currency that a page starts with.

    Args:
        given: The stored numbers; amounts without a currency are in US dollars.
        organizations: The code of the organization's currency.
    """
    if KEY in given:
        return given[KEY]
    return DOLLARS if given.keys() & {*AMOUNTS} else known(organizations)


def known(currency: str) -> str:
    """Return a currency, or US dollars in place of one without a rate."""
    return currency if currency in named() else DOLLARS


def currency_field(initial: str) -> forms.ChoiceField:
    """Return the choice of the currency of all amounts."""
    codes = dict.fromkeys((*named(), initial))
    beside = {"aria-describedby": f"id_{KEY}_helptext problem-{KEY}"}
    return forms.ChoiceField(
        choices=[(code, choice(code)) for code in codes],
        label=LABEL,
        help_text=_HINT,
        required=False,
        initial=initial,
        widget=forms.Select({"class": "form-select", **beside}),
        error_messages={"invalid_choice": f"{LABEL}: choose a currency of the list"},
    )


def with_offers_currency(
    given: Mapping[str, str], organizations: str
) -> dict[str, str]:
    """Return stored numbers for the page, where a new offer starts in a currency.

    Args:
        given: The stored numbers.
        organizations: The code of the organization's currency.
    """
    start = known(organizations)
    if start == DOLLARS or given.keys() & {*PROPOSAL_KEYS}:
        return dict(given)
    return {**given, "proposal_currency": start}
