"""What the provider of one organization let somebody set opens no second one."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Invitation, Role, SignOnProvider, User
from audits.services.organizations.invitations import accept_as, invite
from audits.services.organizations.settings import found_organization
from audits.services.people.factors.factors import Factors
from audits.services.single_sign_on.providers import require_single_sign_on
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.people.factors import code_of, enter_password, secret_shown, with_app
from tests.sign_on.providers import OpenIdProvider, come_in, move

PLANTED = "a planted password 77"


def _add_app(client: Client) -> str:
    page = reverse("add_app")
    secret = secret_shown(html_of(client.get(page)))
    assert client.post(page, {"code": code_of(secret, 1)}).status_code == 302
    return secret


def _add_and_remove(client: Client) -> None:
    _add_app(client)
    factor = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    client.post(reverse("remove_factor"), {"factor": factor.pk, "sure": "on"})


def _set_password(client: Client) -> None:
    form = {"password1": PLANTED, "password2": PLANTED}
    assert client.post(reverse("account_set_password"), form).status_code == 302


def _join(cast: Cast, person: User) -> None:
    theirs = cast.theirs.organization
    with scope(organization=theirs):
        by = cast.theirs.people[Role.ADMIN]
        found = invite(organization=theirs, by=by, email=person.email, role=Role.ADMIN)
        accept_as(invitation=found, person=User.objects.get(pk=person.pk))


def _found(cast: Cast, person: User) -> None:
    found_organization(person=person, name="Own firm", team="First", own=1)


@pytest.fixture
def vouched(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> Callable[[User], Client]:
    """Let the provider, which counts as two factors, sign a person in as fresh."""
    with scope(organization=cast.ours.organization):
        require_single_sign_on(
            organization=cast.ours.organization,
            by=None,
            required=False,
            has_factor=True,
        )

    def signed_in(person: User) -> Client:
        client = Client()
        move(person, "ada@firm.example")
        idp.knows("ada", email="ada@firm.example", email_verified=True, name="Ada")
        come_in(client, ours, idp, "ada")
        come_in(client, ours, idp, "ada", again="1", next="/portfolio/")
        return client

    return signed_in


@pytest.mark.parametrize("plant", [_add_app, _add_and_remove, _set_password])
@pytest.mark.parametrize("gets_another", [_join, _found])
def test_what_was_set_by_a_providers_word_opens_no_second_organization(
    cast: Cast,
    vouched: Callable[[User], Client],
    plant: Callable[[Client], object],
    gets_another: Callable[[Cast, User], None],
) -> None:
    person = cast.ours.contributor
    if plant is _set_password:
        person.set_unusable_password()
        person.save()
    session = vouched(person)
    plant(session)
    assert session.get(reverse("portfolio")).status_code == 200

    mail.outbox.clear()
    gets_another(cast, person)

    person.refresh_from_db()
    assert "_auth_user_id" not in session.session
    assert not Factors.of(person).is_there
    assert Factors.of(person).codes is None
    assert not person.check_password(PLANTED)
    own = Client()
    led = enter_password(own, person)
    assert bool(led) is (plant is not _set_password)  # their own one still counts


def test_codes_made_by_a_providers_word_go_and_an_older_app_stays(
    cast: Cast, vouched: Callable[[User], Client]
) -> None:
    person = cast.ours.contributor
    secret = with_app(person)
    session = vouched(person)
    assert session.post(reverse("recovery_codes")).status_code == 302

    _join(cast, person)

    left = Factors.of(person)
    assert (left.app is not None, left.codes) == (True, None)
    own = Client()
    assert enter_password(own, person) == reverse("mfa_authenticate")
    own.post(reverse("mfa_authenticate"), {"code": code_of(secret, 1)})
    assert own.get(reverse("members")).status_code == 200


def _with_password(client: Client, person: User) -> Client:
    """Return a session that began with a password that another one set."""
    _set_password(client)
    own = Client()
    own.post(reverse("account_login"), {"login": person.email, "password": PLANTED})
    return own


def _with_app(client: Client, _: User) -> Client:
    """Return a session of a provider that gave a proof of its own making, too."""
    _add_app(client)
    return client


@pytest.mark.parametrize(
    ("get_in", "founding"), [(_with_app, 403), (_with_password, 200)]
)
def test_what_a_provider_set_accepts_by_the_link_alone_and_an_own_session_goes_on(
    cast: Cast,
    vouched: Callable[[User], Client],
    get_in: Callable[[Client, User], Client],
    founding: int,
) -> None:
    person, theirs = cast.ours.contributor, cast.theirs.organization
    person.set_unusable_password()
    person.save()
    session = get_in(vouched(person), person)
    with scope(organization=theirs):
        by = cast.theirs.people[Role.ADMIN]
        found = invite(organization=theirs, by=by, email=person.email, role=Role.ADMIN)
        digest = Invitation.digest_of("a secret")
        Invitation.objects.filter(pk=found.pk).update(digest=digest)
    form = {"invitation": str(found.public_id)}
    link = reverse("accept_invitation", args=["a secret"])

    told = theirs.name in html_of(session.get(reverse("own_settings")))
    refused = session.post(reverse("accept_own_invitation"), form).status_code
    founds = session.get(reverse("found")).status_code
    with scope(organization=theirs):
        found.refresh_from_db()
    before = found.state
    accepted = session.post(link)
    shown = session.get(accepted["Location"])

    assert (told, refused, founds, before) == (False, 404, founding, "open")
    assert accepted["Location"] == reverse("members")
    assert shown["Location"].startswith(reverse("account_login"))
    person.refresh_from_db()
    assert not person.check_password(PLANTED)
    person.set_password(PASSWORD)
    person.save()
    own = Client()
    own.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert own.get(reverse("members")).status_code == 200


def test_own_password_accepts_in_settings_whatever_a_provider_set_elsewhere(
    cast: Cast, vouched: Callable[[User], Client]
) -> None:
    person, theirs = cast.ours.contributor, cast.theirs.organization
    _add_and_remove(vouched(person))
    own = Client()
    enter_password(own, person)
    with scope(organization=theirs):
        by = cast.theirs.people[Role.ADMIN]
        invite(organization=theirs, by=by, email=person.email, role=Role.ADMIN)

    assert theirs.name in html_of(own.get(reverse("own_settings")))
    assert own.get(reverse("found")).status_code == 200
