"""Forms for what of a usage file counts, and for a results file."""

from collections.abc import Collection
from typing import Any

from django import forms

from audits.plain_forms import FileForm, PlainForm
from audits.usage.rows import UsageFile
from audits.usage_forms import models_field, set_models


class ModelsForm(PlainForm):
    """Which models of a usage file are those of the use case."""

    models = models_field()

    def __init__(
        self, found: UsageFile, chosen: Collection[str | None], data: Any = None
    ) -> None:
        super().__init__(data)
        self._names = found.models
        set_models(self, self._names, chosen)
        self.fields[
            "models"
        ].help_text = "Everything that the chosen models did must be for this use case."

    @property
    def chosen_models(self) -> list[str | None]:
        """The names of the chosen models."""
        numbers = (
            self.cleaned_data["models"]
            if self.is_bound
            else self.fields["models"].initial
        )
        return [self._names[int(number)] for number in numbers]


class ResultsFileForm(FileForm):
    """A results file."""

    file = forms.FileField(
        label="Results file",
        help_text="Results of promptfoo, Inspect, lm-evaluation-harness or DeepEval, "
        "or a CSV file with the columns case, candidate, and passed or score. A run "
        "is found by the name of its candidate.",
        allow_empty_file=True,  # our own message comes when its content is read
        error_messages={"required": "Select a results file"},
        widget=forms.FileInput({"accept": ".json,.eval,.csv"}),
    )
