"""The inventory file, and the meaning of its columns."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from audits.imports.new_rows import number_of_new
from audits.inventories.made_references import MADE
from audits.inventories.presets import missing, presets
from audits.models import Import
from audits.plain_forms import FileForm
from audits.services.use_cases.inventory_columns import COLUMNS, Column
from audits.services.use_cases.inventory_own import all_columns
from audits.uploads.tables.csv_files import ENCODINGS

_CHOOSE = "Choose the column for: {}"
_MADE = (MADE, "Not in the file: make one from team and name")
_NO_REFERENCE = (
    "Choose the column for: Reference. If the file has none, let Attune make one from "
    "team and name"
)


class UploadForm(FileForm):
    """A CSV or XLSX file."""

    file = forms.FileField(
        label="Inventory",
        help_text="A CSV or XLSX file of up to 5 MB and 20,000 rows.",
        error_messages={
            "required": "Select your inventory file",
            "empty": "The selected file is empty",
        },
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )
    encoding = forms.ChoiceField(
        label="Encoding of a CSV file (optional)",
        help_text="Change it only if letters look wrong after the check.",
        choices=[("", "Detect automatically"), *ENCODINGS.items()],
        required=False,
    )


def _why_required(column: Column) -> str:
    return _NO_REFERENCE if column.id == "reference" else _CHOOSE.format(column.label)


class ColumnsForm(forms.Form):
    """The public format of the file, or one choice of a heading for each field."""

    def __init__(self, inventory: Import, data: Any = None) -> None:
        # Without a reference nothing can be checked, so one is made if none is there.
        made = {"reference": MADE} | inventory.columns
        chosen = made | {"preset": inventory.preset}
        super().__init__(data, initial=chosen)
        self.inventory = inventory
        self.fields["preset"] = forms.ChoiceField(
            choices=[
                ("", "My own, as the columns below say"),
                *((preset.id, preset.name) for preset in presets().values()),
            ],
            required=False,
            label="Format of the file",
            help_text="A public format says which column is what, and what its words "
            "for the stage mean. The columns below do not count then.",
        )
        has_format = bool((chosen if data is None else data).get("preset"))
        headings = [(heading, heading) for heading in inventory.headings]
        for column in all_columns():
            of_none = [_MADE] if column.id == "reference" else []
            self.fields[column.id] = forms.ChoiceField(
                choices=[("", "Not in the file"), *of_none, *headings],
                required=column.id == "reference" and not has_format,
                label=column.label
                if column.is_needed
                else f"{column.label} (optional)",
                help_text=column.hint,
                error_messages={"required": _why_required(column)},
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if preset := presets().get(cleaned.get("preset", "")):
            if lacking := missing(preset, self.inventory.headings):
                told = ", ".join(f"“{heading}”" for heading in lacking)
                self.add_error("preset", f"The file has no column {told}")
            return cleaned
        self._require_what_new_ones_need(cleaned)
        taken: dict[str, str] = {}
        for name, heading in list(cleaned.items()):  # add_error takes some out
            if heading and heading in taken:
                self.add_error(name, f"“{heading}” is already used for another field")
            taken[heading] = name
        return cleaned

    def _require_what_new_ones_need(self, cleaned: Mapping[str, Any]) -> None:
        """Refuse that a column is left out, unless every row is of a known use case."""
        lacking = [c for c in COLUMNS if c.is_needed and not cleaned.get(c.id)]
        chosen = self.columns(cleaned)
        has_reference = "reference" in chosen
        if lacking and has_reference and (new := number_of_new(self.inventory, chosen)):
            rows = "1 row registers" if new == 1 else f"{new:,} rows register"
            for column in lacking:
                said = f"{_CHOOSE.format(column.label)}. {rows} a new use case"
                self.add_error(column.id, said)

    def columns(self, cleaned: Mapping[str, Any] | None = None) -> dict[str, str]:
        """Return the chosen headings by field."""
        data = self.cleaned_data if cleaned is None else cleaned
        chosen = {column.id: data.get(column.id) for column in all_columns()}
        return {name: heading for name, heading in chosen.items() if heading}

    @property
    def preset(self) -> str:
        """The id of the chosen format, or nothing."""
        return str(self.cleaned_data["preset"])
