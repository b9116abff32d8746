"""Attempts to sign in, and what the page says of them."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from audits.models import RecentCount
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
