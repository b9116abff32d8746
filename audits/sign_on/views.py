"""The pages that lead to the provider of an organization, and back from it."""

import logging
from http import HTTPStatus
from uuid import UUID

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods
from django_scopes import scope

from audits.access.directory import provider_for, provider_of_organization
from audits.access.members import lacks_sign_on, signed_in_only
from audits.confirming.known_devices import remembers_device
from audits.identity.asserted import NotProved
from audits.identity.outside import NotAsked
from audits.limits import SIGN_ONS, client_address, too_many
from audits.models import Membership, SignOnProvider
from audits.plain_forms import PlainForm
from audits.services.people.sign_in_limits import TooManyAttempts
from audits.services.single_sign_on.joining import NotLetIn, let_in
from audits.services.single_sign_on.providers import NoSecret
from audits.sign_on.arriving import AnotherPerson, arrive
from audits.sign_on.begun import Begun, forget
from audits.sign_on.protocols import protocol_of

logger = logging.getLogger(__name__)


class AddressForm(PlainForm):
    """The address whose domain leads to a provider."""

    email = forms.EmailField(
        label="Email address",
        help_text="The one of your organization.",
        widget=forms.EmailInput({"autocomplete": "username"}),
        error_messages={
            "required": "Enter your email address",
            "invalid": "Enter an address such as ada@firm.example",
        },
    )


@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and lead to the provider of its domain."""
    if request.user.is_authenticated:
        return redirect("use_cases")
    given = request.POST or request.GET
    page = _own_page(given.get(REDIRECT_FIELD_NAME, ""))
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        provider = provider_for(form.cleaned_data["email"])
        if provider:
            return _answer(request, "going", {"provider": provider, "page": page})
        form.add_error("email", "No organization with this domain has single sign-on")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _answer(request, "find", {"form": form, "page": page}, status)


@signed_in_only
@require_GET
def first(request: HttpRequest) -> HttpResponse:
    """Say that single sign-on is required, and lead to it."""
    member: Membership | None = getattr(request, "membership", None)
    if member is None or not lacks_sign_on(request, member):
        return redirect("use_cases")
    provider = SignOnProvider.objects.filter(organization=member.organization).first()
    return _answer(request, "first", {"provider": provider})


@require_GET
def start(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """Send a browser to a provider, with what it comes back by."""
    provider = provider_of_organization(organization_id)
    if refusal := SIGN_ONS.refusal(client_address(request)):
        return too_many(request, refusal)
    page = _own_page(request.GET.get(REDIRECT_FIELD_NAME, ""))
    again = request.user.is_authenticated and "again" in request.GET
    try:
        begun, address = protocol_of(provider).begin(page=page, again=again)
    except (NotAsked, NoSecret) as refused:
        return _refused(request, provider, "unreachable", refused)
    response = redirect(address)
    begun.keep(response)
    add_never_cache_headers(response)
    return response


@remembers_device
@require_GET
def back(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """Let in who came back from a provider."""
    provider = provider_of_organization(organization_id)
    begun = Begun.of(request, provider, request.GET.get("state", ""))
    if begun is None:
        return _refused(request, provider, "begin again")
    try:
        who = protocol_of(provider).who_came(request.GET, begun)
        with scope(organization=provider.organization):
            person = let_in(provider=provider, who=who)
        response = arrive(request, provider, person, begun)
    except NotLetIn as refused:
        return _refused(request, provider, refused.why)
    except AnotherPerson:
        return _refused(request, provider, "signed in as another")
    except TooManyAttempts as refused:
        return _refused(request, provider, str(refused))
    except NotProved as refused:
        return _refused(request, provider, "not proved", refused)
    except (NotAsked, NoSecret) as refused:
        return _refused(request, provider, "unreachable", refused)
    forget(response)
    return response


def _own_page(page: str) -> str:
    """Return a page of ours; nothing leads to another site."""
    return page if page and get_adapter().is_safe_url(page) else ""


_STATUS = {
    "unreachable": HTTPStatus.BAD_GATEWAY,
    "begin again": HTTPStatus.BAD_REQUEST,
    "not proved": HTTPStatus.BAD_REQUEST,
}


def _refused(
    request: HttpRequest,
    provider: SignOnProvider,
    why: str,
    error: Exception | None = None,
) -> HttpResponse:
    """Say why somebody is not let in; the log has what the provider did."""
    logger.warning(
        "single sign-on of organization %s refused: %s (%s)",
        provider.organization_id,
        why,
        error or "no fault",
    )
    status = _STATUS.get(why, HTTPStatus.FORBIDDEN)
    response = _answer(request, "refused", {"why": why, "provider": provider}, status)
    if why != "begin again":  # an answer that somebody else sent ends no sign-in
        forget(response)
    return response


def _answer(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context["redirect_field_name"] = REDIRECT_FIELD_NAME
    response = render(request, f"sign_on/{template}.html", context, status=status)
    add_never_cache_headers(response)
    return response
