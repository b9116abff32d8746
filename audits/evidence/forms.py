"""The form that adds a piece of evidence."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.conf import settings

from audits.models.evidence import MEGABYTE
from audits.models.fields.text import TypedText
from audits.uploads.attachments import contents, links, names

_ENDINGS = ",".join(f".{end}" for kind in contents.KINDS for end in kind.extensions)
_ONE_AT_A_TIME = "Add either a file or a link. If you want the file, select it again"


class EvidenceForm(forms.Form):
    """A file, or a link with a name."""

    file = forms.FileField(
        required=False,
        allow_empty_file=True,  # our own message comes when its content is read
        label="File",
        widget=forms.FileInput({"accept": _ENDINGS}),
    )
    link = forms.CharField(
        required=False,
        label="Or a link",
        help_text="A page or document your colleagues can open, like "
        "https://example.org/report. Up to "
        f"{links.MAX_CHARACTERS} characters.",
        widget=forms.TextInput({"inputmode": "url", "data-room": links.MAX_CHARACTERS}),
    )
    link_name = TypedText(
        required=False,
        max_length=names.MAX_CHARACTERS,
        label="Name of the link (optional)",
        help_text="What the link shows, like “Test run of 12 May”.",
        error_messages={
            "max_length": f"The name must be {names.MAX_CHARACTERS} characters or fewer"
        },
    )

    def __init__(self, *args: Any, refused: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused
        most = settings.EVIDENCE_MAX_BYTES // MEGABYTE
        self.fields["file"].help_text = f"{contents.TAKEN}, up to {most} MB."
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        fields = (Field(name, template="evidence/field.html") for name in self.fields)
        self.helper.layout = Layout(*fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refused:
            self.add_error("file", self.refused)
        elif cleaned.get("file") and cleaned.get("link"):
            self.add_error("file", _ONE_AT_A_TIME)
        elif not self.errors and not cleaned["file"] and not cleaned["link"]:
            self.add_error("file", "Select a file, or enter a link below")
        return cleaned
