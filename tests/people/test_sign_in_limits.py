"""Who guesses passwords is slowed down; who owns the account is not."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as in_use
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from audits.models import RecentCount, User
from audits.services.people import rate_limits
from audits.services.people.sign_in_limits import (
    TooManyAttempts,
    begin_attempt,
)
from tests.casting import PASSWORD, Cast
from tests.pages import html_of

WAIT = "Too many attempts. Try again in 30 seconds."
WRONG = "The email address or the password is wrong."
UNKNOWN = "nobody.here@example.org"


def form(email: str, password: str) -> dict[str, str]:
    return {"login": email, "password": password}


def told(page: str) -> str:
    """Return a page as it is in the first second of a wait of 30."""
    return re.sub(r"(?<=Try again in )2\d(?= seconds)", "30", page)


def enter(client: Client, email: str, password: str, **meta: Any) -> str:
    """Sign in; return what the page says, or where it leads."""
    response = client.post(reverse("account_login"), form(email, password), **meta)
    page = told(html_of(response))
    refused = re.search(r"Too many attempts\. Try again in [^.]+\.", page)
    if refused:
        return refused.group()
    return WRONG if WRONG in page else response.get("Location", page)


def fail(email: str, times: int, address: str = "203.0.113.9") -> list[str]:
    return [
        enter(Client(), email, "not this one", REMOTE_ADDR=address)
        for _ in range(times)
    ]


def let_time_pass(seconds: float) -> None:
    """Move all that is counted into the past."""
    for row in RecentCount.objects.all():
        row.ends_at -= timedelta(seconds=seconds)
        if row.blocked_until:
            row.blocked_until -= timedelta(seconds=seconds)
        row.save()


@pytest.mark.parametrize("known", [True, False])
def test_sixth_attempt_waits_for_a_known_and_an_unknown_person_alike(
    cast: Cast, known: bool
) -> None:
    email = cast.ours.contributor.email if known else UNKNOWN

    assert fail(email, 7) == [WRONG] * 5 + [WAIT] * 2


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


def test_new_password_by_mail_lets_its_owner_in_at_once(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    email, device, new = cast.ours.contributor.email, Client(), "a new horse battery"
    fail(email, 6)
    device.post(reverse("account_reset_password"), {"email": email})
    found = re.search(r"(/password/reset/key/\S+)", str(mailoutbox[-1].body))
    assert found
    page = device.get(found.group(), follow=True)
    device.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

    assert enter(device, email, new) == "/use-cases/"
    assert enter(Client(), email, new).startswith("Too many attempts.")


def test_address_waits_whatever_the_accounts(cast: Cast, settings: Settings) -> None:
    settings.SIGN_IN_TRIES_PER_ADDRESS = 3

    said = [fail(f"{n}@example.org", 1)[0] for n in range(4)]

    assert said == [WRONG] * 3 + [WAIT]
    assert fail("5@example.org", 1, address="203.0.113.10") == [WRONG]


def test_sign_ins_that_succeed_count_for_no_address(
    cast: Cast, settings: Settings
) -> None:
    settings.SIGN_IN_TRIES_PER_ADDRESS = 3

    for _ in range(6):
        assert enter(Client(), cast.ours.contributor.email, PASSWORD) == "/use-cases/"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "10.0.0.1"),
        (1, "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        (2, "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, "", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "198.51.100.1:4711", "198.51.100.1"),
        (1, "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_address_is_the_one_our_proxies_saw(
    cast: Cast, settings: Settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    settings.SIGN_IN_TRIES_PER_ADDRESS = 1

    enter(
        Client(),
        UNKNOWN,
        "guess",
        REMOTE_ADDR="10.0.0.1",
        HTTP_X_FORWARDED_FOR=forwarded,
    )

    counted = rate_limits.key_of("sign-in by address", address)
    assert RecentCount.objects.get(pk=counted).count == 1


def test_forged_header_gives_no_further_attempts(
    cast: Cast, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES, settings.SIGN_IN_TRIES_PER_ADDRESS = 1, 3

    said = [
        enter(
            Client(),
            f"{n}@example.org",
            "guess",
            HTTP_X_FORWARDED_FOR=f"192.0.2.{n}, 198.51.100.7",
        )
        for n in range(4)
    ]

    assert said == [WRONG] * 3 + [WAIT]


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
    assert within["Location"] == reverse("admin:index")
    assert str(staff.pk) == inside.session["_auth_user_id"]
    fail(staff.email, 5)
    assert enter(Client(), staff.email, PASSWORD) == WAIT


def test_back_office_changes_passwords_on_the_one_page_with_a_limit(
    db: None,
) -> None:
    root = User.objects.create_superuser("root@example.org", PASSWORD, name="Root")
    client = Client()
    client.force_login(root)
    guess = {"old_password": "wrong", "new_password1": "x", "new_password2": "x"}

    answer = client.post(reverse("admin:password_change"), guess)

    assert answer["Location"] == reverse("account_change_password")


def test_links_in_mails_lead_to_this_site_wherever_it_was_asked_for(
    cast: Cast, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://attune.example.org", ["*"]

    for email in (cast.ours.contributor.email, UNKNOWN):
        Client().post(
            reverse("account_reset_password"),
            {"email": email},
            headers={"Host": "evil.example:6666"},
        )

    links = re.findall(r"https?://[^/\s]+", " ".join(str(m.body) for m in mailoutbox))
    assert set(links) == {"https://attune.example.org"}


@pytest.mark.parametrize("known", [True, False])
def test_links_to_reset_wait_alike_for_known_and_unknown(
    cast: Cast, mailoutbox: list[EmailMessage], known: bool
) -> None:
    email = cast.ours.contributor.email if known else UNKNOWN
    asked = [
        Client().post(reverse("account_reset_password"), {"email": email})
        for _ in range(6)
    ]

    assert [page.status_code for page in asked] == [302] * 5 + [200]
    text = told(html_of(asked[5]))
    assert WAIT in text
    assert f'value="{email}"' in text
    assert len(mailoutbox) == 5


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


def test_owner_is_told_by_mail_once_and_what_to_do(
    cast: Cast, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}
    }
    settings.SITE_URL = "https://attune.example.org"
    person = cast.ours.contributor
    fail(person.email, 4)
    assert mailoutbox == []
    fail(person.email, 1)
    for seconds in (31, 61, 121):
        let_time_pass(seconds)
        fail(person.email, 1)

    [mail] = mailoutbox
    assert mail.to == [person.email]
    assert mail.subject == "Someone tried to sign in to your Attune account"
    assert "https://attune.example.org/password/reset/" in mail.body
    assert "nobody has got in" in mail.body
    let_time_pass(6 * 3600)
    fail(person.email, 1)
    assert len(mailoutbox) == 2


def test_failures_of_nobody_send_nothing(
    cast: Cast, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}
    }

    fail(UNKNOWN, 5)

    assert mailoutbox == []


def test_no_address_is_stored(cast: Cast) -> None:
    fail(cast.ours.contributor.email, 1, address="203.0.113.77")

    for row in RecentCount.objects.values_list():
        assert "203.0.113" not in str(row)
        assert "northgate" not in str(row)


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


def attempt(address: str = "192.0.2.1") -> bool:
    try:
        begin_attempt(
            what="sign-in", account=UNKNOWN, address=address, is_known_device=False
        )
    except TooManyAttempts:
        return False
    return True


def attempt_in_a_thread(address: str) -> bool:
    try:
        return attempt(address)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_fifty_attempts_at_once_five_pass(settings: Settings) -> None:
    addresses = [f"192.0.2.{n}" for n in range(50)]

    with ThreadPoolExecutor(20) as pool:
        passed = list(pool.map(attempt_in_a_thread, addresses))

    own = rate_limits.key_of("sign-in by account", UNKNOWN)
    assert sum(passed) == 5
    assert RecentCount.objects.get(pk=own).count == 5


@pytest.mark.django_db(transaction=True)
def test_nothing_is_counted_inside_a_transaction_that_may_be_undone() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        attempt()
    assert not RecentCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_count_stays_when_the_work_after_it_breaks_off(
    settings: Settings,
) -> None:
    settings.PASSWORD_HASHERS = ["no.such.Hasher"]

    broken = Client(raise_request_exception=False).post(
        reverse("account_login"), form(UNKNOWN, "guess")
    )

    own = rate_limits.key_of("sign-in by account", UNKNOWN)
    assert broken.status_code == 500
    assert RecentCount.objects.get(pk=own).count == 1


def test_counts_that_are_over_are_forgotten(cast: Cast) -> None:
    fail(UNKNOWN, 1)
    RecentCount.objects.create(key="new", ends_at=timezone.now() + timedelta(hours=1))
    let_time_pass(0)
    assert rate_limits.forget_old() == 0
    RecentCount.objects.exclude(key="new").update(ends_at=timezone.now())

    assert rate_limits.forget_old() == 2
    assert RecentCount.objects.get().key == "new"


@pytest.mark.parametrize(
    ("given", "proxies"),
    [
        ({}, "0"),
        ({"BEHIND_PROXY": "true"}, "1"),
        ({"BEHIND_PROXY": "true", "TRUSTED_PROXIES": "0"}, "0"),
        ({"BEHIND_PROXY": "true", "TRUSTED_PROXIES": "2"}, "2"),
        ({"TRUSTED_PROXIES": "-1"}, "Give a whole number, such as 0."),
    ],
)
def test_number_of_proxies_is_read_from_the_environment(
    given: dict[str, str], proxies: str
) -> None:
    environment = {"SECRET_KEY": in_use.SECRET_KEY, "DATABASE_URL": "sqlite://"}

    done = subprocess.run(
        [sys.executable, "-c", "import config.settings as s;print(s.TRUSTED_PROXIES)"],
        cwd=Path(in_use.BASE_DIR),
        env=environment | given,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout or done.stderr).strip().endswith(proxies)


def test_mail_server_that_is_away_is_for_the_log_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", away)
    known = {"email": cast.ours.contributor.email}

    answer = Client().post(reverse("account_reset_password"), known)

    assert answer.status_code == 302
    assert "a mail about an account was not sent" in caplog.text
