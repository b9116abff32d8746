"""A second factor opens, once, what a password alone does not; its person is told."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from audits.access.opened_pages import ticket_of
from audits.models import Event, User
from audits.services.people.factors.factors import Factors
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.people.attempts import let_time_pass
from tests.people.factors import (
    code_of,
    enter_password,
    recovery_codes,
    secret_shown,
    with_app,
)
from tests.queued_mails import send_queued_mails
from tests.signed_in import let_prove, sign_in

type Commit = Callable[[], AbstractContextManager[Any]]

CODE, APP = reverse("mfa_authenticate"), reverse("add_app")
SECURITY = reverse("sign_in_security")
WRONG = "This code is wrong or was used before"


@pytest.fixture
def person(cast: Cast) -> User:
    return cast.ours.contributor


@pytest.fixture
def commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Commit:
    """Let what waits for a commit be done at the end of a block."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def verbs(person: User) -> list[str]:
    with scopes_disabled():
        own = Event.objects.filter(subject=str(person.pk), verb__startswith="person.")
        return [line.verb.removeprefix("person.") for line in own]


def told() -> list[str]:
    send_queued_mails()
    subjects = [str(message.subject) for message in mail.outbox]
    mail.outbox.clear()
    return subjects


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_app_is_added_with_codes_that_are_shown_once_and_is_removed(
    cast: Cast, commit: Commit
) -> None:
    client, person = Client(), cast.ours.contributor
    enter_password(client, person)
    page = html_of(client.get(APP))
    secret = secret_shown(page)

    assert "<svg" in page
    assert "data:" not in page
    assert "style=" not in page
    refused = client.post(APP, {"code": "000000"})
    assert "This code is wrong" in html_of(refused)
    assert secret_shown(html_of(refused)) == secret
    with commit():
        added = client.post(APP, {"code": code_of(secret)})

    assert added["Location"] == reverse("recovery_codes")
    codes = recovery_codes(person)
    shown = html_of(client.get(added["Location"]))
    assert len(codes) == 10
    assert all(code in shown for code in codes)
    assert "Your authenticator app is added." in shown
    file = client.get(reverse("recovery_codes_file"))
    assert file.content.decode().split("\n\n")[1].split() == codes
    assert file["Content-Disposition"].startswith("attachment")
    session = client.session
    session["codes_shown_until"] = time.time() - 1
    session.save()
    for name in ("recovery_codes", "recovery_codes_file"):
        assert client.get(reverse(name))["Location"] == SECURITY
    assert "10 codes left" in html_of(client.get(SECURITY))
    [row] = Authenticator.objects.filter(type="totp")
    assert secret not in str(row.data)
    assert told() == ["An authenticator app was added to your Attune account"]

    asked = html_of(client.post(reverse("remove_factor"), {"factor": row.pk}))
    assert "It is your only second factor" in asked
    assert Factors.of(person).is_there
    with commit():
        client.post(reverse("remove_factor"), {"factor": row.pk, "sure": "on"})

    assert not Authenticator.objects.exists()
    assert told() == ["The authenticator app was removed from your Attune account"]
    assert verbs(person) == ["signed_in", "factor_added", "factor_removed"]


def test_who_adds_an_app_sees_the_codes_without_proving_it_again(
    person: User, settings: Settings
) -> None:
    """Nobody of a demo has a password: until now the app was asked for at once."""
    settings.DEMO = True
    person.set_unusable_password()
    person.save()
    client = Client()
    client.force_login(person)
    secret = secret_shown(html_of(client.get(APP)))

    shown = client.post(APP, {"code": code_of(secret)}, follow=True)

    assert shown.redirect_chain == [(reverse("recovery_codes"), 302)]
    page = html_of(shown)
    assert "Your authenticator app is added." in page
    assert all(code in page for code in recovery_codes(person))


