"""Sign-in by invitation only, with protection against guessing."""

from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from audits.access.members import may_found, membership_of
from audits.confirming.known_devices import is_known_device
from audits.limits import client_address
from audits.models import User
from audits.people.tasks import warn_owner
from audits.services.people.sign_in_limits import (
    TooManyAttempts,
    begin_attempt,
    count_sign_in,
    require_few_sign_ins,
    take_back,
)


class InvitedPeopleOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Lets only invited people in: nobody can sign up alone."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is wrong.",
        "enter_current_password": "This is not your current password.",
    }

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Add no message: each page itself says what happened."""

    def reauthenticate(self, user: User, password: str) -> bool:
        """Check a password as a sign-in does, with its limit of attempts."""
        found = self._checked(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_safe_url(self, url: str) -> bool:
        """Return whether a page may lead there; not where no address can be read."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:  # such as "//[", the beginning of an IPv6 address
            return False

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the one page that asks again who somebody is, by any way they have."""
        return [{"id": "reauthenticate", "url": reverse("account_reauthenticate")}]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead who has no organization to where they make one; a reader to theirs."""
        person = cast("User", request.user)
        member = membership_of(person)
        if member is None and may_found(person):
            return reverse("found")
        if member and not member.sees_all:
            return reverse("shared_with_me")
        return str(super().get_login_redirect_url(request))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check a password, within the limits of attempts and of sign-ins.

        Known and unknown accounts take the same steps.
        """
        email = credentials.get("email", "")
        try:
            require_few_sign_ins(account=email)
        except TooManyAttempts as refusal:
            raise ValidationError(str(refusal)) from refusal
        user = self._checked(request, **credentials)
        if user:
            count_sign_in(account=email)
        return user

    def _checked(self, request: HttpRequest, **credentials: Any) -> Any:
        email = credentials.get("email", "")
        try:
            attempt = begin_attempt(
                what="sign-in",
                account=email,
                address=client_address(request),
                is_known_device=is_known_device(request, email),
            )
        except TooManyAttempts as refusal:
            raise ValidationError(str(refusal)) from refusal
        user = super().authenticate(request, **credentials)
        if user:
            take_back(attempt)
        elif attempt.is_one_of_many:
            found = User.objects.filter(email=email.lower())
            warn_owner.enqueue(found.values_list("pk", flat=True).first())
        return user
