"""The inventory file, and the meaning of its columns."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from audits.models import Import
from audits.plain_forms import FileForm
from audits.services.use_cases.inventory_rows import COLUMNS
from audits.uploads.tables.csv_files import ENCODINGS


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
        help_text="Choose one only if letters with accents came out wrong.",
        choices=[("", "Find it out"), *ENCODINGS.items()],
        required=False,
    )


class ColumnsForm(forms.Form):
    """One choice of a heading for each field."""

    def __init__(self, inventory: Import, data: Any = None) -> None:
        super().__init__(data, initial=inventory.columns)
        headings = [(heading, heading) for heading in inventory.headings]
        for column in COLUMNS:
            self.fields[column.id] = forms.ChoiceField(
                choices=[("", "Not in the file"), *headings],
                required=column.is_needed,
                label=column.label
                if column.is_needed
                else f"{column.label} (optional)",
                help_text=column.hint,
                error_messages={"required": f"Choose the column for: {column.label}"},
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for name, heading in list(cleaned.items()):  # add_error takes some out
            if heading and heading in taken:
                self.add_error(name, f"“{heading}” is already used for another field")
            taken[heading] = name
        return cleaned

    def columns(self) -> dict[str, str]:
        """Return the chosen headings by field."""
        return {name: heading for name, heading in self.cleaned_data.items() if heading}
