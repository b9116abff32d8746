"""The inbox as a person reads it."""

import re
from uuid import UUID

from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from tests.pages import html_of

INBOX = "/inbox/"


def rows(client: Client, there: str = INBOX) -> list[str]:
    """Return the rows of a page, in words."""
    page = html_of(client.get(there))
    found = re.findall(r"<li(?: class=\"is-read\")? hx-disable>(.*?)</li>", page, re.S)
    return [_words(row) for row in found]


def place(client: Client, kind: str, subject: Model | UUID) -> str:
    """Return where a row leads."""
    key = subject if isinstance(subject, UUID) else getattr(subject, "public_id", 0)
    key = key or subject.pk  # type: ignore[union-attr]
    there: str = client.get(reverse("notice", args=[kind, key]))["Location"]
    assert client.get(there.partition("#")[0]).status_code == 200
    return there


def of_kind(client: Client, kind: str) -> list[str]:
    """Return the rows of one kind."""
    return rows(client, f"{INBOX}?show={kind}")


def lead_of(client: Client) -> str:
    """Return the sentence at the top."""
    [lead] = re.findall(r'<p class="lead">(.*?)</p>', html_of(client.get(INBOX)), re.S)
    return _words(lead)


def mark_all(client: Client, until: str | None = None) -> None:
    """Press the button that marks all as read."""
    until = until or timezone.now().isoformat()
    assert client.post(reverse("read_inbox"), {"until": until})["Location"] == INBOX


def _words(markup: str) -> str:
    return " ".join(strip_tags(re.sub("<(?!/?bdi>)", " <", markup)).split())
