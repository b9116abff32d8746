"""What apps and browsers of people do, for tests of second factors."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from audits.models import User
from audits.people.factors.drawn import new_secret
from audits.services.people.factors.factors import Factors, add_app
from tests.casting import PASSWORD

STEP = 30  # seconds


def code_of(secret: str, steps: int = 0) -> str:
    """Return what an app shows, now or some steps later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps)))


def with_app(person: User) -> str:
    """Give a person an app whose code of the step before is used; return its secret."""
    secret = new_secret()
    add_app(user=person, secret=secret, code=code_of(secret, -1))
    return secret


def recovery_codes(person: User) -> list[str]:
    codes = Factors.of(person).codes
    assert codes is not None
    found: list[str] = codes.wrap().get_unused_codes()
    return found


def enter_password(client: Client, person: User, **more: str) -> str:
    """Sign in with the right password; return where that leads."""
    form = {"login": person.email, "password": PASSWORD, **more}
    return str(client.post(reverse("account_login"), form).get("Location", ""))


def secret_shown(page: str) -> str:
    """Return the secret that the page of a new app writes for who types it."""
    [text] = re.findall(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
    return str(text).replace(" ", "")
