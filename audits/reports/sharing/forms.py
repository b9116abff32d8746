"""The forms of sharing: with whom, until when, and the word for a link."""

from typing import Any, cast

from django import forms

from audits.models import Membership, User
from audits.models.fields.text import TypedText
from audits.plain_forms import PlainForm
from audits.services.papers.sharing import readers_of

_DAYS = ((7, "7 days"), (30, "30 days"), (90, "90 days"))
_SHORTEST, _FEWEST = 10, 5
_CHOOSE = "Choose a board reader"


def _varied(passphrase: str) -> None:
    """Refuse what repeats a few characters."""
    if len(set(passphrase)) < _FEWEST:
        message = f"Use {_FEWEST} different characters or more"
        raise forms.ValidationError(message)


class ReaderForm(PlainForm):
    """A board reader."""

    reader = forms.ModelChoiceField(
        User.objects.none(),
        label="Board reader",
        empty_label=_CHOOSE,
        to_field_name="public_id",
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )

    def __init__(self, member: Membership, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[User]", self.fields["reader"])
        field.queryset = readers_of(member)


class LinkForm(PlainForm):
    """For whom a link is, how long it works, and the word for it."""

    words = TypedText(
        max_length=80,
        label="For whom",
        help_text="So that you know the link again, such as “Chair of the audit "
        "committee”. Who opens it does not see this.",
        error_messages={
            "required": "Enter for whom the link is",
            "max_length": "Use 80 characters or fewer",
        },
    )
    days = forms.TypedChoiceField(
        choices=_DAYS,
        coerce=int,
        initial=_DAYS[0][0],
        label="Works for",
        error_messages={"required": "Choose how long it works"},
    )
    passphrase = TypedText(
        min_length=_SHORTEST,
        max_length=80,
        label="Passphrase",
        help_text=f"{_SHORTEST} characters or more, such as three words. Do not send "
        "it with the link. It is not shown again.",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "Enter a passphrase",
            "min_length": f"Use {_SHORTEST} characters or more",
            "max_length": "Use 80 characters or fewer",
        },
        validators=[_varied],
    )


class PassphraseForm(PlainForm):
    """What is asked before a link opens anything."""

    passphrase = forms.CharField(
        max_length=200,
        label="Passphrase",
        help_text="Who sent you the link told you.",
        widget=forms.PasswordInput({"autocomplete": "off"}),
        error_messages={"required": "Enter the passphrase"},
    )
