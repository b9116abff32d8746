"""A comment and an answer request; the services check the texts."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet

from audits.frameworks.questions import Section
from audits.models import User
from audits.models.fields.text import TypedText
from audits.services.answers.answer_requests import MOST_CHARACTERS

_COST = "A colleague who may review cannot sign off this audit once they have answered."


class CommentForm(forms.Form):
    """A remark about a question."""

    text = TypedText(required=False)


class _ColleagueField(forms.ModelChoiceField[User]):
    """A colleague, with whether they may review."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} (may review)" if obj.may_review else str(obj)


class AskForm(forms.Form):
    """The colleague, a message, and the section unless the page gives it."""

    section = forms.ChoiceField(error_messages={"required": "Choose a section"})
    of = _ColleagueField(
        User.objects.none(),
        label="Colleague",
        empty_label="Choose a colleague",
        to_field_name="public_id",
        error_messages={
            "required": "Choose a colleague",
            "invalid_choice": "Choose a colleague from the list",
        },
    )
    message = TypedText(
        required=False,
        label="Message (optional)",
        help_text="Say why you are asking and when you need the answer. Up to "
        f"{MOST_CHARACTERS:,} characters.",
        widget=forms.Textarea({"rows": 5, "data-room": MOST_CHARACTERS}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        colleagues: QuerySet[User],
        sections: Iterable[Section],
        answerers_may_sign: bool,
    ) -> None:
        super().__init__(data)
        self.colleagues = colleagues
        self.fields["of"].queryset = colleagues  # type: ignore[attr-defined]
        if not answerers_may_sign:
            self.fields["of"].help_text = _COST
        choices = [(section.id, section.title) for section in sections]
        if choices:
            choices.insert(0, ("", "Choose a section"))
            self.fields["section"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["section"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
