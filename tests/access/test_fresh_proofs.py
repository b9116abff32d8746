"""What counts as a fresh proof of who somebody is, each condition alone.

`python -m tests.mutation.access` takes away each of them.
"""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django import Settings

from audits.access.members import came_by_what_a_provider_set
from audits.confirming.fresh import changes_sign_in, is_fresh, let_go_if_ended
from audits.models import Membership, Organization, Role, Session, User
from config.sessions import SessionStore
from tests.casting import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OLD = {"at": 1_700_000_000}
AGAIN, IS_TWO = {"reauthenticated": True}, {"is_two": True}


def asked(method: str, person: Any, *proofs: dict[str, Any]) -> HttpRequest:
    request = RequestFactory().generic(method, "/")
    request.user = person
    request.session = SessionStore()
    at = [{"at": time.time()} | x for x in proofs]
    request.session["account_authentication_methods"] = at
    request.session["account_authentication_methods_user"] = str(person.pk)
    return request


def fresh(member: Membership | None, person: Any, *proofs: dict[str, Any]) -> bool:
    request = asked("GET", person, *proofs)
    vars(request)["membership"] = member
    return is_fresh(request)


def test_proof_counts_by_how_it_is_whose_it_is_and_for_how_long(
    settings: Settings,
) -> None:
    settings.DEMO = False
    person = User.objects.create_user("ada@example.org", PASSWORD, name="Ada")
    ours, theirs = (
        Organization.objects.create(name=each, slug=each.lower())
        for each in ("Ours", "Theirs")
    )
    with scopes_disabled():
        member, _ = (
            Membership.objects.create(user=each, organization=ours, role=Role.VIEWER)
            for each in (person, User.objects.create_user("eve@example.org", "x"))
        )
    password, mfa = {"method": "password"}, {"method": "mfa"}
    by_ours = {"method": "provider", "organization": str(ours.pk)}
    by_theirs = by_ours | {"organization": str(theirs.pk)}

    def told(*proofs: dict[str, Any]) -> list[bool]:
        return [fresh(member, person, each) for each in proofs]

    assert told(password, by_ours | AGAIN) == [True, True]
    assert told(password | OLD, {"method": "link"}, by_ours) == [False] * 3
    assert told(by_theirs | AGAIN, by_theirs | AGAIN | IS_TWO) == [False] * 2
    assert not fresh(None, person, by_ours | AGAIN)
    assert not fresh(member, person)
    assert not fresh(None, AnonymousUser(), password)

    # Who has a second factor shows it, or a provider that says that it is two.
    app = Authenticator.objects.create(user=person, type="totp", data={})
    assert told(mfa, by_ours | AGAIN | IS_TWO) == [True, True]
    assert told(password, by_ours | AGAIN, mfa | OLD) == [False] * 3
    app.delete()

    # Nobody chose the provider for an organization that they once had, too.
    with scopes_disabled():
        also = {"user": person, "organization": theirs, "role": Role.VIEWER}
        Membership.objects.create(**also, ended_at="2026-01-01T00:00Z")
    assert told(by_ours | AGAIN, password) == [False, True]


def test_person_of_the_demo_has_nothing_to_prove_it_with(settings: Settings) -> None:
    settings.DEMO = True
    person = User.objects.create_user("demo@example.org", None, name="Demo")
    known = User.objects.create_user("ada@example.org", PASSWORD, name="Ada")

    assert fresh(None, person)
    assert not fresh(None, known)
    assert not fresh(None, AnonymousUser())
    Authenticator.objects.create(user=person, type="totp", data={})
    assert not fresh(None, person)
    settings.DEMO = False
    assert not fresh(None, User.objects.create_user("x@example.org", None, name="X"))


def test_only_what_is_sent_in_a_session_of_a_provider_is_noted_as_vouched() -> None:
    person = User.objects.create_user("ada@example.org", PASSWORD, name="Ada")
    changes = changes_sign_in(lambda _request: HttpResponse())
    password, provider = {"method": "password"}, {"method": "provider"}
    provider["organization"] = "1"

    def noted(method: str, *proofs: dict[str, Any]) -> bool:
        request = asked(method, person, *proofs)
        if method == "POST":
            request.session.save()
        assert changes(request).status_code == 200
        return User.objects.get(pk=person.pk).vouched_since is not None

    # Nor who has no session, or none any more.
    for each in (AnonymousUser(), person):
        assert changes(asked("POST", each, password, provider)).status_code == 302
    told = [
        noted("POST", password),
        noted("GET", password, provider),
        noted("POST", password, provider),
    ]

    assert told == [False, False, True]


def test_who_ended_all_their_sessions_is_signed_out_here_and_nobody_else() -> None:
    person = User.objects.create_user("ada@example.org", PASSWORD, name="Ada")
    request = asked("POST", person)
    request.session = SessionStore()
    request.session["kept"] = True
    request.session.save()

    let_go_if_ended(request)
    before = request.user, request.session.get("kept")
    Session.objects.all().delete()
    let_go_if_ended(request)

    assert before == (person, True)
    assert (request.user, request.session.get("kept")) == (AnonymousUser(), None)


@pytest.mark.parametrize(
    ("methods", "is_noted", "is_what_it_set"),
    [
        ("password", True, False),
        ("password mfa", True, False),
        ("mfa", True, True),  # a passkey alone may be what the provider set
        ("provider password", True, True),
        ("mfa", False, False),
        ("provider", False, True),
    ],
)
def test_only_an_own_password_proves_who_it_is_once_a_provider_set_something(
    methods: str, is_noted: bool, is_what_it_set: bool
) -> None:
    person = User.objects.create_user("ada@example.org", PASSWORD, name="Ada")
    person.vouched_since = timezone.now() if is_noted else None
    proofs = [{"method": method, "organization": "1"} for method in methods.split()]

    assert came_by_what_a_provider_set(asked("GET", person, *proofs)) is is_what_it_set
