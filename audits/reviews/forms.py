"""What a reviewer decides, and in which words."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from audits.models import Review
from audits.models.text import TypedText
from audits.services.reviews import MOST_CHARACTERS

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
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    words = TypedText(
        label="Your words",
        help_text="Conditions and reasons are needed, and go to the team as they are.",
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 5}),
    )
    submission = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
