"""The page on which an administrator sets single sign-on up."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audits.access.directory import (
    domain_for_managing,
    group_for_managing,
    token_for_managing,
)
from audits.access.members import (
    MemberRequest,
    came_by_sign_on,
    members_only,
    require_administrator,
)
from audits.confirming.fresh import fresh_only
from audits.limits import SIGN_ONS, too_many
from audits.models import DirectoryGroup, MailDomain, ProvisioningToken
from audits.organization.pages import show
from audits.organization.single_sign_on.forms import (
    DomainForm,
    GroupForm,
    ProviderForm,
    RulesForm,
    SamlForm,
)
from audits.organization.sure import SURE, ask, ask_about, of_mapping
from audits.services.single_sign_on.addresses import (
    back_address,
    directory_address,
    entity_address,
    form_address,
)
from audits.services.single_sign_on.domains import add_domain, remove_domain
from audits.services.single_sign_on.groups import (
    map_group,
    outside_groups,
    unmap_group,
)
from audits.services.single_sign_on.providers import (
    FromEnvironment,
    StillRequired,
    provider_of,
    refuse_provider,
    remove_provider,
    require_single_sign_on,
    save_provider,
)
from audits.services.single_sign_on.tokens import make_token, revoke_token

_REFUSED = "Your operator set the provider up, so it is not changed here"
_LOCKED_OUT = (
    "Sign in with your organization once yourself first, so that it is sure to work"
)
_REQUIRED = "Let members sign in with a password first"


@members_only
@require_http_methods(["GET", "POST"])
def single_sign_on(request: MemberRequest) -> HttpResponseBase:
    """Show the provider, the domains, the groups and the rules; change one of them."""
    require_administrator(request.membership)
    return _for_who_is_fresh(request)


@fresh_only
def _for_who_is_fresh(request: MemberRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _page(request)
    does = _DO.get(request.POST.get("do", ""))
    if does is None:
        return redirect("single_sign_on")
    return ask(request, _id_in(request)) or does(request)


def _page(
    request: MemberRequest, form: forms.Form | None = None, **forms_of_it: Any
) -> HttpResponse:
    organization = request.membership.organization
    provider = provider_of(organization)
    saml = provider if provider and provider.is_saml else None
    context = {
        "form": form,
        "provider": provider,
        "outside": outside_groups(provider),
        "provider_form": ProviderForm(None if saml else provider),
        "saml_form": SamlForm(organization, saml, None),
        "form_at": form_address(organization),
        "entity_id": entity_address(organization),
        "rules_form": RulesForm.of(organization),
        "domain_form": DomainForm(),
        "group_form": GroupForm(),
        "domains": MailDomain.objects.all(),
        "groups": DirectoryGroup.objects.all(),
        "back": back_address(organization),
        "directory": directory_address(organization),
        "tokens": ProvisioningToken.objects.filter(revoked_at=None),
        **forms_of_it,
    }
    return show(request, "single_sign_on", "organization_sign_in", context)


def _save_provider(request: MemberRequest) -> HttpResponseBase:
    if refusal := SIGN_ONS.refusal(request.user.pk):
        return too_many(request, refusal)
    organization = request.membership.organization
    provider, is_saml = provider_of(organization), request.POST["do"] == "saml"
    form: ProviderForm | SamlForm = (
        SamlForm(organization, provider, request.POST)
        if is_saml
        else ProviderForm(provider, request.POST)
    )
    if form.is_valid():
        try:
            save_provider(
                organization=organization,
                by=request.user,
                changed=form.columns,
                secret=form.cleaned_data.get("secret", ""),
            )
        except FromEnvironment:
            form.add_error(None, _REFUSED)
        else:
            return _said(request, "The provider is saved.")
    _note_refusal(request, form, "metadata" if is_saml else "issuer")
    return _page(request, form, **{"saml_form" if is_saml else "provider_form": form})


def _note_refusal(
    request: MemberRequest, form: ProviderForm | SamlForm, field: str
) -> None:
    """Record that a provider which was entered could not be saved."""
    entered, why = form[field].data, form.errors.get(field) or form.non_field_errors()
    if entered and why:
        refuse_provider(
            organization=request.membership.organization,
            by=request.user,
            issuer=entered if field == "issuer" else "",
            why=str(why[0]),
        )


def _remove_provider(request: MemberRequest) -> HttpResponseBase:
    organization = request.membership.organization
    try:
        remove_provider(organization=organization, by=request.user)
    except (FromEnvironment, StillRequired) as refused:
        is_required = isinstance(refused, StillRequired)
        messages.warning(request, f"{_REQUIRED if is_required else _REFUSED}.")
        return redirect("single_sign_on")
    return _said(request, "The provider is removed.")


def _save_rules(request: MemberRequest) -> HttpResponseBase:
    organization = request.membership.organization
    form = RulesForm(request.POST)
    if form.is_valid():
        required = form.cleaned_data["required"]
        if required and not came_by_sign_on(request, request.membership):
            form.add_error("required", _LOCKED_OUT)
            return _page(request, form, rules_form=form)
        require_single_sign_on(
            organization=organization, by=request.user, **form.cleaned_data
        )
        return _said(request, "The rules are saved.")
    return _page(request, form, rules_form=form)


def _add_domain(request: MemberRequest) -> HttpResponseBase:
    form = DomainForm(request.POST)
    if form.is_valid():
        try:
            added = add_domain(
                organization=request.membership.organization,
                by=request.user,
                domain=form.cleaned_data["domain"],
            )
        except ValidationError as refused:
            form.add_error("domain", refused.messages[0])
        else:
            return _said(request, f"{added} is added. It counts once it is proved.")
    return _page(request, form, domain_form=form)


def _remove_domain(request: MemberRequest) -> HttpResponseBase:
    found = domain_for_managing(request.membership, _id_in(request))
    remove_domain(domain=found, by=request.user)
    return _said(request, f"{found} is removed.")


def _map_group(request: MemberRequest) -> HttpResponseBase:
    form = GroupForm(request.POST)
    if form.is_valid():
        asked = of_mapping(request, **form.cleaned_data)
        if asked and SURE not in request.POST:
            return ask_about(request, asked, {"do": "group", **form.cleaned_data})
        try:
            map_group(
                organization=request.membership.organization,
                by=request.user,
                **form.cleaned_data,
            )
        except ValidationError as refused:
            form.add_error("name", refused.messages[0])
        else:
            has_one = provider_of(request.membership.organization) is not None
            when = "now" if has_one else "once there is a provider"
            return _said(request, f"“{form.cleaned_data['name']}” gives a role {when}.")
    return _page(request, form, group_form=form)


def _unmap_group(request: MemberRequest) -> HttpResponseBase:
    found = group_for_managing(request.membership, _id_in(request))
    unmap_group(group=found, by=request.user)
    return _said(request, f"“{found}” gives no role now.")


def _make_token(request: MemberRequest) -> HttpResponseBase:
    """Show a new token, on this page alone."""
    organization = request.membership.organization
    try:
        token = make_token(organization=organization, by=request.user)
    except ValidationError as refused:
        messages.warning(request, f"{refused.messages[0]}.")
        return redirect("single_sign_on")
    return _page(request, token=token)


def _revoke_token(request: MemberRequest) -> HttpResponseBase:
    found = token_for_managing(request.membership, _id_in(request))
    revoke_token(token=found, by=request.user)
    return _said(request, "The token opens nothing now.")


def _id_in(request: MemberRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("of", ""))
    except ValueError:
        return None


def _said(request: MemberRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("single_sign_on")


_DO: dict[str, Callable[[MemberRequest], HttpResponseBase]] = {
    "provider": _save_provider,
    "saml": _save_provider,
    "remove provider": _remove_provider,
    "rules": _save_rules,
    "domain": _add_domain,
    "remove domain": _remove_domain,
    "group": _map_group,
    "unmap": _unmap_group,
    "token": _make_token,
    "revoke": _revoke_token,
}
