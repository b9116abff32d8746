"""The form that takes a board paper."""

from typing import Any

from django import forms

from audits.verify.papers import MAX_BYTES, MEGABYTE, TOO_LARGE


class PaperForm(forms.Form):
    """One PDF; `dropped` says that a file was dropped during the upload."""

    paper = forms.FileField(
        label="Board paper",
        help_text=f"The PDF as it was downloaded, up to {MAX_BYTES // MEGABYTE} MB.",
        widget=forms.FileInput({"accept": ".pdf"}),
        error_messages={
            "required": "Select a board paper",
            "empty": "The file is empty. Download the paper again.",
        },
    )

    def __init__(self, *args: Any, dropped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dropped:
            self.fields["paper"].error_messages["required"] = TOO_LARGE

    def clean_paper(self) -> Any:
        paper = self.cleaned_data["paper"]
        if paper.size > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return paper
