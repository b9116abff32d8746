"""The form that reads a usage file, and the choice of its models."""

from collections.abc import Collection, Sequence

from django import forms
from django.utils.html import format_html, format_html_join

from audits.plain_forms import FileForm
from audits.usage.spellings import Spellings

_NO_NAME = "A model without a name"
SMALLER_USAGE = "pack it with gzip, or export a shorter period or daily totals"


class UsageFileForm(FileForm):
    """A usage file."""

    file = forms.FileField(
        label="Usage file",
        help_text="Daily activity of LiteLLM for one team or tag, usage of OpenAI or "
        "Anthropic as JSON, spans of OpenTelemetry as OTLP JSON, or a CSV file with "
        "the columns day, model, requests, input (cached included), cached input, "
        "output and cost; up to 110 MB and 50,000 rows. Your browser compresses large "
        "files; without JavaScript, gzip any over 25 MB. Attune asks for no API key; "
        "it keeps daily totals, no prompts.",
        allow_empty_file=True,  # our own message comes when its content is read
        error_messages={"required": "Select a usage file"},
        widget=forms.FileInput({"accept": ".json,.jsonl,.csv,.gz"}),
    )
    synthetic = forms.BooleanField(
        label="This usage is synthetic: it was invented for practice",
        required=False,
    )


def models_field() -> forms.MultipleChoiceField:
    """Return a field for the models of a file; `set_models` says which there are."""
    return forms.MultipleChoiceField(
        label="Models of this use case",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one model"},
    )


def set_models(
    form: forms.Form, models: Sequence[Spellings], chosen: Collection[str | None]
) -> None:
    """Offer the models of a file by their places in it, some of them chosen.

    Args:
        form: The form; it has the field.
        models: All names of each model, which is offered once.
        chosen: The names that are chosen at first.
    """
    field = form.fields["models"]
    assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for types
    field.choices = [(str(n), _label(names)) for n, names in enumerate(models)]
    field.initial = [
        str(n) for n, names in enumerate(models) if any(x in chosen for x in names)
    ]


def _label(names: Spellings) -> str:
    first, *others = (name or _NO_NAME for name in names)
    if not others:
        return format_html("<bdi>{}</bdi>", first)
    also = format_html_join(", ", "<bdi>{}</bdi>", ((name,) for name in others))
    return format_html("<bdi>{}</bdi>, also spelled {}", first, also)
