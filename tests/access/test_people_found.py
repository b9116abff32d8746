"""What is read of a person before any page: membership, factors, invitations, endings.

`python -m tests.mutation.access` removes each of its conditions.
"""

from typing import Any

import pytest
from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django_scopes import get_scope, scope, scopes_disabled
from pytest_django import Settings

from audits.access.members import (
    BY_PROVIDER,
    ended_of,
    invitations_of,
    may_accept,
    may_found,
    membership_of,
)
from audits.middleware import organization_scope
from audits.models import Invitation, Membership, Role, TeamRole, User
from audits.models.joining.invitations import LASTS
from audits.models.organizations import in_role
from audits.uploads.reading import places
from tests.casting import Cast, Tenant

pytestmark = pytest.mark.once
PASSED = {"method": "password"}


def _asked(person: User) -> HttpRequest:
    request = RequestFactory().get("/settings/")
    request.user, request.session = person, SessionBase()
    key = login._AUTHENTICATION_METHODS_USER_SESSION_KEY
    request.session[key] = user_id_to_str(person)
    return request


def _invited(of: Tenant, email: str) -> Invitation:
    with scope(organization=of.organization):
        return Invitation.objects.create(
            organization=of.organization,
            by=of.people[Role.ADMIN],
            email=email,
            role=Role.VIEWER,
            expires_at=timezone.now() + LASTS,
        )


def test_membership_is_read_with_the_factors_and_roles_of_its_person(
    cast: Cast,
) -> None:
    ours = cast.ours
    one, other = ours.contributor, ours.people[Role.VIEWER]
    for person, kind in ((one, "recovery_codes"), (other, "totp")):
        Authenticator.objects.create(user=person, type=kind, data={})
    with scope(organization=ours.organization):
        TeamRole.objects.create(
            organization=ours.organization,
            membership=other.memberships.get(),
            team=ours.team,
            role=Role.REVIEWER,
        )

        members = [
            {*Membership.objects.filter(in_role([role], team=ours.team))}
            for role in (Role.CONTRIBUTOR, Role.REVIEWER)
        ]
        assert [other.memberships.get() in each for each in members] == [False, True]

    read = [membership_of(person) for person in (one, other)]

    assert membership_of(cast.unassigned) is None
    assert [
        (x.user, vars(x)["has_factor"], x.team_roles) for x in read if x is not None
    ] == [(one, False, {}), (other, True, {ours.team.pk: "reviewer"})]


def test_who_belongs_nowhere_reads_their_own_invitations_that_wait(cast: Cast) -> None:
    ours, person = cast.ours, cast.unassigned
    waits, withdrawn = (_invited(each, person.email) for each in (ours, cast.theirs))
    _invited(ours, "else@example.org")
    with scopes_disabled():
        Invitation.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())

    request = _asked(person)
    assert invitations_of(request) == [waits]
    for by, told in ((cast.theirs, []), (ours, [waits])):
        proof = {"method": BY_PROVIDER, "organization": str(by.organization.pk)}
        for proofs, found in (
            ([proof], told),
            ([proof, PASSED], [waits]),
        ):
            request.session[login.AUTHENTICATION_METHODS_SESSION_KEY] = proofs
            assert invitations_of(request) == found
            assert may_accept(request, waits) == (found == [waits])


def test_what_a_provider_may_have_set_reads_no_invitation_of_another_organization(
    cast: Cast,
) -> None:
    person, theirs = cast.unassigned, cast.theirs.organization
    waits, request = _invited(cast.ours, person.email), _asked(person)
    proof = {"method": BY_PROVIDER, "organization": str(theirs.pk)}
    person.vouched_since = timezone.now()

    for person.vouched_password, proofs, found in (
        (False, [proof, PASSED], []),
        (False, [PASSED], [waits]),
        (True, [PASSED], []),
    ):
        request.session[login.AUTHENTICATION_METHODS_SESSION_KEY] = proofs
        assert invitations_of(request) == found
        assert may_accept(request, waits)


def test_who_was_let_go_founds_an_organization_only_where_that_is_allowed(
    cast: Cast, settings: Settings
) -> None:
    settings.FOUNDING_ALLOWED, settings.FOUNDING_AFTER_LEAVING = True, False
    ours, person, never = cast.ours, cast.ours.contributor, cast.unassigned
    with scopes_disabled():
        ended = Membership.objects.get(user=ours.people[Role.VIEWER])
        for each in (ended, own := Membership.objects.get(user=person)):
            each.ended_at = timezone.now()
            each.save()
        person.memberships.create(
            organization=cast.theirs.organization, role=Role.VIEWER
        )

    assert ended_of(person) == [own]
    assert (may_found(person), may_found(never)) == (False, True)
    settings.FOUNDING_AFTER_LEAVING = True
    assert may_found(person)
    settings.FOUNDING_ALLOWED = False
    assert not may_found(never)
    settings.FOUNDING_ALLOWED, settings.FOUNDING_AFTER_LEAVING = True, False
    ours.organization.closed_at = timezone.now()
    ours.organization.save()
    assert may_found(person)


def test_request_and_what_it_streams_run_in_the_scope_of_its_member_alone(
    cast: Cast,
) -> None:
    member = cast.ours.contributor
    root = User.objects.create_superuser("r@example.org", "x")
    own, office = cast.ours.organization, "/back-office/"
    senders = []

    def handle(request: HttpRequest) -> StreamingHttpResponse:
        senders.append(places._sender.get().organization)
        return StreamingHttpResponse(str(get_scope().get("organization")) for _ in "1")

    def scopes(person: User | AnonymousUser, path: str) -> tuple[bool, str]:
        request, enabled = RequestFactory().get(path), []
        request.user = person

        def noting(asked: HttpRequest) -> Any:
            enabled.append(get_scope().get("_enabled", True))
            return handle(asked)

        answer: Any = organization_scope(noting)(request)
        [streamed] = answer
        return (*enabled, streamed.decode())

    told = [scopes(each, x) for each in (member, root) for x in ("/", office)]
    told.append(scopes(AnonymousUser(), "/"))

    no_scope = (True, "None")
    assert told == [(True, str(own))] * 2 + [no_scope, (False, "None"), no_scope]
    assert senders == [own.pk] * 2 + [None] * 3
