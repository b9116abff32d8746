"""The form field for the file of minutes or of a proof."""

from django import forms
from django.conf import settings

from audits.uploads.attachments.contents import KINDS, TAKEN

# What to do about one that is too large.
SMALLER_PROOF = "save it smaller, or link to it"
_MEGABYTE = 1024 * 1024
_ENDINGS = ",".join(f".{end}" for kind in KINDS for end in kind.extensions)
_AGAIN = "Select the file again: nothing was stored yet"


def proof_field(label: str) -> forms.FileField:
    """Return the field for a file, which may be left empty."""
    return forms.FileField(
        required=False,
        allow_empty_file=True,  # our own message comes when its content is read
        label=label,
        help_text=f"{TAKEN}, up to {settings.EVIDENCE_MAX_BYTES // _MEGABYTE} MB.",
        widget=forms.FileInput({"accept": _ENDINGS, "class": "form-control"}),
    )


def ask_for_the_file_again(form: forms.Form) -> None:
    """Ask for the file of a refused form again, as a browser does not keep it."""
    if form.errors and form.files.get("file") and "file" not in form.errors:
        form.add_error("file", _AGAIN)
