"""What a provider lets somebody set while its person joins another organization.

One of the two comes first, and the other one sees what it did: on each database.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http import HTTPStatus
from threading import Event
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from audits.models import Invitation, Membership, Role, Session, SignOnProvider, User
from audits.people.factors.drawn import new_secret
from audits.services.organizations.invitations import NotOpen, accept_as, invite
from audits.services.people.factors.factors import Factors
from audits.services.people.factors.vouched import note_vouched
from tests.casting import Cast
from tests.people.factors import code_of
from tests.sign_on.directories import directory_of
from tests.sign_on.providers import OpenIdProvider, come_in, move

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.on_both]
PLANTED, LATER = "a planted password 77", "a planted password 78"
# Seconds that one waits for the other to come as far as it can meanwhile.
_MEANWHILE = 0.5
# Whether another organization decides, too, and what is stored of a sign-in.
_ASKS = re.compile(r'^SELECT 1 AS "a" FROM "audits_membership" WHERE .* NOT')
_STORES = re.compile(r'^UPDATE "audits_user" SET .*("password"|"email") =')

type Plant = Callable[[Client, User, Cast], object]


def _password(session: Client, *_: object) -> int:
    form = {"password1": PLANTED, "password2": PLANTED}
    return session.post(reverse("account_set_password"), form).status_code


def _app(session: Client, *_: object) -> int:
    form = {"code": code_of(str(session.session["new_app"]), 1)}
    return session.post(reverse("add_app"), form).status_code


def _address(_: Client, person: User, cast: Cast) -> int:
    of, email = f"Users/{person.public_id}", f"evil-{person.email}"
    directory = directory_of(cast.ours.organization)
    return directory.patch(of, op="replace", path="userName", value=email)[0]


def _other_password(_: Client, person: User, cast: Cast) -> int:
    """Change a planted password in a session that it began."""
    own, form = Client(), {"login": person.email, "password": PLANTED}
    own.post(reverse("account_login"), form)
    form = {"oldpassword": PLANTED, "password1": LATER, "password2": LATER}
    return own.post(reverse("account_change_password"), form).status_code


# Who comes first is stored first: then joining ends their session, which they are told
# of if that happens before their answer is sent.
_STORED = (HTTPStatus.FOUND, HTTPStatus.BAD_REQUEST)
# Who plants when, and what they may be told if they come first.
_AT_ONCE: tuple[tuple[Role, Plant, re.Pattern[str], tuple[int, ...]], ...] = (
    (Role.VIEWER, _password, _STORES, _STORED),
    (Role.CONTRIBUTOR, _app, _ASKS, _STORED),
    (Role.REVIEWER, _address, _ASKS, (HTTPStatus.OK,)),
    (Role.BOARD, _address, _STORES, (HTTPStatus.OK,)),
    (Role.ADMIN, _other_password, _STORES, _STORED),
)


@contextmanager
def paused(at: re.Pattern[str], there: Event, go_on: Event) -> Iterator[None]:
    """Let the other come as far as it can, once: before a change, after a question."""

    def pause(execute: Any, sql: str, *others: Any) -> Any:
        is_it = at.search(str(sql)) and not there.is_set()
        result = None if is_it and at is _STORES else execute(sql, *others)
        if is_it:
            there.set()
            go_on.wait(_MEANWHILE)
        return execute(sql, *others) if is_it and at is _STORES else result

    with connection.execute_wrapper(pause):
        yield


def _fresh(person: User, ours: SignOnProvider, idp: OpenIdProvider) -> Client:
    """Let the provider have a fresh session of a person."""
    session, subject = Client(raise_request_exception=False), f"s{person.pk}"
    move(person, f"{subject}@firm.example")
    idp.knows(subject, email=person.email, email_verified=True, name="Ada")
    come_in(session, ours, idp, subject)
    come_in(session, ours, idp, subject, again="1")
    kept = session.session
    kept["new_app"] = new_secret()
    kept.save()
    return session


def _invited(cast: Cast, person: User) -> Invitation:
    theirs = cast.theirs.organization
    with scope(organization=theirs):
        by = cast.theirs.people[Role.ADMIN]
        return invite(organization=theirs, by=by, email=person.email, role=Role.ADMIN)


def test_nothing_that_is_set_as_a_person_joins_another_stays(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    for role, plant, at, may_be in _AT_ONCE:
        person = cast.ours.people[role]
        if plant is not _address:
            person.set_unusable_password()
            person.save()
        session = _fresh(person, ours, idp)
        if plant is _other_password:
            note_vouched(user=person)
            person.set_password(PLANTED)
            person.save()
        told = _at_once(cast, person, lambda: plant(session, person, cast), at)  # noqa: B023 - done before the next turn
        _require_nothing_planted(person, told, may_be, (role, plant.__name__))


def test_sign_in_under_way_stores_no_planted_password_anew(cast: Cast) -> None:
    """A hash whose salt is short is an old one, which a sign-in replaces."""
    person, old = cast.ours.contributor, make_password(PLANTED, salt="old")
    note_vouched(user=person)
    person.password, person.vouched_password = old, True
    person.save()
    form = {"login": person.email, "password": PLANTED}

    late = Client()

    def sign_in() -> object:
        return late.post(reverse("account_login"), form)

    _at_once(cast, person, sign_in, _STORES)
    person.refresh_from_db()
    known = person.vouched_drops, person.has_usable_password()
    assert known == (1, False)
    assert late.get(reverse("portfolio")).status_code == 302


def _at_once(
    cast: Cast, person: User, plant: Callable[[], object], at: re.Pattern[str]
) -> object:
    """Plant something while somebody joins theirs; return what that is told."""
    found, there, joined = _invited(cast, person), Event(), Event()

    def plants() -> object:
        try:
            with paused(at, there, joined):
                return plant()
        finally:
            there.set()
            connection.close()

    def joins() -> None:
        try:
            assert there.wait(20)
            known = User.objects.get(pk=person.pk)
            of_theirs = scope(organization=cast.theirs.organization)
            with of_theirs, suppress(NotOpen):
                accept_as(invitation=found, person=known)
        finally:
            joined.set()
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        told, other = threads.submit(plants), threads.submit(joins)
        other.result(60)
        return told.result(60)


def _require_nothing_planted(
    before: User, told: object, may_be: tuple[int, ...], which: tuple[str, str]
) -> None:
    person = User.objects.get(pk=before.pk)
    with scopes_disabled():
        both = Membership.objects.filter(user=person).count() == 2
    is_same = person.email == before.email
    planted = [x for x in (PLANTED, LATER) if person.check_password(x)]
    seen = (which, planted, Factors.of(person).is_there, is_same)
    # Whose address is another one by then is not who was invited.
    assert seen == (which, [], False, both)
    assert (person.vouched_since is None) is both, which
    assert told in may_be, which
    assert not (both and Session.objects.filter(person=person).exists())
