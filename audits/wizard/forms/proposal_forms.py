"""The fields of an offer that somebody received, on the numbers page."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.models.fields.text import TypedText
from audits.scoring.numbers.number_entry import read
from audits.scoring.numbers.proposal_fields import LABELS, NUMBERS, number_in
from audits.scoring.numbers.written_numbers import Notation
from audits.scoring.proposals.proposal import DOLLARS, Amount, Proposal, Rate
from audits.scoring.proposals.proposal_comparison import rate_of
from audits.scoring.proposals.proposal_parts import PRICES, TEXTS, check_part
from audits.scoring.proposals.proposal_words import in_dollars
from audits.wizard.forms.number_fields import MEANT, NumberField

_HINTS: Mapping[str, str] = {
    "proposal_by": "The vendor’s name, as printed in the paper.",
    "proposal_technique": "What the offer would have you do.",
    "proposal_includes": "In one line, such as: training, hosting and two updates.",
    "proposal_currency": "Results are in US dollars, with this currency beside them.",
    "proposal_start": "Leave it empty to use the day on which costs are compared.",
    "proposal_document": "A link to it, or a note that says where it is.",
}
_ORDER = (
    *("proposal_by", "proposal_technique", "proposal_includes", "proposal_currency"),
    *(*PRICES, "proposal_rate", "proposal_start", "proposal_months"),
    *("proposal_requests", "proposal_document"),
)


class _Checked(forms.Field):
    """A part that is refused here if it could not be stored."""

    key = ""

    def clean(self, value: Any) -> str | None:
        text = str(super().clean(value) or "")
        return _checked(self.key, text) if text else None


def _checked(key: str, text: str) -> str:
    """Return a part, or say in the words of the page why it cannot be."""
    try:
        check_part(key, text)
    except ValueError as error:
        message = f"{LABELS[key]}: {str(error).removeprefix(f'{key}: ')}"
        raise forms.ValidationError(message, code="part") from None
    return text


class _TextField(_Checked, TypedText):
    """One line of text."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class _DayField(_Checked, forms.DateField):
    """A day, as browsers send it."""


class _ChoiceField(_Checked, forms.ChoiceField):
    """A technique or a currency."""


class ProposalNumberField(NumberField):
    """A number of an offer; a price is told in US dollars too."""

    rate: Rate | None = None

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        return _checked(self.number.id, text) if text else None

    def in_words(self, number: Decimal) -> str:
        """Return it in words, with the dollars and their rate."""
        said = super().in_words(number)
        if self.rate is None:
            return said
        amount = Amount(own=number, dollars=number * self.rate.dollars)
        return f"{said} ({in_dollars(amount, self.rate)})"


def proposal_fields(
    framework: Framework,
    given: Mapping[str, str],
    data: Mapping[str, Any],
    notation: Notation,
) -> Iterator[tuple[str, forms.Field]]:
    """Yield the fields of an offer by their names, in order.

    Args:
        framework: The framework, which names the techniques.
        given: The stored numbers.
        data: What was sent, if anything was.
        notation: How the reader or sender of the page writes numbers.
    """
    currency = data.get("proposal_currency", given.get("proposal_currency", ""))
    rate = _rate(currency, _own_rate(given, data, notation))
    for name in _ORDER:
        initial = given.get(name)
        if name in NUMBERS:
            field = number_in(name, currency)
            chosen = data.get(MEANT + name, "")
            number = ProposalNumberField(field, initial, notation, chosen)
            if name in PRICES:
                number.rate = rate
            yield name, number
        else:
            yield name, _field(framework, name, initial)


def _field(framework: Framework, name: str, initial: str | None) -> forms.Field:
    like: dict[str, Any] = {
        "label": LABELS[name],
        "help_text": _HINTS[name],
        "required": False,
        "initial": initial,
    }
    beside = {"aria-describedby": f"id_{name}_helptext problem-{name}"}
    typed = {"class": "form-control", **beside}
    line = {"class": "form-control form-control-line", **beside}
    chosen = forms.Select({"class": "form-select", **beside})
    field: _Checked
    if most := TEXTS.get(name):
        too_long = f"{LABELS[name]} must have {most} characters or fewer"
        messages = {"max_length": too_long}
        field = _TextField(
            **like,
            max_length=most,
            error_messages=messages,
            widget=forms.TextInput(line),
        )
    elif name == "proposal_start":
        wrong = f"{LABELS[name]} must be a day, like 2026-12-01"
        field = _DayField(
            **like,
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": wrong},
            widget=forms.DateInput({"type": "date", **typed}, format="%Y-%m-%d"),
        )
    else:
        field = _ChoiceField(**like, choices=_choices(framework, name), widget=chosen)
    field.key = name
    return field


def _choices(framework: Framework, name: str) -> list[tuple[str, str]]:
    if name == "proposal_technique":
        return [("", "Not named"), *framework.techniques.items()]
    rates = catalogue(timezone.localdate()).exchange_rates.values()
    named = [(rate.currency, f"{rate.name} ({rate.currency})") for rate in rates]
    return [("", f"US dollar ({DOLLARS})"), *named]


def _own_rate(
    given: Mapping[str, str], data: Mapping[str, Any], notation: Notation
) -> Decimal | None:
    """Return the rate that the team enters, as it was sent or stored."""
    name = "proposal_rate"
    if name not in data:
        return Decimal(given[name]) if name in given else None
    chosen = data.get(MEANT + name, "")
    return read(NUMBERS[name], data[name], notation, chosen).number


def _rate(currency: str, own: Decimal | None) -> Rate | None:
    """Return the rate that a price is told with; None for US dollars."""
    proposal = Proposal(by="", currency=currency or DOLLARS, rate=own)
    try:
        return rate_of(proposal, timezone.localdate())
    except ValueError:  # a currency that nobody can choose
        return None
