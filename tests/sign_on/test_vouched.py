"""What others could set in an account opens no organization that its person enters.

Others are the provider, the directory and the administrators of the first one.
"""

import ast
import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from pytest_django import DjangoCaptureOnCommitCallbacks

from audits.models import Invitation, Membership, Role, SignOnProvider, User
from audits.people.back_office_parts import RecordedAdmin
from audits.people.tasks import send_link_to_reset
from audits.services.organizations.invitations import accept_as, invite
from audits.services.organizations.new_members import store_new
from audits.services.people.factors.factors import Factors
from audits.services.people.factors.told import SAID
from audits.services.people.factors.vouched import note_vouched
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.people.factors import code_of, enter_password, with_app
from tests.queued_mails import send_queued_mails
from tests.sign_on.directories import Directory, directory_of
from tests.sign_on.providers import OpenIdProvider, come_in, move
from tests.signed_in import let_prove

ROOT = Path(__file__).parents[2]
PLANTED = "a planted password 77"
EVIL = "evil@firm.example"


@pytest.fixture
def directory(cast: Cast, ours: SignOnProvider) -> Directory:
    return directory_of(cast.ours.organization)


def _invited(cast: Cast, person: User) -> Invitation:
    theirs = cast.theirs.organization
    with scope(organization=theirs):
        by = cast.theirs.people[Role.ADMIN]
        return invite(organization=theirs, by=by, email=person.email, role=Role.ADMIN)


def _join(cast: Cast, person: User) -> None:
    found = _invited(cast, person)
    with scope(organization=cast.theirs.organization):
        accept_as(invitation=found, person=User.objects.get(pk=person.pk))


def _organizations(person: User) -> set[str]:
    with scopes_disabled():
        own = Membership.ever.filter(user=person)
        return {*own.values_list("organization__slug", flat=True)}


def _set_by_mail(person: User) -> None:
    """Set a password with a link that the address of a person got."""
    mail.outbox.clear()
    send_link_to_reset.func(person.pk)
    [sent] = mail.outbox
    [link] = [x for x in sent.body.split() if "/password/reset/key/" in x]
    form, path = {"password1": PLANTED, "password2": PLANTED}, link.partition("//")[2]
    address = path.partition("/")[2].join(("/", ""))
    assert Client().post(address, form).status_code == 302
    assert User.objects.get(pk=person.pk).check_password(PLANTED)


@pytest.mark.parametrize("of_another_before", [False, True])
def test_what_another_address_let_set_opens_no_second_organization(
    cast: Cast,
    directory: Directory,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    of_another_before: bool,
) -> None:
    """The address was another one for a while, or until now."""
    person, there = move(cast.ours.contributor, "ada@firm.example"), Client()
    assert not enter_password(there, person).startswith(reverse("account_login"))
    of = f"Users/{person.public_id}"

    def readdress(email: str) -> None:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            status, _ = directory.patch(of, op="replace", path="userName", value=email)
        send_queued_mails()
        before = person.email
        person.refresh_from_db()
        assert (status, person.email) == (200, email)
        told = [each for each in mail.outbox if each.to == [before]]
        assert [each.subject for each in told] == [SAID["address changed"]]
        assert "ask an administrator" in told[0].body

    if of_another_before:
        move(person, EVIL)
    else:
        readdress(EVIL)
    _set_by_mail(person)
    with_app(person)
    readdress("ada@firm.example")
    assert there.get(reverse("portfolio")).status_code == 302
    assert person.check_password(PLANTED)  # of ours it is for ours to decide

    _join(cast, person)

    person.refresh_from_db()
    assert not person.has_usable_password()
    assert not Factors.of(person).is_there
    assert person.vouched_since is None


_READS = re.compile(r'^SELECT .* FROM "audits_user" WHERE')
_SIGNS_IN = re.compile(r'^UPDATE "audits_user" SET "last_login"')


@pytest.mark.parametrize("at", [_READS, _SIGNS_IN], ids=["page", "sign-in"])
def test_a_session_that_is_in_use_as_its_person_joins_ends_too(
    cast: Cast, at: re.Pattern[str]
) -> None:
    """A request knows its person already, or a session is about to begin."""
    person, session = cast.ours.contributor, Client()
    note_vouched(user=person)
    secret = with_app(person)
    assert enter_password(session, person) == reverse("mfa_authenticate")
    done: list[str] = []

    def join(execute: Any, sql: str, *others: Any) -> Any:
        result = execute(sql, *others)
        if at.search(str(sql)) and not done:
            done.append(sql)
            _join(cast, person)
        return result

    form = {"code": code_of(secret, 1)}
    if at is _READS:
        session.post(reverse("mfa_authenticate"), form)
    with connection.execute_wrapper(join):
        if at is _READS:
            shown = session.get(reverse("portfolio"))
        else:
            session.post(reverse("mfa_authenticate"), form)
            shown = session.get(reverse("portfolio"))

    assert done
    assert _organizations(person) == {"northgate", "zanzibar"}
    assert shown["Location"].startswith(reverse("account_login"))


