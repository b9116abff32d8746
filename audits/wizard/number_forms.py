"""The numbers of a use case as a form."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.schema import Model
from audits.models import Audit
from audits.models.audits import values
from audits.scoring.costs.contradictions import Contradiction
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES
from audits.scoring.costs.number_entry import Entry, choice_in_words, read, with_unit
from audits.scoring.costs.numbers import FIELDS, Field
from audits.scoring.costs.written_numbers import ENGLISH, Notation, written
from audits.scoring.days import in_words
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sent, Stored
from audits.wizard.senders import whole

# What is chosen instead of typed.
LABELS = {
    "model": "Model you use or would use",
    "smaller": "Smaller model that passes your test",
    "tuned": "Model you would tune at a provider",
    "today": "What runs today",
}
MEANT = "meant-"
_LONGEST = 40  # characters


class NumberField(forms.CharField):
    """A number as people write it, kept as exact text."""

    def __init__(
        self, field: Field, initial: str | None, notation: Notation, chosen: str
    ) -> None:
        self.number, self.notation, self.chosen = field, notation, chosen
        beside = (
            f"id_{field.id}_helptext",
            f"problem-{field.id}",
            f"beneath-{field.id}",
        )
        super().__init__(
            label=field.label,
            help_text=field.hint,
            initial=initial and written(shown(field, initial), notation),
            required=False,
            max_length=_LONGEST,
            error_messages={
                "max_length": f"{field.label} must have {_LONGEST} characters or fewer"
            },
            widget=forms.TextInput(
                {
                    "inputmode": "decimal",
                    "class": "form-control form-control-num",
                    "aria-describedby": " ".join(beside),
                }
            ),
        )

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        entry = self.entry(text)
        if entry.number is None:
            raise forms.ValidationError(entry.problem, code="number")
        percent = self.number.percent
        return plain(entry.number / 100 if percent else entry.number)

    def entry(self, text: str) -> Entry:
        """Return what a typed text means."""
        return read(self.number, text, self.notation, self.chosen)


class NumbersForm(forms.Form):
    """Numbers, models and the technique in use; all are optional.

    `notation` is how the reader or sender of the page writes numbers; `against`
    is what contradicts the numbers.
    """

    against: Sequence[Contradiction] = ()

    def __init__(
        self, audit: Audit, data: Any = None, notation: Notation = ENGLISH
    ) -> None:
        super().__init__(data)
        given = values(audit.numbers)
        self.audit, self.notation = audit, notation
        market = catalogue(timezone.localdate())
        for field in FIELDS:
            initial, chosen = given.get(field.id), self.data.get(MEANT + field.id, "")
            self.fields[field.id] = NumberField(field, initial, notation, chosen)
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
        return [
            {
                "field": self[name],
                "version": self.version(name),
                "unit": "",
                "against": [each for each in self.against if name in each.numbers],
                **self._read(name),
            }
            for name in self.fields
        ]

    def _read(self, name: str) -> dict[str, Any]:
        """Return what is beneath a number: how it is understood, or what it may be."""
        field, typed = self.fields[name], self[name].value()
        if not isinstance(field, NumberField):
            return {}
        told: dict[str, Any] = {"unit": field.number.unit}
        if not typed or len(typed) > _LONGEST:
            return told
        entry = field.entry(typed)
        if entry.number is not None:
            told["understood"] = with_unit(field.number, entry.number)
        chosen = "" if entry.number is None else plain(entry.number)
        choices = [
            (plain(each), choice_in_words(each), plain(each) == chosen)
            for each in entry.choices
        ]
        return {**told, "choices": choices, "meant": MEANT + name, "typed": typed}

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


def shown(field: Field, stored: str) -> Decimal:
    """Return a stored number in the unit of its field: a share in percent."""
    return Decimal(stored) * 100 if field.percent else Decimal(stored)


def plain(number: Decimal) -> str:
    """Return the digits of a number, with no zeros at the end of its decimals."""
    return format(number.normalize(), "f")


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
