"""Signing in, and setting a new password: allauth's pages with limits of our own."""

import time
from typing import Any

from allauth.account import views as allauth
from allauth.account.decorators import secure_admin_login
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from audits.access.members import lacks_factor
from audits.confirming.fresh import is_fresh, one_at_a_time
from audits.confirming.known_devices import (
    is_known_device,
    remember_device,
    remembers_device,
)
from audits.limits import PASSWORD_CHANGES, client_address, too_many
from audits.models import User
from audits.people.doors import ResetFromLink, SignIn
from audits.people.forms import AskToResetForm
from audits.people.tasks import send_link_to_reset
from audits.services.people.sign_in_limits import TooManyAttempts, begin_attempt

sign_in = remembers_device(SignIn.as_view())


class AddressForm(AskToResetForm):
    """An address; a known and an unknown one take the same steps."""

    def clean_email(self) -> str:
        """Search for no account, unlike allauth."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **_: Any) -> str:
        """Leave the email to a worker, so that it delays no answer."""
        email = str(self.cleaned_data["email"])
        found = User.objects.filter(email=email.lower(), is_active=True)
        send_link_to_reset.enqueue(found.values_list("pk", flat=True).first())
        return email


class AskToReset(allauth.PasswordResetView):  # type: ignore[misc]
    """Sends a link if the account exists; repeated requests wait longer either way."""

    form_class = AddressForm

    def form_valid(self, form: Any) -> HttpResponse:
        email = form.cleaned_data["email"]
        try:
            begin_attempt(
                what="password reset",
                account=email,
                address=client_address(self.request),
                is_known_device=is_known_device(self.request, email),
            )
        except TooManyAttempts as refusal:
            form.add_error("email", str(refusal))
            return self.form_invalid(form)  # type: ignore[no-any-return]
        return super().form_valid(form)  # type: ignore[no-any-return]


class Reset(ResetFromLink):
    """Sets a password with the link, and marks the device as known."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.reset_user is not None:
            remember_device(response, self.reset_user.email)
        return response


def change_password(request: HttpRequest) -> HttpResponseBase:
    """Change a password; a stolen session cannot try many old ones."""
    if request.method == "POST" and request.user.is_authenticated:
        refusal = PASSWORD_CHANGES.refusal(request.user.pk)
        if refusal:
            return too_many(request, refusal)
    return _change_password(request)


_change_password = one_at_a_time(allauth.password_change)


def back_office_password(request: HttpRequest) -> HttpResponse:
    """Redirect to the page with a limit and a record; Django's own has neither."""
    return redirect("account_change_password")


@secure_admin_login  # type: ignore[untyped-decorator]
def back_office_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to the sign-in page with limits; Django's own form has none.

    Who is signed in has to confirm that it is them.
    """
    member = getattr(request, "membership", None)
    if member is not None and lacks_factor(request, member):
        return redirect("second_factor_first")
    page = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
    asks = reverse("account_reauthenticate", query={REDIRECT_FIELD_NAME: page})
    return redirect(asks)


_IN_BACK_OFFICE = "back_office_at"
# Who was in the back office until then goes on without confirming it again.
_GOES_ON = 15 * 60  # seconds
_NOTED_EVERY = 60


def may_enter_back_office(request: HttpRequest) -> bool:
    """Return whether an operator may, who just confirmed that it is them.

    It stays open while it is used. A form that is sent from one of its pages is never
    refused for having taken long: nothing keeps what it says.
    """
    user = request.user
    if not (user.is_active and user.is_staff):
        return False
    member = getattr(request, "membership", None)
    if member is not None and lacks_factor(request, member):
        return False
    now, last = time.time(), request.session.get(_IN_BACK_OFFICE, 0)
    goes_on = now - last < _GOES_ON or (last and request.method == "POST")
    if not goes_on and not is_fresh(request):
        return False
    if now - last > _NOTED_EVERY:
        request.session[_IN_BACK_OFFICE] = now
    return True
