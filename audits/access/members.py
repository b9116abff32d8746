"""Who has access: members, and what a role lets them do."""

from collections.abc import Callable
from functools import partial, wraps
from http import HTTPStatus
from typing import Any, NoReturn, cast
from urllib.parse import urlsplit
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import (
    Exists,
    F,
    OuterRef,
    QuerySet,
    StringAgg,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Concat
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails
from django_scopes import scopes_disabled

from audits.access.opened_pages import is_of_another, refuse_page_of_another
from audits.access.owned import owned
from audits.access.several import (
    offer_switch,
    refuse_form_of_another,
    vouches_in,
)
from audits.held_forms import let_go_of_sent, sign_in_page
from audits.models import Invitation, LandscapeFile, Membership, Role, TeamRole, User
from audits.models.queries.written_once import written_once
from audits.services.people.factors.factors import FACTORS


class MemberRequest(HttpRequest):
    """A request from a signed-in person who belongs to an organization."""

    user: User
    membership: Membership
    htmx: HtmxDetails


NEEDS_FACTOR = "Your organization requires a second factor, and you have none."
NEEDS_SIGN_ON = "Your organization requires single sign-on."
_MOST_TOLD = 5

# How a session says that its person came from a provider.
BY_PROVIDER = "provider"

type View = Callable[..., HttpResponseBase]


def membership_of(user: User) -> Membership | None:
    """Return the membership a person works under, or None.

    It runs before a scope is open. Its `landscape` is the SHA-256 of the operator's
    market facts, so that a request needs no query of its own for it; None or empty
    without them. One that ended is none: this is the one place that decides. Of
    several, it is the one they chose last; the same query reads the others.
    """
    with scopes_disabled():
        own = [*_memberships(user=user)]
    for each in own:
        each.user = user  # read already
    if not own:
        return None
    found: Membership = own[0]
    found.others = own[1:]
    return found


def member_who_asks(request: HttpRequest) -> Membership | None:
    """Return the membership of who is signed in, or None.

    Who joined another organization since their row was read is signed out: their
    sessions ended with that (decision 0190), and this one may be of somebody else.
    """
    if not isinstance(request.user, User):
        return None
    member = membership_of(request.user)
    if member and vars(member)["drops"] != request.user.vouched_drops:
        request.session.flush()
        request.user, member = AnonymousUser(), None
    return member


@written_once
def _memberships(*, user: User) -> "QuerySet[Membership]":
    landscape = Subquery(LandscapeFile.objects.values("sha256"))
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=FACTORS)
    with scopes_disabled():
        found = Membership.objects.select_related("organization").filter(user=user)
        found = found.annotate(
            landscape=landscape,
            has_factor=Exists(factors),
            drops=F("user__vouched_drops"),
            team_roles_text=Subquery(_team_roles()),
        )
        return found.order_by(F("chosen_at").desc(nulls_last=True), "pk")


def _team_roles() -> "QuerySet[Any]":
    """Return the roles of single teams of a membership, as one text."""
    own = TeamRole.objects.filter(membership=OuterRef("pk")).order_by()
    pair = Concat("team_id", Value(":"), "role", output_field=TextField())
    texts = own.values("membership").annotate(text=StringAgg(pair, Value(" ")))
    return texts.values("text")


