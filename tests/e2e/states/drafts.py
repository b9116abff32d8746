"""The draft of the cast: opened in a browser, filled in, and read from the database."""

import re
from typing import Any

from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page

from audits.models import Audit, User
from audits.models.audits import values
from audits.services.answers.answers import save_answers
from tests.casting import Cast
from tests.e2e.conftest import OpenPage

SAVED = re.compile(r"^\s*Saved \d\d:\d\d\s*$")


def stored(cast: Cast) -> Audit:
    with scope(organization=cast.ours.organization):
        return Audit.objects.get(pk=cast.ours.draft.pk)


def answers(cast: Cast) -> dict[str, Any]:
    return values(stored(cast).answers)


def notes(cast: Cast) -> dict[str, Any]:
    return values(stored(cast).notes)


def save(cast: Cast, **given: Any) -> None:
    with scope(organization=cast.ours.organization):
        save_answers(audit=cast.ours.draft, by=cast.ours.contributor, answers=given)


def open_draft(
    cast: Cast,
    open_page: OpenPage,
    route: str,
    *more: str,
    user: User | None = None,
    **options: Any,
) -> Page:
    """Open a page of the draft, as its contributor unless told otherwise."""
    path = reverse(route, args=[cast.ours.draft.pk, *more])
    return open_page(user or cast.ours.contributor, path, **options)
