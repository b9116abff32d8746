"""Pages made of kept parts say the same as pages drawn from nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Role
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.templatetags import parts
from tests.casting import Cast
from tests.examples import is_everyday
from tests.pages import html_of
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

# What differs each time a page is drawn.
_CHANCE = re.compile(r'(name="(?:csrfmiddlewaretoken|page-of|tab)" value)="[^"]*"')


def shown(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return _CHANCE.sub(r"\1", html_of(response))


def drawn_from_nothing(client: Client, url: str) -> str:
    """Return the page without any kept part; those that are kept stay."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_drawn", "_read", "_piece"):
            patch.setattr(parts, name, getattr(parts, name).__wrapped__)
        return shown(client, url)


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ours.people[Role.REVIEWER])
    return client


pytestmark = pytest.mark.once

CHANGES: tuple[dict[tuple[str, str], Sent], ...] = (
    {("answer", q): Sent(value=value) for q, value in TRAINING_CASE.items()},
    {("level", q): Sent(value=level) for q, level in TRAINING_LEVELS.items()},
    {
        ("number", "requests"): Sent(value="50000"),
        ("number", "variable_tokens"): Sent(value="500"),
        ("number", "output_tokens"): Sent(value="300"),
    },
    {("note", "goal"): Sent(value="Counted in May.")},
    {("answer", "task_shape"): Sent(value="broad")},
)
# Each is drawn twice as often as it is seen, so a normal run tries some.
TRIED = CHANGES[:: 2 if is_everyday() else 1]


def test_pages_follow_every_change_of_an_audit(cast: Cast, client: Client) -> None:
    ours = cast.ours
    urls = [
        reverse("tasks", args=[ours.draft.pk]),
        reverse("section", args=[ours.draft.pk, "purpose"]),
        reverse("check", args=[ours.draft.pk]),
        reverse("portfolio"),
    ]
    seen: dict[str, list[str]] = {url: [] for url in urls}

    for change in ({}, *TRIED):
        with scope(organization=ours.organization):
            save_entries(
                audit=ours.draft, by=ours.contributor, sent=change, sender=Sender()
            )
        for url in urls:
            seen[url].append(shown(client, url))
            assert seen[url][-1] == drawn_from_nothing(client, url), url

    assert all(len(set(pages)) > 2 for pages in seen.values())


@pytest.mark.thorough
def test_result_follows_the_audit_and_its_reader(
    cast: Cast, client: Client, reviewer: Client
) -> None:
    ours = cast.ours
    url = reverse("result", args=[ours.draft.pk])
    pages = []

    for change in TRIED:
        with scope(organization=ours.organization):
            save_entries(
                audit=ours.draft, by=ours.contributor, sent=change, sender=Sender()
            )
            submit_audit(audit=ours.draft, by=ours.contributor)
        for browser in (client, reviewer):
            pages.append(shown(browser, url))
            assert pages[-1] == drawn_from_nothing(browser, url)
        with scope(organization=ours.organization):
            reopen_audit(audit=ours.draft, by=ours.contributor)
        pages.append(shown(client, url))
        assert pages[-1] == drawn_from_nothing(client, url)

    assert len(set(pages)) >= 2 * len(TRIED)