def signed_in_only(view: View) -> View:
    """Let people through who are signed in, whether or not they are members.

    It refuses a form from a page that was made for somebody else.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        user = request.user
        if is_of_another(request.POST, user):
            return refuse_page_of_another(request, user)
        response = view(request, *args, **kwargs)
        let_go_of_sent(request, response)
        return response

    return guarded


def members_only(view: View) -> View:
    """Let members through; others must sign in or be invited first.

    So must a member without a second factor set one up, where the organization requires
    it, and one who came with a password come by single sign-on. It refuses a form from
    a page that was made for somebody else.
    """

    @signed_in_only
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member: Membership | None = getattr(request, "membership", None)
        if member is None:
            return _without_organization(request)
        if first := _comes_first(request, member, view):
            return first
        if not (member.sees_all or getattr(view, "is_for_readers", False)):
            _refuse_reader(kwargs)
        try:
            return view(cast("MemberRequest", request), *args, **kwargs)
        except Http404:
            may_work_in = partial(_may_work_in, request, view)
            if offered := offer_switch(request, view, args, kwargs, may_work_in):
                return offered
            raise

    return guarded


def _comes_first(
    request: HttpRequest, member: Membership, view: View
) -> HttpResponseBase | None:
    """Return what a member gets instead of a page, if anything comes before it.

    Raises:
        PermissionDenied: They came by the provider of another organization alone.
    """
    refuse_provider_of_another(request, member)
    if lacks_sign_on(request, member):
        return _to(request, "sign_on_first", f"{NEEDS_SIGN_ON} Sign in with it at")
    if lacks_factor(request, member):
        return _to(request, "second_factor_first", f"{NEEDS_FACTOR} Set one up at")
    if member.organization.closed_at and not getattr(view, "is_for_closed", False):
        return _to(request, "close_organization", "Your organization is closed, see")
    return refuse_form_of_another(request, member)


def refuse_provider_of_another(request: HttpRequest, member: Membership) -> None:
    """Refuse who came by the provider of another organization alone."""
    if came_by_provider_alone(request) and not came_by_sign_on(request, member):
        message = (
            "You signed in with the provider of another organization. To work with "
            f"{member.organization}, sign out, and sign in with your password."
        )
        raise PermissionDenied(message)


def _may_work_in(request: HttpRequest, view: View, other: Membership) -> bool:
    """Return whether nothing comes first in another organization of a member."""
    try:
        return _comes_first(request, other, view) is None
    except PermissionDenied:
        return False


def for_readers[V: View](view: V) -> V:
    """Mark a page that board readers get, too."""
    view.is_for_readers = True  # type: ignore[attr-defined]
    return view


def for_closed[V: View](view: V) -> V:
    """Mark a page that administrators get while their organization is closed, too."""
    view.is_for_closed = True  # type: ignore[attr-defined]
    return view


def _refuse_reader(ids: dict[str, Any]) -> NoReturn:
    """Refuse a board reader, who learns of no id whether it is known."""
    message = "You see the papers and packs that were shared with you."
    if ids:
        raise Http404(message)
    raise PermissionDenied(message)


def invitations_of(request: HttpRequest) -> list[Invitation]:
    """Return the newest invitations that a person has not answered, of any place.

    Those of another organization are for whom their own password let in: who came by a
    provider, or by what it let somebody set, needs the link that their address got.
    """
    person = cast("User", request.user)
    with scopes_disabled():
        rows = Invitation.objects.unanswered().filter(email=person.email)
        own = list(rows.select_related("by", "organization")[:_MOST_TOLD])
    if person.vouched_password or came_by_what_a_provider_set(request):
        return [each for each in own if _is_of_provider(request, each)]
    return own


def may_accept(request: HttpRequest, invitation: Invitation) -> bool:
    """Return whether a session may accept an invitation of its person by its link.

    A provider speaks for its own organization: who runs it joins no other in the name
    of somebody who has no part in it.
    """
    here = _is_of_provider(request, invitation)
    return here or not came_by_provider_alone(request)


def _is_of_provider(request: HttpRequest, invitation: Invitation) -> bool:
    proofs = get_authentication_records(request, request.user)
    return any(vouches_in(proof, invitation) for proof in proofs)


def ended_of(person: User) -> list[Membership]:
    """Return the memberships that a person had and lost, the latest first."""
    with scopes_disabled():
        own = Membership.ever.filter(user=person, ended_at__isnull=False)
        return list(own.select_related("organization").order_by("-ended_at"))


def may_found(person: User) -> bool:
    """Return whether somebody may make an organization, their first or one more.

    Not who was deactivated in one of this installation, unless its operator allows it:
    they would work on, unseen by those who let them go.
    """
    if not settings.FOUNDING_ALLOWED:
        return False
    ended = [each for each in ended_of(person) if not each.organization.closed_at]
    return settings.FOUNDING_AFTER_LEAVING or not ended


def _without_organization(request: HttpRequest) -> HttpResponse:
    """Say who can let in somebody without an organization: who invited them, if any."""
    person = cast("User", request.user)
    context = {
        "invitations": invitations_of(request),
        "ended": ended_of(person)[:_MOST_TOLD],
        "may_found": may_found(person),
    }
    status = HTTPStatus.FORBIDDEN
    return render(request, "people/no_organization.html", context, status=status)


def lacks_factor(request: HttpRequest, member: Membership) -> bool:
    """Return whether a member has to set up a second factor before anything else.

    Not who came by single sign-on, where the organization says that it is two.
    """
    organization = member.organization
    if not organization.requires_second_factor or getattr(member, "has_factor", False):
        return False
    by_provider = came_by_sign_on(request, member)
    return not (organization.sign_on_has_factor and by_provider)


def lacks_sign_on(request: HttpRequest, member: Membership) -> bool:
    """Return whether a member has to sign in by single sign-on before anything else."""
    required = member.organization.requires_single_sign_on
    return required and not came_by_sign_on(request, member)


def came_by_sign_on(request: HttpRequest, member: Membership) -> bool:
    """Return whether this session is by the provider of the member's organization."""
    return any(
        proof["method"] == BY_PROVIDER and vouches_in(proof, member)
        for proof in get_authentication_records(request, member.user)
    )


