"""Numbers are read as their writer means them, echoed, and asked about."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.models.audits import values
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.page_forms import hidden, hidden_in, send

pytestmark = pytest.mark.once
GERMAN = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.8"}
SWISS = {"Accept-Language": "de-CH"}


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("numbers", args=[cast.ours.draft.pk])


def numbers(cast: Cast) -> dict[str, Any]:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).numbers)


def typed(
    client: Client, page: str, headers: dict[str, str] | None = None, **fields: Any
) -> Any:
    """Open a page and send fields as a browser of that language does."""
    named = {name.replace("__", "-"): value for name, value in fields.items()}
    opened = hidden(client, page)
    if headers:  # the page says how its numbers are written
        opened = hidden_in(client.get(page, headers=headers).content.decode())
    sent = {**opened, **named}
    return client.post(page, sent, headers={"HX-Request": "true", **(headers or {})})


def beneath(text: str, name: str) -> str:
    """Return what a page or an answer says beneath a number."""
    found = re.search(rf'<div[^>]* id="beneath-{name}"[^>]*>(.*?)</div>', text, re.S)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("headers", "written"),
    some_of(
        [({}, "60.000"), (GERMAN, "60,000"), (SWISS, "60.000"), (SWISS, "60,000")], 2
    ),
)
def test_number_of_another_language_is_asked(
    cast: Cast, client: Client, page: str, headers: dict[str, str], written: str
) -> None:
    asked = html_of(typed(client, page, headers, requests=written))

    assert numbers(cast) == {}
    assert re.findall(r'name="meant-requests" value="(\d+)"', asked) == ["60000", "60"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("headers", "written", "said"),
    some_of(
        [
            ({}, "60,000", "60,000"),
            (GERMAN, "60.000", "60.000"),
            (GERMAN, "1.234.567", "1.234.567"),
            (SWISS, "60’000", "60’000"),
            (SWISS, "60'000", "60’000"),
            ({"Accept-Language": "fr-FR"}, "60 000", "60 000"),
            ({"Accept-Language": "pl"}, "60\u00a0000", "60 000"),
            ({"Accept-Language": "xx"}, "60,000", "60,000"),
            ({}, "60,000 calls", "60,000"),
            ({}, "60,000 calls a month", "60,000"),
        ],
        4,
    ),
)
def test_number_is_read_and_said_by_the_language_of_its_writer(
    cast: Cast, client: Client, headers: dict[str, str], written: str, said: str
) -> None:
    page = reverse("numbers", args=[cast.ours.draft.pk])
    shown = html_of(typed(client, page, headers, requests=written))

    assert numbers(cast) == {"requests": re.sub(r"\D", "", said)}
    # As its writer writes it, since it says how that was read.
    told = beneath(shown, "requests").replace("\u202f", " ").replace("\u00a0", " ")
    assert f"= {said} calls a month" in told


def test_choice_for_a_text_that_was_replaced_does_not_count(
    cast: Cast, client: Client, page: str
) -> None:
    typed(client, page, requests="70.000", meant__requests="60000")

    assert numbers(cast) == {}


def test_1_234_dollars_are_asked_and_nothing_else_is_lost(
    cast: Cast, client: Client, page: str
) -> None:
    asked = html_of(
        send(client, page, value_per_request="1.234", requests="5", budget_month="x")
    )

    assert numbers(cast) == {"requests": "5"}
    assert ">1,234 (over 1 thousand)</label>" in asked
    assert ">1.234 (between 1 and 2)</label>" in asked
    assert 'value="x"' in asked
    assert 'value="5"' in asked


@pytest.mark.thorough
def test_1_234_calls_can_only_be_a_thousand_and_are_read_so(
    cast: Cast, client: Client, page: str
) -> None:
    said = html_of(typed(client, page, requests="1.234"))

    assert numbers(cast) == {"requests": "1234"}
    assert "Which number is" not in said
    assert "= 1,234 calls a month" in beneath(said, "requests")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("headers", "written"),
    some_of(
        [
            ({}, ("1,234.5", "1,234.50")),
            (GERMAN, ("1.234,5", "1.234,50")),
            (SWISS, ("1’234.5", "1’234.50")),
        ],
        2,
    ),
)
def test_number_is_shown_and_echoed_as_its_reader_writes_it(
    cast: Cast,
    client: Client,
    page: str,
    headers: dict[str, str],
    written: tuple[str, str],
) -> None:
    shown, echoed = written
    send(client, page, value_per_request="1234.5")

    text = html_of(client.get(page, headers=headers))

    assert f'name="value_per_request" value="{shown}"' in text
    assert f"= ${echoed} a call" in beneath(text, "value_per_request")
    typed(client, page, headers, value_per_request=shown)
    assert numbers(cast) == {"value_per_request": "1234.5"}


@pytest.mark.thorough
def test_page_that_is_saved_again_changes_no_digit(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, value_per_request="0.12345678")
    shown = re.findall(
        r'name="value_per_request" value="([^"]*)"', html_of(client.get(page))
    )

    send(client, page, value_per_request=shown[0])

    assert numbers(cast) == {"value_per_request": "0.12345678"}


def test_error_says_no_word_twice(client: Client, page: str) -> None:
    text = html_of(send(client, page, requests="0"))

    said = re.findall(r'id="id_requests_error">([^<]*)<', text)
    assert said == ["Model calls a month must be between 1 and 100,000,000,000"]
