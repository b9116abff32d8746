"""The forms for signing in and for passwords: allauth's, in our own words."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    UserTokenForm,
)
from django.db import transaction
from django.forms import Form

from audits.models import User

_EMAIL = "Email address"
_NEW = {"password1": "New password", "password2": "New password, once more"}


def _label(form: Form, **labels: str) -> None:
    """Label fields, and leave out placeholders, which only repeat a label."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]
    """Asks for the email address and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stay = "Stay signed in"
        _label(self, login=_EMAIL, password="Password", remember=stay)  # noqa: S106 - a label


class AskToResetForm(ResetPasswordForm):  # type: ignore[misc]
    """Asks where to send the link for a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, email=_EMAIL)


class UsedLink(Exception):  # noqa: N818 - the state it is in, not a fault
    """Somebody has set a password with this link meanwhile."""


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """Asks for the new password of a person who came by the link."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, **_NEW)

    @transaction.atomic
    def save(self) -> None:
        """Set the password, once: of several posts of one link, the first counts.

        Raises:
            UsedLink: Another came first.
        """
        people = User.objects.select_for_update(no_key=True)
        self.user = people.get(pk=self.user.pk)
        if not UserTokenForm.token_generator.check_token(self.user, self.temp_key):
            raise UsedLink
        super().save()


class FirstPasswordForm(SetPasswordForm):  # type: ignore[misc]
    """Asks for the password of a person who has none yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, **_NEW)


class OtherPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """Asks for the current password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, oldpassword="Current password", **_NEW)