def came_by_provider_alone(request: HttpRequest) -> bool:
    """Return whether nothing but a provider let somebody in."""
    proofs = get_authentication_records(request, request.user)
    return bool(proofs) and all(x["method"] == BY_PROVIDER for x in proofs)


def came_by_what_a_provider_set(request: HttpRequest) -> bool:
    """Return whether a provider, and at most what it may have set, let somebody in.

    Once it set something, only a password tells who it is, and not in a session that
    it began: all else may be what it set (decision 0190).
    """
    proofs = get_authentication_records(request, request.user)
    methods = {each["method"] for each in proofs}
    is_theirs = "password" in methods and BY_PROVIDER not in methods
    is_noted = cast("User", request.user).vouched_since is not None
    return came_by_provider_alone(request) or (is_noted and not is_theirs)


def _to(request: HttpRequest, name: str, words: str) -> HttpResponseBase:
    """Lead a browser to a page that comes first; tell a program in words."""
    page = reverse(name)
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(page)
    if "text/html" in request.headers.get("Accept", ""):
        return redirect(page)
    words = f"{words} {settings.SITE_URL}{page}\n"
    return HttpResponse(words, status=HTTPStatus.FORBIDDEN, content_type="text/plain")


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """Ask for a sign-in, which leads back to this page.

    A page must not lose what it was sending. On a page that saves automatically, the
    person signs in again in place; the sign-in page carries what a whole form sent.
    """
    if getattr(request, "htmx", None):
        if request.method == "POST":
            return render(request, "people/sign_in_again.html", status=401)
        back = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        return HttpResponseClientRedirect(redirect_to_login(back)["Location"])
    if request.POST or request.FILES:
        return sign_in_page(request)
    return redirect_to_login(request.get_full_path())


def require_contributor(member: Membership) -> None:
    """Refuse a member who may only read."""
    if not member.may_contribute:
        message = (
            "You can read this but not change it. Ask an administrator for the "
            "contributor role."
        )
        raise PermissionDenied(message)


def require_registering(member: Membership) -> None:
    """Refuse a member who may register a use case in no team."""
    if not member.may_register:
        require_contributor(member)


def require_reviewer(member: Membership) -> None:
    """Refuse a member who may not share papers and packs."""
    if not member.may_review:
        message = "Only a reviewer or an administrator can share papers and packs."
        raise PermissionDenied(message)


def member_for_managing(member: Membership, person_id: UUID) -> Membership:
    """Return a membership in an administrator's organization, even one that ended.

    404 for anybody who never belonged to it, or 403.
    """
    rows = Membership.ever.select_related("user").filter(user__public_id=person_id)
    found = owned(member, rows.first(), "member")
    require_administrator(member)
    return found


def require_administrator(member: Membership) -> None:
    """Refuse a member who does not look after the whole organization."""
    if member.role != Role.ADMIN:
        message = "Only an administrator of your organization can see this page."
        raise PermissionDenied(message)
