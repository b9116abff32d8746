"""The numbers of a use case as a form."""

from typing import Any, cast

from django import forms
from django.utils import timezone

from audits.landscape.catalogue import catalogue
from audits.models import Audit, Stage
from audits.models.audits import values
from audits.scoring.numbers.choices import choices_on
from audits.scoring.numbers.numbers import FIELDS
from audits.scoring.numbers.proposal_fields import MISSING
from audits.scoring.numbers.written_numbers import ENGLISH, Notation
from audits.scoring.proposals.proposal_parts import PROPOSAL_KEYS, missing_parts
from audits.services.answers.words import LABELS
from audits.services.verdicts.assessments import framework_of
from audits.wizard.forms.amount_fields import with_offers_currency
from audits.wizard.forms.entered_numbers import EnteredNumbers
from audits.wizard.forms.proposal_forms import proposal_fields


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
        for name, hint, choices in choices_on(market):
            self.fields[name] = forms.ChoiceField(
                choices=choices,
                label=f"{LABELS[name]} (optional)",
                help_text=hint,
                required=False,
                widget=forms.Select({"class": "form-select"}),
                initial=given.get(name, ""),
            )
        if audit.use_case.stage == Stage.LIVE:
            self._ask_what_runs()
        framework = framework_of(audit)
        start = with_offers_currency(given, audit.organization.currency)
        self.fields.update(proposal_fields(framework, start, self.data, notation))

    def _ask_what_runs(self) -> None:
        """Say of a live use case that something runs, and that nobody said what."""
        today = cast("forms.ChoiceField", self.fields["today"])
        choices = cast("list[tuple[str, str]]", today.choices)
        rest = [each for each in choices if each[0]]
        today.choices = [("", "Choose what runs today"), *rest]

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
    def has_offer(self) -> bool:
        """Whether anything of an offer is entered or wrong; a currency is preset."""
        fields = (row["field"] for row in self.proposal_rows)
        return any(
            each.errors or (each.value() and not each.name.endswith("currency"))
            for each in fields
        )

    @property
    def proposal_rows(self) -> list[dict[str, Any]]:
        """The rows of an offer that was received."""
        return [row for row in self.rows if row["field"].name in PROPOSAL_KEYS]
