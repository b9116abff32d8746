"""No number is stored as another without a word, and contradictions are told."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.numbers.test_contradictions import SIXTY, beside, url
from tests.wizard.numbers.test_written_numbers import beneath, numbers, typed
from tests.wizard.page_forms import send

pytestmark = pytest.mark.once


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("numbers", args=[cast.ours.draft.pk])


def test_60_000_with_a_point_is_asked_and_not_stored_as_60(
    cast: Cast, client: Client, page: str
) -> None:
    asked = html_of(send(client, page, requests="60.000", output_tokens="300"))

    assert numbers(cast) == {"output_tokens": "300"}
    assert 'value="60.000"' in asked
    assert re.findall(r'name="meant-requests" value="(\d+)"', asked) == ["60000", "60"]
    assert "choose below which number you mean by “60.000”" in asked

    send(client, page, requests="60.000", meant__requests="60000")

    assert numbers(cast)["requests"] == "60000"


def test_12_000_with_a_point_is_asked_as_one_types(
    cast: Cast, client: Client, page: str
) -> None:
    asked = html_of(typed(client, page, requests="12.000"))
    assert numbers(cast) == {}
    assert ">12,000 (12 thousand)</label>" in asked

    chosen = typed(client, page, requests="12.000", meant__requests="12000")

    assert numbers(cast) == {"requests": "12000"}
    assert "= 12,000 calls a month" in html_of(chosen)


@pytest.mark.parametrize(
    "written", some_of(["2,50", "2.50", "$2,50", "2.5 $", "US$ 2.50"], 2)
)
def test_2_50_is_accepted_with_a_comma_and_in_dollars(
    cast: Cast, client: Client, page: str, written: str
) -> None:
    said = html_of(typed(client, page, value_per_request=written))

    assert numbers(cast) == {"value_per_request": "2.5"}
    assert "= $2.50 a call" in beneath(said, "value_per_request")


@pytest.mark.parametrize(
    ("written", "sign", "named"),
    [("€2,50", "€", "Euro (EUR)"), ("2.50 CHF", "CHF", "Swiss franc (CHF)")],
)
def test_amount_in_another_currency_is_told_which_one_to_choose(
    cast: Cast, client: Client, page: str, *, written: str, sign: str, named: str
) -> None:
    refused = html_of(send(client, page, value_per_request=written, requests="7"))

    assert numbers(cast) == {"requests": "7"}
    assert f'value="{written}"' in refused
    assert (
        f"What one call earns or saves is in US dollars: choose “{named}” under "
        "“Amounts are in” for all amounts, or enter this one in US dollars without "
        f"“{sign}”"
    ) in refused


def test_60_calls_are_told_to_contradict_10_000_to_100_000_and_are_saved(
    cast: Cast, client: Client
) -> None:
    send(client, url(cast, "section", "purpose"), goal=["cost_latency"])
    send(client, url(cast, "section", "cost"), volume="10k_100k")
    page = url(cast, "numbers")
    as_typed = html_of(send(client, page, htmx=True, seq="1", requests="60"))
    shown = html_of(client.get(page))
    question = html_of(client.get(url(cast, "question", "volume")))
    section = html_of(client.get(url(cast, "section", "cost")))
    check = html_of(client.get(url(cast, "check")))

    assert numbers(cast) == {"requests": "60"}
    link = f'<a href="{url(cast, "question", "volume")}">Change the answer</a>'
    for text in (as_typed, shown):
        assert SIXTY in beside(text, "beneath-requests")
        assert link in beside(text, "beneath-requests")
    for text in (question, section):
        assert SIXTY in beside(text, "against-volume")
        assert f'<a href="{page}">Change the number</a>' in text
    assert SIXTY in check.partition("What cannot all be right")[2]


def test_documents_longer_than_the_repeated_text_are_no_mistake(
    cast: Cast, client: Client
) -> None:
    sizes = {"knowledge_tokens": "9,000", "prefix_tokens": "50"}
    text = html_of(send(client, url(cast, "numbers"), htmx=True, seq="1", **sizes))

    assert numbers(cast) == {"knowledge_tokens": "9000", "prefix_tokens": "50"}
    for field in ("knowledge_tokens", "prefix_tokens"):
        assert "sends only" not in beside(text, f"beneath-{field}")
    assert "Change the answer" not in text
    assert beside(text, "beneath-requests").strip() == ""
