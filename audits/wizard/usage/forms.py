"""Forms for a usage file, and for what of it counts."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms

from audits.landscape import in_force
from audits.plain_forms import PlainForm
from audits.scoring.numbers.written_numbers import ENGLISH, Notation
from audits.usage.numbers import Kind
from audits.usage.rows import UsageFile
from audits.usage.spellings import spellings
from audits.usage.summary import summarized
from audits.usage_forms import models_field, set_models
from audits.written_fields.fields import WrittenWhole, write_numbers

_MOST_TOKENS = 10_000_000
_PREFIX = "Text repeated in every call, in tokens"


class _TokensField(WrittenWhole):
    """A number of tokens, also with marks between its thousands."""

    two = (
        f"{_PREFIX}, is “{{text}}”, which may be {{either}}: write it without a mark, "
        "like {whole}"
    )


class ChoicesForm(PlainForm):
    """Which models and which month of a usage file count, and what repeats.

    At first that is one model, as each has its own price: one of `mine`, else the one
    with the most use.
    """

    models = models_field()
    month = forms.ChoiceField(
        label="Month",
        choices=[("busiest", "The busiest month"), ("median", "The median month")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a month"},
    )
    repeats = _TokensField(
        label=f"{_PREFIX} (optional)",
        help_text="A usage file has only total input. This splits it. "
        "To count it, use “Count the tokens of a text” under Numbers.",
        min_value=0,
        max_value=_MOST_TOKENS,
        required=False,
        error_messages={
            "invalid": f"{_PREFIX}, must be a whole number, like 1,200",
            "min_value": f"{_PREFIX}, must be from 0 to {_MOST_TOKENS:,}",
            "max_value": f"{_PREFIX}, must be from 0 to {_MOST_TOKENS:,}",
        },
        widget=forms.TextInput(
            {"inputmode": "numeric", "class": "form-control form-control-num"}
        ),
    )

    def __init__(
        self,
        found: UsageFile,
        prefix: Decimal | None,
        mine: Collection[str | None],
        data: Any = None,
        notation: Notation = ENGLISH,
    ) -> None:
        super().__init__(data)
        write_numbers(self, notation)
        self._models = spellings(found.models, in_force.current().models)
        self.fields["repeats"].initial = None if prefix is None else int(prefix)
        first = [x for x in found.models if x in mine] or found.models
        set_models(self, self._models, first[:1])
        self.fields["month"].initial = "busiest"
        if len(self._models) < 2:  # noqa: PLR2004 - nothing to choose
            del self.fields["models"]
        if len(summarized(found).months) < 2:  # noqa: PLR2004 - nothing to choose
            del self.fields["month"]

    def _value(self, name: str) -> Any:
        if name not in self.fields:
            return None
        if self.is_bound:
            return self.cleaned_data[name]
        return self.fields[name].initial

    @property
    def chosen_models(self) -> list[str | None]:
        """The names of the chosen models."""
        if "models" not in self.fields:
            return [name for names in self._models for name in names]
        chosen = (self._models[int(number)] for number in self._value("models"))
        return [name for names in chosen for name in names]

    @property
    def kind(self) -> Kind:
        """Which month counts."""
        return "median" if self._value("month") == "median" else "busiest"

    @property
    def repeated(self) -> Decimal | None:
        """Tokens that repeat in every call; None if nobody said."""
        value = self._value("repeats")
        return None if value is None else Decimal(value)
