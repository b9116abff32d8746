"""What a reviewer decides, and in which words."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from audits.models import Review
from audits.models.text import TypedText
from audits.services.reviews import MOST_CHARACTERS

_MOST_BYTES = 256 * 1024
_OUTCOMES = (
    (Review.Outcome.APPROVED, "Approve"),
    (Review.Outcome.CONDITIONS, "Approve with conditions"),
    (Review.Outcome.SENT_BACK, "Send back"),
)


class ReviewForm(forms.Form):
    """An outcome and its words; `submission` is what the reviewer has read."""

    outcome = forms.ChoiceField(
        choices=_OUTCOMES,
        label="What do you decide?",
        widget=forms.RadioSelect({"class": "form-check-input"}),
        error_messages={"required": "Choose what you decide"},
    )
    words = TypedText(
        label="Your words",
        help_text="Conditions and reasons are needed, and go to the team as they are.",
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 5, "class": "form-control"}),
    )
    submission = forms.CharField(widget=forms.HiddenInput, required=False)


class FrameworkForm(forms.Form):
    """One framework file."""

    framework = forms.FileField(
        label="Framework file",
        help_text="A YAML file like v2.yaml, up to 256 kB. It is read and dropped.",
        widget=forms.FileInput({"accept": ".yaml,.yml", "class": "form-control"}),
        error_messages={
            "required": "Select a framework file",
            "empty": "The file is empty. Select another one.",
        },
    )

    def clean_framework(self) -> "UploadedFile[bytes]":
        """Refuse what is too large to be one."""
        file: UploadedFile[bytes] = self.cleaned_data["framework"]
        if file.size is None or file.size > _MOST_BYTES:
            message = "Select a file of at most 256 kB"
            raise forms.ValidationError(message)
        return file
