"""What cannot all be right stands beside each part of it, and keeps nothing back."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.models.audits import values
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import send

pytestmark = pytest.mark.once
SIXTY = (
    "“Model calls a month” is 60, but the answer to “Calls a month” is “10,000 to "
    "100,000”. Correct the one that is wrong."
)
SHARED = (
    "“Tuned models that share these machines” is 10, but the answer to “Where it may "
    "run” is “On a device”, where models do not share machines: enter 1, or correct "
    "the answer."
)


def url(cast: Cast, name: str, *where: str) -> str:
    return reverse(name, args=[cast.ours.draft.pk, *where])


def numbers(cast: Cast) -> dict[str, Any]:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).numbers)


def beside(text: str, place: str) -> str:
    """Return what is said at one place of a page or of an answer."""
    found = re.search(rf'<div[^>]* id="{place}"[^>]*>(.*?)</div>', text, re.S)
    assert found
    return found[1]


@pytest.fixture
def answered(cast: Cast, client: Client) -> None:
    send(client, url(cast, "section", "purpose"), goal=["cost_latency"])
    send(client, url(cast, "section", "cost"), volume="10k_100k")


@pytest.mark.thorough
@pytest.mark.usefixtures("answered")
def test_contradiction_goes_once_the_answer_or_the_number_is_changed(
    cast: Cast, client: Client
) -> None:
    page, section = url(cast, "numbers"), url(cast, "section", "cost")
    send(client, page, requests="60")

    changed = html_of(send(client, section, htmx=True, seq="1", volume="lt_10k"))
    again = html_of(send(client, section, htmx=True, seq="2", volume="100k_1m"))
    right = html_of(send(client, page, htmx=True, seq="1", requests="500,000"))

    assert beside(changed, "against-volume").strip() == ""
    assert "is “100,000 to 1 million”" in beside(again, "against-volume")
    assert "contradict" not in right
    assert "100,000 to 1 million" not in right
    check = html_of(client.get(url(cast, "check")))
    assert "What cannot all be right" not in check


@pytest.mark.thorough
@pytest.mark.usefixtures("answered")
def test_answer_that_is_not_asked_for_contradicts_nothing(
    cast: Cast, client: Client
) -> None:
    send(client, url(cast, "section", "purpose"), goal=["style"])

    text = html_of(send(client, url(cast, "numbers"), htmx=True, requests="60"))

    assert SIXTY not in text


def test_models_on_a_device_share_no_machines(cast: Cast, client: Client) -> None:
    page = url(cast, "assumptions")
    send(client, page, sharing_models="10")
    before = html_of(client.get(page))

    send(client, url(cast, "section", "place"), hosting="device")

    after = html_of(client.get(page))
    assert SHARED not in before
    assert SHARED in beside(after, "beneath-sharing_models")
    assert SHARED in html_of(client.get(url(cast, "check")))


@pytest.mark.thorough
def test_20_000_tokens_are_not_huge_on_any_page(cast: Cast, client: Client) -> None:
    send(client, url(cast, "section", "purpose"), goal=["knowledge"])
    send(client, url(cast, "section", "data"), knowledge_size="huge")
    page, says = url(cast, "numbers"), "“Small” fits the number."
    send(client, page, knowledge_tokens="20,000", model="gpt-6-luna")

    shown = html_of(client.get(page))
    check, result = (html_of(client.get(url(cast, x))) for x in ("check", "result"))
    supposed = {"a.number.knowledge_tokens": "1032000", "a.knowledge_size": "small"}
    what_if = html_of(client.get(url(cast, "what_if"), supposed))

    assert says in shown.partition('id="row-knowledge_tokens"')[2]
    assert says in check.partition("What cannot all be right")[2]
    assert says in result
    assert "The text to search has 20,000" not in check + result
    assert "Change “Knowledge to search” to “Huge”, too</a>" in what_if
