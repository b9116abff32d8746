"""The target is asked for before the first question about tests, once."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import hidden_in
from tests.wizard.test_words_to_read import save

pytestmark = pytest.mark.once
TITLE = "How many of 100 cases must pass?"


def url(draft: Audit, name: str, *where: str) -> str:
    return reverse(name, args=[draft.pk, *where])


def test_target_comes_before_the_first_test_and_leads_on(
    cast: Cast, client: Client
) -> None:
    draft = cast.ours.draft
    save(cast, {"goal": ["style"], "state": "planned"}, {})
    resumed = client.get(url(draft, "resume"))
    page = html_of(client.get(url(draft, "next")))

    sent = {**hidden_in(page), "share": "90"}
    saved = client.post(url(draft, "candidates"), sent)
    after = client.get(url(draft, "next"))

    assert resumed["Location"] == saved["Location"] == url(draft, "next")
    assert page.count(TITLE) == 2  # the name of the page, and its heading
    assert "required" in page.partition('name="share"')[2].partition(">")[0]
    with scope(organization=cast.ours.organization):
        stored = Audit.objects.get(pk=draft.pk).given_candidates.target
    assert stored == Decimal("0.9")
    assert after["Location"] == url(draft, "next_question", "tried")


def test_who_does_not_know_it_goes_on_and_is_asked_once(
    cast: Cast, client: Client
) -> None:
    draft = cast.ours.draft
    save(cast, {"goal": ["style"], "state": "planned"}, {})
    on = url(draft, "next_question", "tried")
    page = html_of(client.get(url(draft, "next")))

    save(cast, {"tried": ["demo"]}, {})
    after = client.get(url(draft, "next"))

    assert f'<a class="btn btn-link" href="{on}">I don’t know yet</a>' in page
    assert after.status_code == 302
    assert "/next/" in after["Location"]


def test_first_question_comes_before_the_target(cast: Cast, client: Client) -> None:
    first = client.get(url(cast.ours.draft, "next"))

    assert first["Location"] == url(cast.ours.draft, "next_question", "goal")
