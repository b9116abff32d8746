"""Checks links from people: web addresses that lead where they seem to lead."""

import re
from urllib.parse import urlsplit

from audits.uploads.attachments import names

MAX_CHARACTERS = 500
# Characters that no address has, and that browsers drop or read differently.
_ODD = re.compile(
    r"[\s\\\x00-\x1f\x7f<>\"\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)

_EMPTY = "Enter a link"
_SCHEME = (
    "Enter a link that starts with https:// or http://, like https://example.org/report"
)
_TOO_LONG = f"The link must be {MAX_CHARACTERS} characters or fewer"
_CHARACTERS = "Enter a link without spaces, quotes or backslashes"
_NO_HOST = "Enter a link that includes the site name, like https://example.org/report"
_NAMED = "Enter the link that “{}” names, or leave the name empty"
_USER = "Enter a link without a user name or password before the site name"


class RefusedLinkError(ValueError):
    """A link is not accepted; says what is, in words for the person who gave it."""


def checked_link(text: str) -> str:
    """Return a link as it is stored.

    Raises:
        RefusedLinkError: It is not an http or https address of a site, or it hides its
            target: with a user name before the site, or characters that browsers drop.
    """
    link = text.strip()
    if not link:
        raise RefusedLinkError(_EMPTY)
    if len(link) > MAX_CHARACTERS:
        over = f"{len(link) - MAX_CHARACTERS:,} too many"
        message = f"{_TOO_LONG}; it has {len(link):,}, {over}"
        raise RefusedLinkError(message)
    if _ODD.search(link):
        raise RefusedLinkError(_CHARACTERS)
    if not re.match(r"https?://", link, re.IGNORECASE):
        raise RefusedLinkError(_SCHEME)
    try:
        parts = urlsplit(link)
        host = parts.hostname
        _ = parts.port  # an invalid port raises an error on access
    except ValueError:
        raise RefusedLinkError(_NO_HOST) from None
    if "@" in parts.netloc:
        raise RefusedLinkError(_USER)
    if not host or not re.search(r"\w", host):
        raise RefusedLinkError(_NO_HOST)
    return link


def named_link(link: str, name: str) -> dict[str, str]:
    """Return a link and what it is called, as a proof stores them; empty without one.

    A link without a name is called by its address.

    Raises:
        RefusedLinkError: The link is refused, or a name has no link.
    """
    called = names.cleaned_label(name)
    if not link.strip():
        if called:
            raise RefusedLinkError(_NAMED.format(called))
        return {"link": "", "name": ""}
    link = checked_link(link)
    called = called or names.cleaned_label(link.split("//")[1])
    return {"link": link, "name": called}
