"""The pages that lead to the provider of an organization, and back from it."""

from contextlib import nullcontext
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods
from django_scopes import scope

from audits.access.directory import provider_for
from audits.access.members import lacks_sign_on, signed_in_only
from audits.confirming.known_devices import remembers_device
from audits.held_forms import FIELD
from audits.limits import SIGN_ONS, client_address, too_many
from audits.models import Membership, SignOnProvider, User
from audits.plain_forms import PlainForm
from audits.services.single_sign_on.joining import let_in
from audits.sign_on.arriving import arrive
from audits.sign_on.begun import Arrived, Begun, forget
from audits.sign_on.failing import counted_if_it_fails, ends_after_failures
from audits.sign_on.held import bring_back, context_of, keep_along
from audits.sign_on.protocols import protocol_of
from audits.sign_on.refusing import page as page_of
from audits.sign_on.refusing import tells_why


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
    # The sign-in page sends what it holds, and no address yet.
    is_sent = "email" in request.POST or FIELD not in request.POST
    is_sent = request.method == "POST" and is_sent
    form = AddressForm(request.POST if is_sent else None)
    if form.is_valid():
        provider = provider_for(form.cleaned_data["email"])
        if provider:
            context = {"provider": provider, "page": page}
            response = page_of(request, "going", context)
            keep_along(request, response, provider, page)
            return response
        form.add_error("email", "No organization with this domain has single sign-on")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "page": page, **context_of(request)}
    return page_of(request, "find", context, status)


@signed_in_only
@require_GET
def first(request: HttpRequest) -> HttpResponse:
    """Say that single sign-on is required, and lead to it."""
    member: Membership | None = getattr(request, "membership", None)
    if member is None or not lacks_sign_on(request, member):
        return redirect("use_cases")
    provider = SignOnProvider.objects.filter(organization=member.organization).first()
    return page_of(request, "first", {"provider": provider})


@require_GET
@tells_why
@ends_after_failures
def start(request: HttpRequest, provider: SignOnProvider) -> HttpResponse:
    """Send a browser to a provider, with what it comes back by."""
    if refusal := SIGN_ONS.refusal(client_address(request)):
        return too_many(request, refusal)
    page = _own_page(request.GET.get(REDIRECT_FIELD_NAME, ""))
    # Browsers say whose page led here; only a click on one of ours begins.
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return page_of(
            request, "going", {"provider": provider, "page": page, "waits": True}
        )
    again = request.user.is_authenticated and "again" in request.GET
    with counted_if_it_fails(request, provider):
        begun, address = protocol_of(provider).begin(page=page, again=again)
    response = redirect(address)
    begun.keep(response, sent_from_there=provider.is_saml)
    add_never_cache_headers(response)
    return response


@remembers_device
@require_GET
@tells_why
@ends_after_failures
def back(request: HttpRequest, provider: SignOnProvider) -> HttpResponse:
    """Let in who came back from a provider."""
    came: Begun | Arrived
    if provider.is_saml:
        came = Arrived.of(request, provider)
        person = get_object_or_404(User, pk=came.person, is_active=True)
    else:
        came = Begun.of(request, provider, request.GET.get("state", ""))
        # What the provider itself refused asks it for nothing.
        is_asked = "code" in request.GET and "error" not in request.GET
        asks = counted_if_it_fails(request, provider) if is_asked else nullcontext()
        with asks:
            who = protocol_of(provider).who_came(request.GET, came)
        with scope(organization=provider.organization):
            person = let_in(provider=provider, who=who)
    response = arrive(request, provider, person, came)
    response = bring_back(request, response, provider, person)
    forget(response)
    return response


def _own_page(page: str) -> str:
    """Return a page of ours; nothing leads to another site."""
    return page if page and get_adapter().is_safe_url(page) else ""
