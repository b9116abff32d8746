"""The form that submits an audit."""

from django import forms

from audits.models.fields.text import TypedText
from audits.models.sign_offs.submissions import MOST_WORDS


class SubmitForm(forms.Form):
    """What is said to the reviewer who sent an audit back; it may be empty."""

    words = TypedText(
        label="Your answer to the reviewer",
        help_text="Optional. The reviewer reads it beside what changed since.",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 4, "class": "form-control"}),
    )