def test_code_opens_once_and_only_after_the_right_password(
    cast: Cast, person: User
) -> None:
    secret, client = with_app(person), Client()
    wrong = {"login": person.email, "password": "not this one"}
    nobody = {"login": "nobody.here@example.org", "password": "not this one"}
    refused, unknown = (
        html_of(Client().post(reverse("account_login"), form))
        for form in (wrong, nobody)
    )

    assert "The email address or the password is wrong." in refused
    assert refused.count("wrong") == unknown.count("wrong")
    assert client.get(CODE)["Location"] == reverse("account_login")
    assert enter_password(client, person, next="/portfolio/") == CODE
    assert not is_signed_in(client)
    assert client.get("/portfolio/")["Location"].startswith("/sign-in/")
    assert WRONG in html_of(client.post(CODE, {"code": code_of(secret, -2)}))
    code = code_of(secret)
    opened = client.post(CODE, {"code": code})
    assert (opened["Location"], is_signed_in(client)) == ("/portfolio/", True)

    again = Client()
    enter_password(again, person)
    assert WRONG in html_of(again.post(CODE, {"code": code}))
    late = code_of(secret, 1)
    assert again.post(CODE, {"code": f"{late[:3]} {late[3:]}"}).status_code == 302


def test_recovery_code_opens_once_and_is_told(cast: Cast, commit: Commit) -> None:
    person, client = cast.ours.contributor, Client()
    with_app(person)
    code = recovery_codes(person)[3]
    enter_password(client, person)
    with commit():
        client.post(CODE, {"code": code})
    other = Client()
    enter_password(other, person)
    refused = html_of(other.post(CODE, {"code": code}))

    assert is_signed_in(client)
    assert WRONG in refused
    assert "9 codes left" in html_of(client.get(SECURITY))
    assert told() == ["A recovery code was used for your Attune account"]
    assert "recovery_code_used" in verbs(person)
    with commit():
        client.post(reverse("recovery_codes"))
    assert len(recovery_codes(person)) == 10
    assert code not in recovery_codes(person)
    assert told() == ["New recovery codes were made for your Attune account"]


def test_guessed_codes_wait_like_passwords_and_the_owner_is_warned(
    cast: Cast, commit: Commit
) -> None:
    person = cast.ours.contributor
    secret, client = with_app(person), Client()
    enter_password(client, person)
    with commit():
        pages = [html_of(client.post(CODE, {"code": "123"})) for _ in range(6)]
    right = html_of(client.post(CODE, {"code": code_of(secret)}))

    assert [WRONG in page for page in pages] == [True] * 5 + [False]
    assert "Too many attempts. Try again in" in right
    with scope(organization=cast.ours.organization):
        failed = Event.objects.filter(verb="person.sign_in_failed")
        details = [*failed.values_list("details", flat=True)]
    assert details == [{"times_today": 1, "step": "second factor"}]
    assert told() == ["Someone knows the password of your Attune account"]
    let_time_pass(31)
    with commit():
        client.post(CODE, {"code": "123"})
    assert told() == []
    let_time_pass(61)
    client.post(CODE, {"code": code_of(secret)})
    assert is_signed_in(client)


def test_who_knows_the_password_keeps_no_owner_out_by_guessing(
    cast: Cast, settings: Settings
) -> None:
    settings.SIGN_IN_TRIES_OF_SESSIONS = 8
    person = cast.ours.contributor
    secret, thief, owner = with_app(person), Client(), Client()
    enter_password(thief, person)
    thieves = [html_of(thief.post(CODE, {"code": "123456"})) for _ in range(7)]

    enter_password(owner, person)
    owner.post(CODE, {"code": code_of(secret)})

    assert [WRONG in page for page in thieves] == [True] * 5 + [False] * 2
    assert is_signed_in(owner)
    # Many sessions together make all wait, but for what nobody guesses.
    for _ in range(2):
        other = Client()
        enter_password(other, person)
        for _ in range(3):
            other.post(CODE, {"code": "123456"})
    late = Client()
    enter_password(late, person)
    refused = html_of(late.post(CODE, {"code": code_of(secret, 1)}))
    late.post(CODE, {"code": recovery_codes(person)[0]})
    assert "Too many attempts. Try again in" in refused
    assert is_signed_in(late)


def test_what_was_sent_while_signed_out_survives_the_second_step(
    cast: Cast, person: User
) -> None:
    secret, client = with_app(person), Client()
    page = reverse("register")
    asked = client.post(page, {"name": "Sorting of post"})
    held = html_of(asked).partition('name="held" value="')[2].partition('"')[0]

    enter_password(client, person, held=held.replace("&amp;", "&"), next=page)
    opened = client.post(CODE, {"code": code_of(secret)})

    assert opened["Location"] == reverse("send_held")
    assert "Sorting of post" in html_of(client.get(opened["Location"]))


