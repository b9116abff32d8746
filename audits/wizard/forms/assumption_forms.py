"""What Attune assumes about costs, as a form in which a team enters its own figures."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone

from audits.landscape.catalogue import Catalogue, catalogue
from audits.models import Audit
from audits.scoring.numbers.assumption_fields import (
    GROUPS,
    OF_GPUS,
    assumption_fields,
)
from audits.scoring.numbers.currency_words import range_in
from audits.scoring.numbers.entered_in import EnteredIn
from audits.scoring.pricing.gpu_kinds import KEY as GPU
from audits.scoring.pricing.gpu_kinds import USUAL, kinds_on
from audits.scoring.proposals.proposal import DOLLARS
from audits.services.answers.words import LABELS
from audits.wizard.forms.entered_numbers import EnteredNumbers

_SPAN = attrgetter("span")


class Group(NamedTuple):
    """Assumptions about one thing, and how many of them the team replaced."""

    name: str
    rows: list[dict[str, Any]]
    own: int
    is_wrong: bool


class AssumptionsForm(EnteredNumbers):
    """Every number that is assumed unless the team enters it."""

    def __init__(self, audit: Audit, *sent: Any, **more: Any) -> None:
        super().__init__(audit, *sent, **more)
        on, gpu = timezone.localdate(), self.given.get(GPU)
        is_usual = self.currency == DOLLARS
        entered = (
            None if is_usual else EnteredIn(currency=self.currency, rate=self.rate)
        )
        self.fields[GPU] = _kinds(catalogue(on), gpu, entered)
        fields = assumption_fields(on, gpu, entered).values()
        self.fields |= {field.id: self.number_field(field) for field in fields}

    @property
    def groups(self) -> Iterator[Group]:
        """The rows by what they are about; what the team replaced comes first."""
        groups = sorted(self._groups(), key=lambda x: not (x.own or x.is_wrong))
        for group in groups:
            rows = sorted(group.rows, key=lambda row: not row["field"].value())
            yield group._replace(rows=rows)

    def _groups(self) -> Iterator[Group]:
        rows = {row["field"].name: row for row in self.rows}
        for name, numbers in GROUPS.items():
            ids = (GPU, *numbers) if name == OF_GPUS else numbers
            own = sum(bool(rows[each]["field"].value()) for each in ids)
            is_wrong = any(each in self.errors for each in ids)
            yield Group(name, [rows[each] for each in ids], own, is_wrong)


def _kinds(
    market: Catalogue, chosen: str | None, entered: EnteredIn | None
) -> forms.ChoiceField:
    """Return the choice of the kind of GPU, each with the range of its price."""
    kinds = kinds_on(market)
    choices = [
        ("" if name == USUAL else name, f"{name}: {range_in(price, entered, _SPAN)}")
        for name, price in kinds.items()
    ]
    if chosen and chosen not in kinds:
        choices.append((chosen, f"{chosen}: no price is known"))
    beside = {"aria-describedby": f"id_{GPU}_helptext problem-{GPU}"}
    return forms.ChoiceField(
        choices=choices,
        label=LABELS[GPU],
        help_text=(
            f"The assumed tokens a second were measured on {USUAL}. For "
            f"another kind, enter what you measured. Prices: {kinds[USUAL].source}."
        ),
        required=False,
        initial=chosen or "",
        widget=forms.Select({"class": "form-select", **beside}),
        error_messages={"invalid_choice": f"{LABELS[GPU]}: choose one of the list"},
    )
