"""The numbers of a use case as a form."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.schema import Model
from audits.models import Audit
from audits.models.audits import values
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES
from audits.scoring.days import in_words
from audits.scoring.numbers.currency import KEY
from audits.scoring.numbers.numbers import FIELDS
from audits.scoring.numbers.proposal_fields import MISSING
from audits.scoring.numbers.written_numbers import ENGLISH, Notation
from audits.scoring.pricing.gpu_kinds import KEY as GPU
from audits.scoring.proposals.proposal_parts import PROPOSAL_KEYS, missing_parts
from audits.services.verdicts.assessments import framework_of
from audits.wizard.forms.amount_fields import LABEL as AMOUNTS_ARE_IN
from audits.wizard.forms.amount_fields import with_offers_currency
from audits.wizard.forms.entered_numbers import EnteredNumbers
from audits.wizard.forms.proposal_forms import proposal_fields

# What is chosen instead of typed.
LABELS = {
    KEY: AMOUNTS_ARE_IN,
    "model": "Model you use or would use",
    "smaller": "Smaller model that passes your test",
    "tuned": "Model you would tune at a provider",
    "successor": "Model to tune next",
    "today": "What runs today",
    GPU: "Kind of GPU",
}


class NumbersForm(EnteredNumbers):
    """Numbers, models, the technique in use and an offer.

    On a page that is whole, nothing that an offer cannot be compared without may be
    missing.
    """

    def __init__(
        self,
        audit: Audit,
        data: Any = None,
        notation: Notation = ENGLISH,
        *,
        is_whole: bool = False,
    ) -> None:
        super().__init__(audit, data, notation, is_whole=is_whole)
        given, market = self.given, catalogue(timezone.localdate())
        self.fields |= {field.id: self.number_field(field) for field in FIELDS}
        for name, hint, choices in _chosen(market):
            self.fields[name] = forms.ChoiceField(
                choices=choices,
                label=f"{LABELS[name]} (optional)",
                help_text=hint,
                required=False,
                widget=forms.Select({"class": "form-select"}),
                initial=given.get(name, ""),
            )
        framework = framework_of(audit)
        start = with_offers_currency(given, audit.organization.currency)
        self.fields.update(proposal_fields(framework, start, self.data, notation))

    def clean(self) -> None:
        if self.is_whole:
            for name in self.missing:
                if name in self.data and name not in self.errors:
                    self.add_error(name, MISSING[name])

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts without which the offer on the page cannot be compared.

        A value that is wrong is not missing.
        """
        shown = values(self.audit.numbers)
        if self.is_bound:
            wrong = {name: self.data[name] for name in self.errors}
            sent = {k: x for k, x in self.cleaned_data.items() if k in self.data}
            shown = {**shown, **sent, **wrong}
        return missing_parts({name: x for name, x in shown.items() if x})

    @property
    def lacks(self) -> list[str]:
        """What to enter until the offer on the page can be compared."""
        return [MISSING[name] for name in self.missing]

    @property
    def own_rows(self) -> list[dict[str, Any]]:
        """The rows of what runs today or would."""
        return [row for row in self.rows if row["field"].name not in PROPOSAL_KEYS]

    @property
    def proposal_rows(self) -> list[dict[str, Any]]:
        """The rows of an offer that was received."""
        return [row for row in self.rows if row["field"].name in PROPOSAL_KEYS]


def _chosen(market: Catalogue) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield what is chosen instead of typed: its name, its hint and the choices."""
    hosted = [("", "Not chosen"), *_choices(market)]
    yield "model", "The model that gets, or would get, the whole prompt.", hosted
    yield "smaller", "It answers the same test cases well enough.", hosted
    hint = (
        "Only models whose tuned version has a known price. Where training is about to "
        "end, the list says when."
    )
    yield "tuned", hint, [("", "Not chosen"), *_tuned_choices(market)]
    hint = (
        "Only if your tuned model has to move. If empty: the cheapest model that can "
        "still be tuned and has a price."
    )
    yield "successor", hint, [("", "Not chosen"), *_successor_choices(market)]
    techniques = [("", "Nothing yet"), *TECHNIQUE_NAMES.items()]
    yield "today", "Savings and payback are measured against it.", techniques


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


def _successor_choices(market: Catalogue) -> list[tuple[str, str]]:
    """Return the models that stay open to tuning, and have a price then."""
    found = []
    for model in market.models.values():
        if model.kind == "embedding" or market.tunable(model.id).status != "open":
            continue
        try:
            rates = market.tuned_prices(model.id).rates
            found.append((model.id, _words(model, rates.input, rates.output)))
        except LookupError:
            if model.open_weights:
                found.append((model.id, f"{model.name}: open, on rented GPUs"))
    return found


def _words(model: Model, enter: Decimal, leave: Decimal) -> str:
    window = int(model.context_window.value)
    return (
        f"{model.name}: reads up to {window:,} tokens; a million tokens "
        f"cost ${enter.normalize():f} to read and ${leave.normalize():f} to write"
    )