def test_signing_in_again_in_place_takes_the_code_there(
    cast: Cast, person: User
) -> None:
    secret, client, place = with_app(person), Client(), reverse("sign_in_again")
    form = {"login": person.email, "password": PASSWORD}

    asked = html_of(client.post(place, form))
    wrong = html_of(client.post(place, {"code": "123456"}))
    right = html_of(client.post(place, {"code": code_of(secret)}))

    assert 'name="code"' in asked
    assert WRONG in wrong
    assert "You are signed in as" in right
    assert is_signed_in(client)


def test_secret_is_read_with_an_earlier_key_and_without_any_opens_nothing(
    cast: Cast, person: User, settings: Settings
) -> None:
    secret, client = with_app(person), Client()
    enter_password(client, person)
    before = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 60, []
    lost = Client()
    enter_password(lost, person)
    assert WRONG in html_of(lost.post(CODE, {"code": code_of(secret)}))
    settings.SECRET_KEY_FALLBACKS = [before]

    kept = Client()
    enter_password(kept, person)
    kept.post(CODE, {"code": code_of(secret)})

    assert is_signed_in(kept)


def test_confirming_is_asked_of_an_old_session_and_loses_nothing(
    cast: Cast, person: User
) -> None:
    secret, client = with_app(person), Client()
    sign_in(client, person)
    [app] = Authenticator.objects.filter(type="totp")
    remove = reverse("remove_factor")

    form = {"factor": app.pk, "page-of": ticket_of(person)}
    asked = client.post(remove, form)["Location"]
    here, _, page = asked.partition("?next=")
    wrong = client.post(here, {"next": page, "code": "123456"})
    right = client.post(
        here, {"next": page.replace("%3F", "?"), "code": code_of(secret)}
    )

    assert WRONG in html_of(wrong)
    assert Factors.of(person).is_there
    sent = html_of(client.get(right["Location"]))
    assert "Now send what you asked for" in sent
    assert f'name="factor" value="{app.pk}"' in " ".join(sent.split())
    client.post(remove, form | {"sure": "on"})
    assert not Factors.of(person).is_there


def test_confirming_ends_after_five_minutes_and_takes_nobody_elsewhere(
    cast: Cast, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, here = Client(), reverse("account_reauthenticate")
    sign_in(client, person)
    let_prove(client, person)
    now = time.time()

    assert client.get(APP).status_code == 200
    away = client.post(here, {"next": "//evil.example", "password": PASSWORD})
    assert away["Location"] == reverse("use_cases")
    monkeypatch.setattr(time, "time", lambda: now + 310)
    assert client.get(APP)["Location"].startswith(here)
    client.post(here, {"next": APP, "password": PASSWORD})
    assert client.get(APP).status_code == 200


def test_no_one_removes_the_factor_of_another(cast: Cast, person: User) -> None:
    with_app(person)
    other = cast.theirs.contributor
    with_app(other)
    [own] = Authenticator.objects.filter(type="totp", user=other)
    client = Client()
    sign_in(client, person)
    let_prove(client, person)

    answer = client.post(reverse("remove_factor"), {"factor": own.pk})

    assert answer.status_code == 404
    assert Factors.of(other).is_there


def test_first_factor_ends_the_sessions_that_began_without_one(person: User) -> None:
    theirs, other = Client(), Client()
    for client in (theirs, other):
        assert enter_password(client, person)
    page = html_of(theirs.get(APP))
    secret = secret_shown(page)
    assert "You are then signed out everywhere else." in page

    theirs.post(APP, {"code": code_of(secret)})

    assert is_signed_in(theirs)
    assert not other.get(SECURITY).context
    [app] = Authenticator.objects.filter(user=person, type="totp")
    other.post(reverse("remove_factor"), {"factor": app.pk, "sure": "on"})
    assert Factors.of(person).app == app


def test_password_alone_confirms_nothing_of_who_has_a_second_factor(
    person: User,
) -> None:
    client = Client()
    enter_password(client, person)
    with_app(person)

    asked = client.get(reverse("add_passkey"))

    confirm = reverse("account_reauthenticate")
    assert asked["Location"].startswith(confirm)
    page = html_of(client.get(asked["Location"]))
    assert 'name="code"' in page
    assert 'name="password"' not in page
    client.post(asked["Location"], {"password": PASSWORD})
    assert client.get(reverse("add_passkey"))["Location"].startswith(confirm)
