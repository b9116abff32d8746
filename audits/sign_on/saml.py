"""What a provider that speaks SAML needs: where it sends its form, and our metadata."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from django_scopes import scope

from audits.models import SignOnProvider
from audits.services.single_sign_on.addresses import entity_address, form_address
from audits.services.single_sign_on.joining import let_in
from audits.sign_on.begun import Arrived, BeginAgain, Begun
from audits.sign_on.protocols import protocol_of
from audits.sign_on.refusing import tells_why


@csrf_exempt
@require_POST
@tells_why
def take_form(request: HttpRequest, provider: SignOnProvider) -> HttpResponse:
    """Take the form that a provider's page sends, in answer to what was asked.

    It comes from another site, so a browser sends no session with it: its person is
    signed in on the page that follows. What nobody asked for is refused.
    """
    if not provider.is_saml:
        raise BeginAgain
    begun = Begun.of(request, provider, request.POST.get("RelayState", ""))
    who = protocol_of(provider).who_came(request.POST, begun)
    with scope(organization=provider.organization):
        person = let_in(provider=provider, who=who)
    there = reverse("end_sign_on", args=[provider.organization_id])
    response = redirect(there, preserve_request=False)
    Arrived(
        provider=str(provider.organization_id),
        person=person.pk,
        page=begun.page,
        again=begun.again,
        once=secrets.token_hex(16),
    ).keep(response)
    return response


@require_GET
@tells_why
def metadata(request: HttpRequest, provider: SignOnProvider) -> HttpResponse:
    """Send what a provider reads of Attune."""
    if not provider.is_saml:
        message = "No such provider"
        raise Http404(message)
    organization = provider.organization
    context = {
        "entity_id": entity_address(organization),
        "form_at": form_address(organization),
    }
    kind = "application/samlmetadata+xml"
    return render(request, "sign_on/metadata.xml", context, content_type=kind)
