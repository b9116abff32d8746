"""Forms for what of a usage file counts, and for a results file."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html

from audits.landscape import in_force
from audits.plain_forms import FileForm, PlainForm
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.words import name_of
from audits.scoring.tracking.months import named_in_facts
from audits.services.read_files.usage_uploads import model_ids
from audits.usage.rows import UsageFile
from audits.usage.spellings import Spellings, spellings
from audits.usage_forms import models_field, set_models

_MEANT = "is_"
_MOST_ASKED = 10  # names that nobody knows
_UNKNOWN = "Another model, without a list price"


class ModelsForm(PlainForm):
    """Which models of a usage file are those of the use case, and what names mean.

    A name that the market facts do not know is asked about: `is_N` has the id of the
    model that it means. N is the place of the model in the file.
    """

    models = models_field()

    def __init__(
        self,
        found: UsageFile,
        chosen: Collection[str | None],
        meant: Mapping[str, str],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        known = in_force.current().models
        self._models = spellings(found.models, known)
        set_models(self, self._models, {*chosen, *meant})
        models = self.fields["models"]
        models.required = False  # `clean` asks: a name that means a model counts, too
        models.help_text = (
            "Everything that the chosen models did must be for this use case."
        )
        self._asked = dict(self._unknown())
        choices = [("", _UNKNOWN)]
        choices += sorted(
            ((x, known[x].name) for x in model_ids()), key=lambda each: each[1]
        )
        for field, names in self._asked.items():
            self.fields[field] = forms.ChoiceField(
                label=format_html("Which model is <bdi>{}</bdi>?", names[0]),
                help_text="The market facts do not know this name. If it is another "
                "spelling of a model of theirs, choose that: then it counts.",
                choices=choices,
                initial=meant.get(names[0] or "", ""),
                required=False,
            )

    def _unknown(self) -> Iterator[tuple[str, Spellings]]:
        asked = 0
        for number, names in enumerate(self._models):
            name = names[0]
            if name and named_in_facts(name).model is None and asked < _MOST_ASKED:
                asked += 1
                yield f"is_{number}", names

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and not self.chosen_models:
            self.add_error("models", self.fields["models"].error_messages["required"])
        return self.cleaned_data

    @property
    def chosen_models(self) -> list[str | None]:
        """The names that count: of the ticked models, and those that mean a model."""
        ticked = {int(number) for number in self._value("models")}
        meant = self.meant_models
        return [
            name
            for number, names in enumerate(self._models)
            for name in names
            if number in ticked or name in meant
        ]

    @property
    def meant_models(self) -> dict[str, str]:
        """The ids of the models that unknown names mean, by name."""
        return {
            name: model
            for field, names in self._asked.items()
            if (model := self._value(field))
            for name in names
            if name
        }

    def _value(self, name: str) -> Any:
        if self.is_bound:
            return self.cleaned_data[name]
        return self.fields[name].initial


class ResultsFileForm(FileForm):
    """A results file.

    If its runs have other names than the candidates, `is_N` has the name of the run
    that the candidate N is, as its sender says.
    """

    file = forms.FileField(
        label="Results file",
        help_text="Results of promptfoo, Inspect, lm-evaluation-harness or DeepEval, "
        "or a CSV file with the columns case, candidate, and passed or score, or with "
        "a row for each case and a column for each of two or more candidates. A run is "
        "found by the name of its candidate; if it has another one, you can say which "
        "is which.",
        allow_empty_file=True,  # our own message comes when its content is read
        error_messages={"required": "Select a results file"},
        widget=forms.FileInput({"accept": ".json,.eval,.csv"}),
    )

    @property
    def meant(self) -> dict[str, str] | None:
        """The names in the file by candidate; None if the sender was not asked."""
        asked = [name for name in self.data if name.startswith(_MEANT)]
        if not asked:
            return None
        return {name.removeprefix(_MEANT): self.data[name].strip() for name in asked}

    def ask(self, candidates: Iterable[ScoredCandidate], runs: Iterable[str]) -> None:
        """Ask which run of the file each candidate is."""
        choices = [("", "None of them"), *((run, run) for run in runs)]
        for row in candidates:
            self.fields[f"{_MEANT}{row.id}"] = forms.ChoiceField(
                label=format_html("Which run is “<bdi>{}</bdi>”?", name_of(row)),
                choices=choices,
                required=False,
            )
