"""Who guesses passwords is slowed down; who owns the account is not."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from audits.models import Role, User
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.people.attempts import (
    UNKNOWN,
    WAIT,
    WRONG,
    enter,
    fail,
    form,
    let_time_pass,
    told,
)
from tests.signed_in import let_prove


@pytest.mark.parametrize("known", [True, False])
def test_sixth_attempt_waits_for_a_known_and_an_unknown_person_alike(
    cast: Cast, known: bool
) -> None:
    email = cast.ours.contributor.email if known else UNKNOWN

    assert fail(email, 7) == [WRONG] * 5 + [WAIT] * 2


@pytest.mark.on_both
def test_wait_doubles_up_to_a_longest_one_and_ends(cast: Cast) -> None:
    email = cast.ours.contributor.email
    fail(email, 5)
    said = []
    for seconds in (30, 60, 120, 240, 480, 900):
        said += fail(email, 1)
        let_time_pass(seconds)
        assert fail(email, 1) == [WRONG]
    said += fail(email, 1)

    waits = [re.findall(r"again in (.+)\.", text)[0] for text in said]
    assert waits == [
        *("30 seconds", "1 minute", "2 minutes", "4 minutes", "8 minutes"),
        *("15 minutes", "15 minutes"),
    ]


def test_right_password_waits_too_and_then_opens(cast: Cast) -> None:
    email = cast.ours.contributor.email
    fail(email, 5)

    assert enter(Client(), email, PASSWORD) == WAIT
    let_time_pass(31)
    assert enter(Client(), email, PASSWORD) == "/use-cases/"


def test_device_that_signed_in_before_is_not_slowed_by_strangers(cast: Cast) -> None:
    email, device = cast.ours.contributor.email, Client()
    enter(device, email, PASSWORD)
    device.post(reverse("account_logout"))
    fail(email, 6, address="203.0.113.9")
    fail(UNKNOWN, 6, address="127.0.0.1")

    assert enter(Client(), email, PASSWORD) == WAIT
    assert enter(device, email, PASSWORD) == "/use-cases/"


def test_known_device_waits_after_its_own_failures(cast: Cast) -> None:
    email, device = cast.ours.contributor.email, Client()
    enter(device, email, PASSWORD)
    device.post(reverse("account_logout"))

    said = [enter(device, email, "not this one") for _ in range(6)]

    assert said == [WRONG] * 5 + [WAIT]


def test_many_known_devices_give_no_further_attempts(cast: Cast) -> None:
    email, devices = cast.ours.contributor.email, [Client(), Client()]
    for device in devices:
        enter(device, email, PASSWORD)
        device.post(reverse("account_logout"))

    said = [enter(devices[n % 2], email, "not this one") for n in range(6)]

    assert said == [WRONG] * 5 + [WAIT]


def test_device_is_known_for_its_own_account_only(cast: Cast) -> None:
    device, other = Client(), cast.theirs.contributor.email
    enter(device, cast.ours.contributor.email, PASSWORD)
    device.post(reverse("account_logout"))
    fail(other, 5)

    # Nor does it help to give its cookie the name of another account's.
    [mine] = [name for name in device.cookies if "known-" in name]
    enter(owner := Client(), other, PASSWORD)
    let_time_pass(31)
    enter(owner, other, PASSWORD)
    [theirs] = [name for name in owner.cookies if "known-" in name]
    device.cookies[theirs] = device.cookies[mine].value
    fail(other, 1)

    assert mine != theirs
    assert enter(device, other, PASSWORD).startswith("Too many attempts.")


def test_signing_in_again_in_place_waits_and_says_how_long(cast: Cast) -> None:
    email = cast.ours.contributor.email
    fail(email, 5)

    again = Client().post(
        reverse("sign_in_again"), form(email, PASSWORD), headers={"HX-Request": "true"}
    )

    assert WAIT in told(html_of(again))
    assert "HX-Trigger" not in again


def test_back_office_has_the_same_door_and_no_other(cast: Cast) -> None:
    staff = User.objects.create_superuser("root@example.org", PASSWORD, name="Root")
    login = reverse("admin:login")
    inside = Client()
    inside.force_login(staff)
    guess = {"username": cast.ours.contributor.email, "password": PASSWORD}

    outside = Client().post(login, guess)
    within = inside.post(login, guess)

    assert outside["Location"].startswith(reverse("account_login"))
    assert within["Location"].startswith(reverse("account_reauthenticate"))
    assert str(staff.pk) == inside.session["_auth_user_id"]
    fail(staff.email, 5)
    assert enter(Client(), staff.email, PASSWORD) == WAIT


def test_back_office_changes_passwords_on_the_one_page_with_a_limit(
    db: None,
) -> None:
    root = User.objects.create_superuser("root@example.org", PASSWORD, name="Root")
    client = Client()
    client.force_login(root)
    let_prove(client, root)
    guess = {"old_password": "wrong", "new_password1": "x", "new_password2": "x"}

    answer = client.post(reverse("admin:password_change"), guess)

    assert answer["Location"] == reverse("account_change_password")


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    count = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.count += 1
        return super().encode(password, salt)


def test_known_unknown_and_invited_person_take_the_same_work(
    cast: Cast, settings: Settings
) -> None:
    invited = User.objects.create_user("invited@example.org", None, name="Invited")
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    known = cast.ours.contributor
    known.set_password(PASSWORD)
    known.save()
    settings.SIGN_IN_TRIES = 2
    took = []
    for email in (known.email, UNKNOWN, invited.email):
        each = []
        for _ in range(3):
            CountingHasher.count = 0
            fail(email, 1)
            each.append(CountingHasher.count)
        took.append(each)

    assert took == [[1, 1, 0]] * 3


def test_changing_the_password_cannot_be_tried_for_ever(
    cast: Cast, settings: Settings
) -> None:
    settings.PASSWORD_CHANGES_PER_HOUR = 2
    client = Client()
    client.force_login(cast.ours.contributor)
    guess = {"oldpassword": "x", "password1": "y", "password2": "y"}

    said = [client.post(reverse("account_change_password"), guess) for _ in range(3)]

    assert [page.status_code for page in said] == [200, 200, 429]
    assert int(said[2]["Retry-After"]) in range(3500, 3601)


@pytest.mark.on_both
def test_right_password_waits_a_little_after_many_sign_ins_of_an_hour(
    cast: Cast, settings: Settings
) -> None:
    settings.SIGN_INS_PER_HOUR = 3
    email, wait = cast.ours.contributor.email, "Too many attempts. Try again in "
    said = [enter(Client(), email, PASSWORD) for _ in range(5)]

    assert said[:3] == ["/use-cases/"] * 3
    assert said[3:] == [f"{wait}5 minutes."] * 2
    assert enter(Client(), cast.theirs.contributor.email, PASSWORD) == "/use-cases/"
    let_time_pass(5 * 60)
    assert enter(Client(), email, PASSWORD) == "/use-cases/"
    assert enter(Client(), email, PASSWORD).startswith(wait)
    let_time_pass(55 * 60)
    assert [enter(Client(), email, PASSWORD) for _ in range(3)] == ["/use-cases/"] * 3


def test_strangers_do_not_make_anybody_wait_for_their_next_sign_in(
    cast: Cast, settings: Settings
) -> None:
    settings.SIGN_INS_PER_HOUR, settings.SIGN_IN_TRIES = 3, 50
    fail(cast.ours.contributor.email, 9)

    assert enter(Client(), cast.ours.contributor.email, PASSWORD) == "/use-cases/"


def test_confirming_a_sign_off_is_no_sign_in(cast: Cast, settings: Settings) -> None:
    settings.SIGN_INS_PER_HOUR = 1
    reviewer, adapter = cast.ours.people[Role.REVIEWER], get_adapter()
    request = RequestFactory().post("/")

    with context.request_context(request):
        assert all(adapter.reauthenticate(reviewer, PASSWORD) for _ in range(3))
    assert enter(Client(), reviewer.email, PASSWORD) == "/use-cases/"
