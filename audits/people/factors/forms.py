"""The forms of second factors, and of proving who one is."""

from typing import Any

from allauth.account.stages import LoginStage
from django import forms
from django.http import HttpRequest
from django.urls import reverse

from audits.access.members import came_by_sign_on
from audits.access.several import works_here_alone
from audits.confirming import passkeys
from audits.confirming.proofs import (
    prove_by_code,
    prove_by_passkey,
    prove_by_password,
)
from audits.models import User
from audits.models.fields.text import TypedText
from audits.services.people.factors.factors import Factors

_NAME_LENGTH = 60
_CODE_LENGTH = 20
_ENTER_CODE = "Enter the 6 digits that your authenticator app shows"


def _code_field(label: str, help_text: str, *, required: bool) -> forms.CharField:
    digits = {"autocomplete": "one-time-code", "inputmode": "numeric", "size": "12"}
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=_CODE_LENGTH,
        widget=forms.TextInput(digits),
        error_messages={"required": _ENTER_CODE},
    )


class AppForm(forms.Form):
    """The first code of an authenticator app."""

    code = _code_field(
        "Code", "The 6 digits that the app shows for Attune now.", required=True
    )


class PasskeyForm(forms.Form):
    """A new passkey; `credential` is written by the script of the page."""

    name = TypedText(
        label="Name",
        help_text="Such as the device it is on. Only you see it.",
        max_length=_NAME_LENGTH,
        error_messages={"required": "Enter a name for the passkey"},
    )
    credential = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": "Your browser made no passkey. Try again."},
    )

    def clean_credential(self) -> Any:
        """Check what the browser made."""
        credential = passkeys.read(self.cleaned_data["credential"])
        passkeys.added_by(credential)
        return credential


class ProofForm(forms.Form):
    """A password, a code or a passkey: whatever its person has, and any one of them.

    `ways` has the names of the fields; `asked` is what a passkey is asked to sign.
    """

    password = forms.CharField(
        label="Your password",
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    code = _code_field(
        "Code",
        "The 6 digits that your authenticator app shows now, or one of your recovery "
        "codes.",
        required=False,
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        request: HttpRequest,
        user: User,
        data: Any = None,
        *,
        again: bool,
    ) -> None:
        """Ask a person for a proof.

        Args:
            request: The request.
            user: The person.
            data: What was sent.
            again: Whether they are signed in already, so that a password proves it, if
                they have no second factor.
        """
        super().__init__(data)
        self.request, self.user, self.again = request, user, again
        own = Factors.of(user)
        if own.is_there or not (again and user.has_usable_password()):
            del self.fields["password"]
        if own.app is None and own.codes is None:
            del self.fields["code"]
        if not own.passkeys:
            del self.fields["credential"]

    @property
    def asked(self) -> str:
        """What a passkey is asked to sign, as JSON; empty without a passkey."""
        if "credential" not in self.fields:
            return ""
        return passkeys.asked_of(self.user)

    def clean(self) -> dict[str, Any]:
        """Check the first way that was taken, once."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("credential", "code", "password"):
            if cleaned.get(name):
                try:
                    self._check(name, cleaned.pop(name))
                except forms.ValidationError as error:
                    self.add_error(None if name == "credential" else name, error)
                return cleaned
        if not self.errors:
            shown = [field.name for field in self.visible_fields()]
            self.add_error(shown[0] if shown else None, self.missing)
        return cleaned

    @property
    def missing(self) -> str:
        """What to do, for who gave no proof."""
        if "password" in self.fields:
            return "Enter your password"
        if "code" in self.fields:
            return _ENTER_CODE
        if self.fields:
            return "Use your passkey"
        by_provider = "Sign in again with your organization first"
        return by_provider if self.provider_at else "Set a password first"

    @property
    def provider_at(self) -> str:
        """Where who came by single sign-on and has nothing else here proves it."""
        member = getattr(self.request, "membership", None)
        if self.fields or member is None or not came_by_sign_on(self.request, member):
            return ""
        if not works_here_alone(member.organization_id, member):
            return ""
        return reverse("start_sign_on", args=[member.organization_id])

    def _check(self, name: str, given: str) -> None:
        if name == "password":
            prove_by_password(self.request, given)
        elif name == "code":
            prove_by_code(self.request, self.user, given, again=self.again)
        else:
            credential = passkeys.read(given)
            prove_by_passkey(self.request, self.user, credential, again=self.again)


class StepForm(ProofForm):
    """The second step of a sign-in, which begins with the right password."""

    def __init__(self, request: HttpRequest, stage: LoginStage, data: Any) -> None:
        super().__init__(request, stage.login.user, data, again=False)
        self.stage = stage
