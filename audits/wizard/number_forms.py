"""The numbers of a use case as a form."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import number_format

from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.schema import Model
from audits.models import Audit
from audits.models.audits import values
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES
from audits.scoring.costs.numbers import FIELDS, Field
from audits.scoring.days import in_words
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sent, Stored
from audits.wizard.senders import whole

# 40,000 and 40 000 and 40000; a comma elsewhere is not a decimal point.
_GROUPED = re.compile(
    r"\d{1,3}(?:[, \u00a0\u2009\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII
)
_MOST_DIGITS = 18
# What is chosen instead of typed.
LABELS = {
    "model": "Model you use or would use",
    "smaller": "Smaller model that passes your test",
    "tuned": "Model you would tune at a provider",
    "today": "What runs today",
}
DECIMALS = 6


class NumberField(forms.CharField):
    """A number as people write it, kept as exact text."""

    def __init__(self, field: Field, initial: str | None) -> None:
        self.number = field
        shown = None if initial is None else shown_number(field, Decimal(initial))
        super().__init__(
            label=field.label,
            help_text=field.hint,
            initial=shown,
            required=False,
            max_length=40,
            widget=forms.TextInput(
                {"inputmode": "decimal", "class": "form-control form-control-num"}
            ),
        )

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        if not _GROUPED.fullmatch(text):
            raise forms.ValidationError(self._how(), code="number")
        number = Decimal(re.sub(r"[^\d.]", "", text))
        if self.number.whole and number != number.to_integral_value():
            raise forms.ValidationError(self._how(), code="whole")
        low, high = self.number.low, self.number.high
        too_long = len(number.as_tuple().digits) > _MOST_DIGITS
        if not low <= number <= high or too_long:
            message = (
                f"{self.number.label} must be between {number_format(low)} and "
                f"{number_format(high, force_grouping=True)} {self.number.unit}"
            )
            raise forms.ValidationError(message, code="range")
        kept = number / 100 if self.number.percent else number
        return format(kept.normalize(), "f")

    def _how(self) -> str:
        like = "40,000" if self.number.whole else "0.85"
        return f"Enter {self.number.label.lower()} as a number, like {like}"


class NumbersForm(forms.Form):
    """Numbers, models and the technique in use; all are optional."""

    def __init__(self, audit: Audit, data: Any = None) -> None:
        super().__init__(data)
        given = values(audit.numbers)
        self.audit = audit
        market = catalogue(timezone.localdate())
        for field in FIELDS:
            self.fields[field.id] = NumberField(field, given.get(field.id))
        for name, hint, choices in _chosen(market):
            self.fields[name] = forms.ChoiceField(
                choices=choices,
                label=f"{LABELS[name]} (optional)",
                help_text=hint,
                required=False,
                widget=forms.Select({"class": "form-select"}),
                initial=given.get(name, ""),
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields with their units and versions, as the page shows them."""
        units: dict[str, str] = {field.id: field.unit for field in FIELDS}
        return [
            {
                "field": self[name],
                "unit": units.get(name, ""),
                "version": self.version(name),
            }
            for name in self.fields
        ]

    @property
    def problems(self) -> list[str]:
        """The errors; each names its number."""
        return [f"{error}" for errors in self.errors.values() for error in errors]

    def sent(self) -> dict[Key, Sent]:
        """Return the valid sent entries, with the versions the page showed."""
        sent: dict[Key, Sent] = {}
        for name, value in self.cleaned_data.items():
            if name in self.data:
                seen = self.version(name)
                sent["number", name] = Sent(value=value or None, seen=seen)
        return sent

    def version(self, name: str) -> int:
        """Return the version that the page shows, or showed if it was sent."""
        if name in self.data:
            return whole(self.data.get(f"v-{name}", ""))
        return Stored.of(self.audit.numbers.get(name)).version


def shown_number(field: Field, number: Decimal) -> str:
    """Return a number as the page shows it: a share in percent, with separators."""
    number = number * 100 if field.percent else number
    text = format(number.normalize(), "f")
    return number_format(
        Decimal(text),
        decimal_pos=min(DECIMALS, max(0, len(text.partition(".")[2]))),
        force_grouping=True,
        use_l10n=True,
    )


def _chosen(market: Catalogue) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield what is chosen instead of typed: its name, its hint and the choices."""
    hosted = [("", "Not chosen"), *_choices(market)]
    yield "model", "It answers today, or would answer, with the whole prompt.", hosted
    yield "smaller", "It answers the same test cases well enough.", hosted
    hint = (
        "Only models whose tuned version has a known price. Where training is about to "
        "end, the list says when."
    )
    yield "tuned", hint, [("", "Not chosen"), *_tuned_choices(market)]
    techniques = [("", "Nothing yet"), *TECHNIQUE_NAMES.items()]
    yield "today", "Savings and payback are compared with it.", techniques


def _choices(market: Catalogue) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the hosted models with a price on the day, by provider."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for model in market.models.values():
        if model.kind == "embedding":
            continue
        try:
            rates = market.prices(model.id).rates
        except LookupError:
            continue
        words = _words(model, rates.input, rates.output)
        groups.setdefault(model.provider, []).append((model.id, words))
    return list(groups.items())


def _tuned_choices(market: Catalogue) -> list[tuple[str, str]]:
    found = []
    for model in market.models.values():
        try:
            rates = market.tuned_prices(model.id).rates
        except LookupError:
            continue
        words = _words(model, rates.input, rates.output)
        until = market.tunable(model.id).until
        ends = f"; training ends on {in_words(until)}" if until else ""
        found.append((model.id, f"{words}{ends}"))
    return found


def _words(model: Model, enter: Decimal, leave: Decimal) -> str:
    window = int(model.context_window.value)
    return (
        f"{model.name}: reads up to {window:,} tokens; a million tokens "
        f"cost ${enter.normalize():f} to read and ${leave.normalize():f} to write"
    )
