"""Whether somebody just proved who they are, and asking for it where they did not.

A session that somebody left open is not enough for what is personal or lets others in.
A sign-in counts, as do a new account and each later proof, for five minutes.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account import app_settings
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from audits.access.directory import decides_alone
from audits.access.members import BY_PROVIDER, sign_in_first
from audits.access.sent_forms import back_to
from audits.access.several import vouches_in, works_here_alone
from audits.held_forms import hold
from audits.models import Organization, User
from audits.services.people.factors.factors import Factors
from audits.services.people.factors.vouched import note_vouched
from audits.services.people.sign_in_log import kind_of, log_proof

type View = Callable[..., HttpResponseBase]

_PROOFS = ("password", "mfa", BY_PROVIDER)


def is_fresh(request: HttpRequest, *, here: bool = False) -> bool:
    """Return whether the person just signed in, or proved again who they are.

    A password alone does not show it of somebody who has a second factor, nor does a
    provider whose organization does not say that it is two. A provider shows it only if
    it was asked to let them sign in again, and not of who has another organization, for
    which nobody chose it.

    Args:
        request: The request.
        here: Whether it opens only what is of the organization that the person works
            in. Then one that they left does not count; what opens their account would
            open that, too, once it lets them in again.
    """
    user = request.user
    if not user.is_authenticated:
        return False
    has_factor = Factors.of(user).is_there
    proofs = [
        proof
        for proof in get_authentication_records(request, user)
        if proof["method"] in _PROOFS
        and (proof["method"] != BY_PROVIDER or _counts(proof, request, here=here))
    ]
    if has_factor:
        proofs = [r for r in proofs if r["method"] == "mfa" or r.get("is_two")]
    latest = max((r["at"] for r in proofs), default=0)
    if time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT:
        return True
    # A person of the demo has nothing to prove it with.
    return settings.DEMO and not has_factor and not user.has_usable_password()


def _counts(proof: dict[str, Any], request: HttpRequest, *, here: bool) -> bool:
    member = getattr(request, "membership", None)
    if member is None or not proof.get("reauthenticated"):
        return False
    if not vouches_in(proof, member):
        return False
    if here:
        return works_here_alone(member.organization_id, member)
    return decides_alone(member.organization_id, member.user)


def proved_by_password(request: HttpRequest) -> None:
    """Note that the person just entered their password; their session has a new key."""
    request.session.cycle_key()
    log_proof(request.user.pk, "password")
    record_authentication(
        request,
        request.user,
        method="password",
        reauthenticated=True,
    )


def proved_by_new_account(request: HttpRequest, user: User) -> None:
    """Note that a person just chose the password of an account that was none before."""
    record_authentication(request, user, method="password")


def proved_by_provider(
    request: HttpRequest, user: User, organization: Organization, *, again: bool
) -> None:
    """Note that the person just came from the provider of an organization."""
    if request.user.is_authenticated:
        log_proof(user.pk, kind_of({"method": BY_PROVIDER}))
    record_authentication(
        request,
        user,
        method=BY_PROVIDER,
        organization=str(organization.pk),
        is_two=organization.sign_on_has_factor,
        reauthenticated=again,
    )


def fresh_only(view: View) -> View:
    """Let a person through who just proved who they are; others are asked first.

    A form whose view may be held (`held_as`) comes back after that, to be sent.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        if is_fresh(request):
            return view(request, *args, **kwargs)
        return ask_to_confirm(request)

    return guarded


def changes_sign_in(view: View) -> View:
    """Let a person change how they sign in, as `fresh_only` does, one at a time.

    What is set in a session that a provider began opens no other organization.
    """

    @one_at_a_time
    @fresh_only
    @wraps(view)
    def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = cast("User", request.user)  # nobody else comes through
        proofs = get_authentication_records(request, user)
        is_vouched = any(each["method"] == BY_PROVIDER for each in proofs)
        if request.method == "POST" and is_vouched:
            note_vouched(user=user)
        return view(request, *args, **kwargs)

    return noted


def one_at_a_time(view: View) -> View:
    """Let a form of how a person signs in wait for what changes that meanwhile.

    Their row is locked until the form has stored all or nothing. What a request knows
    of them is then read again: they may have joined another organization, and this
    session may have ended with that.
    """

    @wraps(view)
    def in_turn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not isinstance(request.user, User):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            locked = User.objects.select_for_update(no_key=True)
            request.user.refresh_from_db(from_queryset=locked)
            let_go_if_ended(request)
            return view(request, *args, **kwargs)

    return in_turn


def let_go_if_ended(request: HttpRequest) -> None:
    """Sign out here, too, if this request ended all sessions of its person."""
    if not request.session.exists(request.session.session_key or ""):
        request.session.flush()
        request.user = AnonymousUser()
        vars(request)["membership"] = None


def ask_to_confirm(request: HttpRequest, about: str = "") -> HttpResponseBase:
    """Lead to the page that asks for a proof, and from there back.

    Args:
        request: The request.
        about: Whom or what the form changes, for the page that offers to send it.
    """
    page = request.get_full_path()
    if request.method == "POST":
        page = hold(request, about) or back_to(request)
    asks = redirect_to_login(page, reverse("account_reauthenticate"))
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(asks["Location"])
    return asks
