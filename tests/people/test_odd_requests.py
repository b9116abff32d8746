"""What a stranger sends may be odd, but is no error: that would set off an alarm."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.casting import PASSWORD, Cast
from tests.examples import some_of

UNREADABLE = ["//[", "http://[::1", "\\\\["]
# As cookies write them: within quotation marks, \000 is NUL.
ODD_KEYS = [
    r'"\000aaaaaaaaaaaa"',
    r'"aaaaaaaa\000"',
    "AAAAAAAAAAAA",
    "ready-aaaaaaaaaa",
]


@pytest.mark.once
@pytest.mark.parametrize("target", UNREADABLE)
def test_address_that_cannot_be_read_leads_nowhere(cast: Cast, target: str) -> None:
    form = {"login": cast.ours.contributor.email, "password": PASSWORD, "next": target}

    shown = Client().get(reverse("account_login"), {"next": target})
    signed_in = Client().post(reverse("account_login"), form)

    assert shown.status_code == 200
    assert signed_in["Location"] == "/use-cases/"


@pytest.mark.once
@pytest.mark.parametrize("target", some_of(UNREADABLE))
@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ("account_login", 200),
        ("account_logout", 302),
        ("account_reset_password", 302),
        ("admin:login", 302),
    ],
)
def test_stranger_with_an_unreadable_address_gets_a_page(
    db: None, page: str, answer: int, target: str
) -> None:
    form = {"next": target, "email": "no@example.org"}

    assert Client().post(reverse(page), form).status_code == answer


@pytest.mark.parametrize("key", ODD_KEYS)
@pytest.mark.parametrize("page", ["home", "account_login", "verify", "readyz"])
def test_key_that_no_session_has_is_no_session(db: None, page: str, key: str) -> None:
    cookie = f"{settings.SESSION_COOKIE_NAME}={key}"

    answer = Client().get(reverse(page), headers={"cookie": cookie})

    assert answer.status_code == 200
