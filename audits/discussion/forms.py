"""A comment and an answer request; the services check the texts."""

from collections.abc import Callable, Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet

from audits.frameworks.questions import Section
from audits.models import User
from audits.models.fields.text import TypedText
from audits.services.discussion.answer_requests import MOST_CHARACTERS

_COST = "A reviewer who answers a question can no longer sign off this audit."


class CommentForm(forms.Form):
    """A remark about a question."""

    text = TypedText(required=False)


class _ColleagueField(forms.ModelChoiceField[User]):
    """A colleague, with whether they may review."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} (may review)" if obj.may_review else str(obj)


class AskForm(forms.Form):
    """The colleague, a message, and the section unless the page gives it.

    `why_not` says why an address is not that of a colleague who can be asked.
    """

    section = forms.ChoiceField(error_messages={"required": "Choose a section"})
    of = _ColleagueField(
        User.objects.none(),
        label="Colleague",
        empty_label="Choose a colleague",
        to_field_name="public_id",
        required=False,
        error_messages={"invalid_choice": "Choose a colleague from the list"},
    )
    address = forms.EmailField(
        label="Or their email address",
        required=False,
        error_messages={"invalid": "Enter an email address, such as ada@example.org"},
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
        why_not: Callable[[str], str],
        sections: Iterable[Section],
        answerers_may_sign: bool,
    ) -> None:
        super().__init__(data)
        self.colleagues, self.why_not = colleagues, why_not
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

    def clean(self) -> dict[str, Any]:
        """Find the colleague whose address was entered; there must be one of both."""
        cleaned: dict[str, Any] = self.cleaned_data
        chosen, address = cleaned.get("of"), cleaned.get("address", "")
        if self.errors.keys() & {"of", "address"}:
            return cleaned
        if not address:
            if chosen is None:
                self.add_error("of", "Choose a colleague")
            return cleaned
        found = self.colleagues.filter(email=address.lower()).first()
        if found is None:
            self.add_error("address", self.why_not(address))
        elif chosen not in (None, found):
            self.add_error("address", "This is the address of another colleague")
        return cleaned | {"of": found}
