"""The form that submits an audit."""

from datetime import date
from typing import Any

from django import forms

from audits.models.fields.days import BoardDay, to_come
from audits.models.fields.text import TypedText
from audits.models.sign_offs.submissions import MOST_WORDS


class SubmitForm(forms.Form):
    """Until when the board decides, and an answer to who sent an audit back.

    Both may be empty.

    Where newer results that contradict the verdict in force are left out, `left_out` is
    their SHA-256, and `without` has to repeat it.
    """

    words = TypedText(
        label="Your answer to the reviewer",
        help_text="Optional. The reviewer reads it beside what changed since.",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 4, "class": "form-control"}),
    )
    decide_by = BoardDay()
    without = forms.CharField(required=False)

    def __init__(self, *args: Any, left_out: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left_out = left_out

    def clean_decide_by(self) -> date | None:
        return to_come(self.cleaned_data["decide_by"], self.initial.get("decide_by"))

    def clean_without(self) -> str:
        chosen: str = self.cleaned_data["without"]
        if self.left_out and chosen != self.left_out:
            raise forms.ValidationError(_CHOOSE)
        return chosen


_CHOOSE = (
    "Newer results contradict the verdict in force and are not in this audit. Take "
    "them into it, or tick that you submit without them."
)
