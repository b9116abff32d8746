"""Forms for a usage file, and for what of it counts."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html

from audits.usage.numbers import Kind
from audits.usage.rows import UsageFile
from audits.usage.summary import summarized
from audits.wizard.forms.plain_forms import FileForm, PlainForm

_MOST_TOKENS = 10_000_000
_PREFIX = "Text repeated in every call, in tokens"
_NO_NAME = "A model without a name"


class UploadForm(FileForm):
    """A usage file."""

    file = forms.FileField(
        label="Usage file",
        help_text="Daily activity of LiteLLM for one team or tag, usage of OpenAI or "
        "Anthropic as JSON, spans of OpenTelemetry as OTLP JSON, or a CSV file with "
        "the columns day, model, requests, input (with what was cached), cached input, "
        "output and cost; up to 110 MB. Your browser packs a large one; without "
        "JavaScript, pack one over 25 MB with gzip. Attune asks for no key, and keeps "
        "sums of days, and no prompts.",
        allow_empty_file=True,  # our own message comes when its content is read
        error_messages={"required": "Select a usage file"},
        widget=forms.FileInput({"accept": ".json,.jsonl,.csv,.gz"}),
    )


class _TokensField(forms.IntegerField):
    """A number of tokens, also with commas or spaces between its thousands."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.replace(",", "").split())
        return super().to_python(value)


class ChoicesForm(PlainForm):
    """Which models and which month of a usage file count, and what repeats.

    At first that is one model, as each has its own price: one of `mine`, else the one
    with the most use.
    """

    models = forms.MultipleChoiceField(
        label="Models of this use case",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one model"},
    )
    month = forms.ChoiceField(
        label="Month",
        choices=[("busiest", "The busiest month"), ("median", "The median month")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a month"},
    )
    repeats = _TokensField(
        label=f"{_PREFIX} (optional)",
        help_text="A usage file has all input together. With this, Attune splits it. "
        "“Count the tokens of a text” on the page of the numbers counts yours.",
        min_value=0,
        max_value=_MOST_TOKENS,
        required=False,
        error_messages={
            "invalid": f"{_PREFIX}, must be a whole number, like 1,200",
            "min_value": f"{_PREFIX}, must be from 0 to {_MOST_TOKENS:,}",
            "max_value": f"{_PREFIX}, must be from 0 to {_MOST_TOKENS:,}",
        },
        widget=forms.TextInput(
            {"inputmode": "numeric", "class": "form-control form-control-number"}
        ),
    )

    def __init__(
        self,
        found: UsageFile,
        prefix: Decimal | None,
        mine: Collection[str | None],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self._names = found.models
        self.fields["repeats"].initial = None if prefix is None else int(prefix)
        numbered = [
            (str(n), format_html("<bdi>{}</bdi>", x or _NO_NAME))
            for n, x in enumerate(self._names)
        ]
        models = self.fields["models"]
        assert isinstance(models, forms.MultipleChoiceField)  # noqa: S101 - for types
        first = [n for n, name in enumerate(self._names) if name in mine] or [0]
        models.choices, models.initial = numbered, [str(first[0])]
        self.fields["month"].initial = "busiest"
        if len(self._names) < 2:  # noqa: PLR2004 - nothing to choose
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
            return [*self._names]
        return [self._names[int(number)] for number in self._value("models")]

    @property
    def kind(self) -> Kind:
        """Which month counts."""
        return "median" if self._value("month") == "median" else "busiest"

    @property
    def repeated(self) -> Decimal | None:
        """Tokens that repeat in every call; None if nobody said."""
        value = self._value("repeats")
        return None if value is None else Decimal(value)
