"""Sends a page of the wizard as a browser does: with what the page holds itself."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from audits.wizard.forms.senders import new_tab
from tests.casting import PASSWORD
from tests.pages import html_of
from tests.replayed import is_as_cast

# Wherever a template breaks the line, so that the whole page need not be tidied first.
_HIDDEN = re.compile(
    r'<input\s+type="hidden"\s+name="([^"]+)"[^>]*\svalue="([^"]*)"', re.ASCII
)

# By session, address and day: the hidden fields of pages as the cast finds them.
_opened: dict[object, dict[str, list[str]]] = {}

# Their forms take files. Browsers send them in parts, which takes long to read.
_WITH_FILES = {"numbers", "candidates"}


def hidden(client: Client, url: str) -> dict[str, list[str]]:
    """Return the hidden fields of a page's forms: tab, versions, questions shown.

    A person who opens a page again before anything was written finds the same, but for
    the tab, so on SQLite the page is made once.
    """
    session = client.cookies.get(settings.SESSION_COOKIE_NAME)
    which = (session and session.value, url, timezone.now, timezone.localdate())
    if not (is_as_cast() and which in _opened):
        found = hidden_in(client.get(url).content.decode())
        if not is_as_cast():
            return found
        _opened[which] = found
    return _in_another_tab(_opened[which])


def _in_another_tab(opened: dict[str, list[str]]) -> dict[str, list[str]]:
    tabs = {tab: new_tab() for tab in opened.get("tab", ())}
    return {
        name: [tabs.get(value, value) if name == "tab" else value for value in values]
        for name, values in opened.items()
    }


def hidden_in(page: str) -> dict[str, list[str]]:
    """Return the same of a page that was shown."""
    found: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(page):
        found.setdefault(name, []).append(value)
    return found


def send(client: Client, url: str, *, htmx: object = False, **fields: Any) -> Any:
    """Open a page, fill in fields and send it."""
    return resend(client, url, hidden(client, url), htmx=htmx, **fields)


def resend(
    client: Client,
    url: str,
    opened: dict[str, list[str]],
    *,
    htmx: object = False,
    **fields: Any,
) -> Any:
    """Send a page that was opened before, as it stood then, with fields filled in.

    Two underlines in a name stand for the hyphen that some fields have.
    """
    headers = {"HX-Request": "true"} if htmx else {}
    named = {name.replace("__", "-"): value for name, value in fields.items()}
    form: dict[str, Any] = {**opened, **named}
    if resolve(urlsplit(url).path).url_name in _WITH_FILES:
        return client.post(url, form, headers=headers)
    words = urlencode(form, doseq=True)
    return client.post(url, words, "application/x-www-form-urlencoded", headers=headers)


def fields_of(response: Any) -> dict[str, str]:
    """Return the hidden fields of a sign-in page, as a browser reads them."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"',
        html_of(response),
    )
    return {name: unescape(value) for name, value in found}


def sign_in(client: Client, page: Any, email: str, password: str = PASSWORD) -> Any:
    """Fill in a sign-in page and send it with all it holds."""
    form = {**fields_of(page), "login": email, "password": password}
    return client.post(reverse("account_login"), form)