def test_a_provider_accepts_no_invitation_of_another_organization(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    person, session = move(cast.ours.contributor, "ada@firm.example"), Client()
    idp.knows("ada", email="ada@firm.example", email_verified=True, name="Ada")
    come_in(session, ours, idp, "ada")
    come_in(session, ours, idp, "ada", again="1")
    found = _invited(cast, person)
    with scopes_disabled():
        Invitation.objects.filter(pk=found.pk).update(
            digest=Invitation.digest_of("a secret")
        )
    named, link = (
        found.organization.name,
        reverse("accept_invitation", args=["a secret"]),
    )
    form = {"invitation": str(found.public_id)}
    own = Client()
    enter_password(own, person)

    for client, is_told in ((session, False), (own, True)):
        assert (named in html_of(client.get(reverse("own_settings")))) is is_told
        assert (client.get(link).status_code == 200) is is_told
    refused = [
        session.post(reverse("accept_own_invitation"), form).status_code,
        session.post(link).status_code,
    ]

    assert refused == [404, 403]
    assert _organizations(person) == {"northgate"}
    own.post(link)
    assert _organizations(person) == {"northgate", "zanzibar"}


def test_form_that_waits_while_its_person_joins_asks_for_a_sign_in(cast: Cast) -> None:
    """Its page is of nobody then: neither of who sent it nor of their organization."""
    person, session = cast.ours.contributor, Client()
    enter_password(session, person)
    note_vouched(user=person)
    done: list[str] = []

    def join(execute: Any, sql: str, *others: Any) -> Any:
        """Come before the form, which reads its person a second time to lock them."""
        if _READS.search(str(sql)):
            done.append(sql)
            if len(done) == 2:
                _join(cast, person)
        return execute(sql, *others)

    with connection.execute_wrapper(join):
        told = session.post(reverse("add_app"), {"code": "123456"})

    assert _organizations(person) == {"northgate", "zanzibar"}
    assert told.status_code == 401
    assert "page-of" not in html_of(told)
    assert "_auth_user_id" not in session.session
    assert not Factors.of(person).is_there


def test_an_operator_adds_a_member_as_everybody_becomes_one(cast: Cast) -> None:
    person, theirs = cast.ours.contributor, cast.theirs.organization
    person.set_unusable_password()
    note_vouched(user=person)
    person.set_password(PLANTED)
    person.save()
    root = User.objects.create_superuser("root@example.org", "secret", name="Root")
    office = Client()
    office.force_login(root)
    let_prove(office, root)

    form = {"user": person.pk, "organization": str(theirs.pk), "role": "admin"}
    office.post(reverse("admin:audits_membership_add"), form)

    assert _organizations(person) == {"northgate", "zanzibar"}
    person.refresh_from_db()
    assert (person.has_usable_password(), person.vouched_since) == (False, None)


def test_no_other_code_makes_a_member() -> None:
    """`store_new` drops what was vouched; the sample of a load test has nobody."""
    elsewhere, stored = [], 0
    office = site.get_model_admin(Membership)
    assert isinstance(office, RecordedAdmin)
    assert office.store_new is store_new
    for file in [*ROOT.glob("audits/**/*.py"), *ROOT.glob("config/**/*.py")]:
        text = file.read_text(encoding="utf-8")
        if "embership" not in text or "migrations" in file.parts:
            continue
        tree = ast.parse(text)
        right = {
            id(each)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and _name(call) == "store_new"
            for each in call.args
        }
        stored += len(right)
        elsewhere += [
            f"{file.relative_to(ROOT)}: {ast.unparse(call.func)}"
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and id(call) not in right and _makes(call)
        ]

    assert elsewhere == [
        "audits/services/demo/scale.py: Membership.objects.bulk_create",
        "audits/services/demo/scale.py: Membership",
    ]
    assert stored == 4  # an invitation, a founding, a provider, the demo


_MAKING = ("create", "get_or_create", "update_or_create", "bulk_create", "add", "set")


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _makes(call: ast.Call) -> bool:
    whole = ast.unparse(call.func)
    if whole.rpartition(".")[2] == "Membership":
        return True
    of = whole.lower().split("(")[0].split(".")
    return _name(call) in _MAKING and bool({"membership", "memberships"} & {*of})


@pytest.mark.on_both
def test_who_came_by_a_provider_before_it_was_noted_is_noted(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    idp.knows("eva", email="eva@firm.example", email_verified=True, name="Eva")
    come_in(Client(), ours, idp, "eva")
    person, other = User.objects.get(email="eva@firm.example"), cast.ours.contributor
    person.set_password(PASSWORD)
    person.save()
    app = with_app(person), with_app(other)
    assert all(app)

    name = "audits.migrations.0007_handed_over_and_vouched_before"
    importlib.import_module(name).note_who_came_by_a_provider(apps, None)
    for each in (person, other):
        _join(cast, each)
        each.refresh_from_db()

    assert (person.has_usable_password(), Factors.of(person).is_there) == (False, False)
    assert (other.has_usable_password(), Factors.of(other).is_there) == (True, True)
