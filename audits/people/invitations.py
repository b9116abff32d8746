"""The page that the link of an invitation opens."""

from http import HTTPStatus
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST
from django_scopes import scope

from audits.access.invitations import invitation_by_secret
from audits.access.members import invitations_of, may_accept, signed_in_only
from audits.confirming.fresh import (
    fresh_only,
    let_go_if_ended,
    proved_by_new_account,
)
from audits.confirming.known_devices import remember_device
from audits.held_forms import held_as
from audits.models import Invitation, Role, User
from audits.models.fields.text import TypedText
from audits.services.organizations.invitations import (
    HasAccount,
    NotOpen,
    accept_as,
    accept_as_new,
)


class SignedInRequest(HttpRequest):
    """A request from somebody who is signed in."""

    user: User


_FIRST_PAGES = {Role.ADMIN: "members", Role.BOARD: "shared_with_me"}
_BY_PROVIDER = (
    "Your provider speaks for one organization alone. To belong to another one, sign "
    "out, and sign in with your password."
)
_HAS_ACCOUNT = "This address has an account already. Sign in below to accept"


class NewPersonForm(forms.Form):
    """The name and the password of somebody who has no account."""

    name = TypedText(
        max_length=80,
        label="Your name",
        help_text="As your colleagues know you.",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={
            "required": "Enter your name",
            "max_length": "Use 80 characters or fewer for your name",
        },
    )
    password1 = forms.CharField(
        label="Password",
        help_text="12 characters or more, and no common password.",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )
    password2 = forms.CharField(
        label="Password, once more",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Enter the password once more"},
    )

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_name(self) -> str:
        """Return the name in one line: the record and mails have it in theirs."""
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("password1")
        if password and cleaned.get("password2") not in {None, password}:
            self.add_error("password2", "Enter the same password twice")
        if password:
            person = User(email=self._email, name=cleaned.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as refused:
                self.add_error("password1", refused)
        return cleaned


@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, link: str) -> HttpResponse:
    """Say who invites to what, and make a member of who has the address."""
    response = _accept(request, invitation_by_secret(link))
    add_never_cache_headers(response)
    return response


def _accept(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    if found is None or found.state != "open":
        return _over(request, found.state if found else "unknown")
    with scope(organization=found.organization):
        try:
            if isinstance(request.user, User):
                return _as_member(request, found, request.user)
            return _as_visitor(request, found)
        except NotOpen as over:
            return _over(request, over.state)


def _as_member(request: HttpRequest, found: Invitation, person: User) -> HttpResponse:
    """Let who is signed in accept, if the invitation is theirs."""
    if person.email != found.email:
        return _over(request, "of_another")
    if not may_accept(request, found):
        raise PermissionDenied(_BY_PROVIDER)
    if request.method == "POST":
        accept_as(invitation=found, person=person)
        let_go_if_ended(request)
        return redirect(_first_page(found))
    return render(request, "people/invitation.html", {"invitation": found})


@held_as("Accept an invitation")
@signed_in_only
@fresh_only
@require_POST
def accept_own(request: SignedInRequest) -> HttpResponse:
    """Let who is signed in accept an invitation of their address without its link."""
    given = request.POST.get("invitation", "")
    own = (x for x in invitations_of(request) if str(x.public_id) == given)
    found = next(own, None)
    if found is None:
        message = "No such invitation"
        raise Http404(message)
    return _accept(request, found)


def _as_visitor(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Let who is new set a name and a password; who is not can sign in.

    The page is the same for both, and only who has the link can try.
    """
    posted = request.POST if request.method == "POST" else None
    form = NewPersonForm(found.email, posted)
    if form.is_valid():
        try:
            person = accept_as_new(
                invitation=found,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password1"],
            )
        except HasAccount:
            form.add_error(None, _HAS_ACCOUNT)
        else:
            proved_by_new_account(request, person)
            login(request, person, settings.AUTHENTICATION_BACKENDS[0])
            response = redirect(_first_page(found))
            remember_device(response, person.email)
            return response
    context = {"invitation": found, "form": form, "here": request.path}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "people/invitation.html", context, status=status)


def _first_page(found: Invitation) -> str:
    return _FIRST_PAGES.get(Role(found.role), "use_cases")


_STATUS = {
    "unknown": HTTPStatus.NOT_FOUND,
    "of_another": HTTPStatus.FORBIDDEN,
}


def _over(request: HttpRequest, why: str) -> HttpResponse:
    """Say why a link opens nothing; the page knows of no account."""
    status = _STATUS.get(why, HTTPStatus.GONE)
    return render(request, "people/invitation_over.html", {"why": why}, status=status)
