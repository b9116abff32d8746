"""The button of a page that undoes what was saved, and what is there after it."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Version
from audits.models.audits import values
from tests.casting import Cast
from tests.pages import html_of

_BUTTON = re.compile(
    r'name="undo"\s+value="([^"]*)"\s+aria-label="([^"]*)"',
)


def offered(page: Any) -> tuple[str, str] | None:
    """Return what a page's button says it undoes, and its value."""
    found = _BUTTON.findall(html_of(page))
    assert len(found) < 2
    return (unescape(found[0][1]), unescape(found[0][0])) if found else None


def press(cast: Cast, client: Client, page: Any, back: str = "") -> Any:
    """Press the button of a page, and return the page that follows."""
    button = offered(page)
    assert button
    headers = {"Referer": f"http://testserver{back}"} if back else {}
    there = reverse("undo", args=[cast.ours.draft.pk])
    return client.post(there, {"undo": button[1]}, headers=headers, follow=True)


def entries(cast: Cast, kind: str = "answer") -> dict[str, Any]:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).entries(kind))


def versions(cast: Cast, item: str, kind: str = "answer") -> list[tuple[Any, str]]:
    with scope(organization=cast.ours.organization):
        found = Version.objects.filter(audit=cast.ours.draft, item=item, kind=kind)
        return [(v.value, v.by.email) for v in found.order_by("pk")]
