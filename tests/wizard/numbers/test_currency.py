"""Amounts are entered in the currency that a team chooses; nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Organization, Role
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.numbers.test_written_numbers import beneath, numbers, typed
from tests.wizard.page_forms import hidden, resend, send

pytestmark = pytest.mark.once

RATE = "at 1.1172 US dollars a euro (European Central Bank, 30 October 2026)"


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("numbers", args=[cast.ours.draft.pk])


@pytest.fixture
def assumptions(cast: Cast) -> str:
    return reverse("assumptions", args=[cast.ours.draft.pk])


@pytest.fixture
def in_euros(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.ours.organization.pk).update(currency="EUR")


def chosen(html: str, name: str = "currency") -> str:
    """Return the currency that a page has chosen."""
    select = html.partition(f'name="{name}"')[2].partition("</select>")[0]
    [option] = re.findall(r'<option value="(\w*)" selected', select)
    return str(option)


@pytest.mark.thorough
def test_amount_is_stored_as_typed_beside_its_currency(
    cast: Cast, client: Client, page: str
) -> None:
    said = html_of(typed(client, page, currency="EUR", value_per_request="85"))

    assert numbers(cast) == {"currency": "EUR", "value_per_request": "85"}
    assert f"= €85 a call, $94.96 {RATE}" in beneath(said, "value_per_request")
    assert 'id="unit-value_per_request" hx-swap-oob="innerHTML">euros<' in said
    shown = html_of(client.get(page))
    assert chosen(shown) == "EUR"
    assert f"= €85 a call, $94.96 {RATE}" in beneath(shown, "value_per_request")


@pytest.mark.thorough
def test_assumptions_are_in_the_same_currency(
    cast: Cast, client: Client, page: str, assumptions: str
) -> None:
    send(client, page, currency="GBP", value_per_request="2")
    said = html_of(typed(client, assumptions, currency="GBP", engineer_day="£650"))

    assert chosen(html_of(client.get(assumptions))) == "GBP"
    assert numbers(cast)["engineer_day"] == "650"
    assert (
        "= £650 a day, $870.94 at 1.3399 US dollars a pound sterling (European Central "
        "Bank, 30 October 2026)"
    ) in beneath(said, "engineer_day")


@pytest.mark.thorough
def test_what_is_assumed_is_said_in_the_currency_of_its_field(
    client: Client, assumptions: str
) -> None:
    before = html_of(client.get(assumptions))
    said = html_of(typed(client, assumptions, currency="GBP", engineer_day="650"))
    after = html_of(client.get(assumptions))

    assert "Assumed: $800 ($500 to $1,500) a day." in before
    for page in (said, after):
        assert "Assumed: £597 (£373 to £1,119) a day." in page
        assert "Assumed: $" not in page
    assert "H100 80 GB SXM: £2.01 to £9.17 a GPU-hour" in after


@pytest.mark.parametrize("htmx", [True, False])
def test_other_sign_is_refused_with_what_to_choose_and_the_text_is_kept(
    cast: Cast, client: Client, page: str, *, htmx: bool
) -> None:
    fields: dict[str, Any] = {"currency": "GBP", "budget_month": "£900"}
    fields["value_per_request"] = "€2.50"
    ask = typed if htmx else send
    said = html_of(ask(client, page, **fields))

    assert numbers(cast) == {"currency": "GBP", "budget_month": "900"}
    assert (
        "What one call earns or saves is in pounds sterling: choose “Euro (EUR)” under "
        "“Amounts are in” for all amounts, or enter this one in pounds sterling "
        "without “€”"
    ) in said
    if not htmx:
        assert 'value="€2.50"' in said
        assert chosen(said) == "GBP"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("currency", "written", "meant"),
    some_of(
        [
            ("EUR", "$2.50", "choose “US dollar (USD)” under"),
            ("EUR", "2.50 PLN", "choose “Polish zloty (PLN)” under"),
            (
                "EUR",
                "¥2.50",
                "choose the currency of “¥” under “Amounts are in” if it is",
            ),
            (
                "EUR",
                "2.50 kr",
                "choose the currency of “kr” under “Amounts are in” if it",
            ),
            ("USD", "£2.50", "is in US dollars: choose “Pound sterling (GBP)” under"),
        ],
        2,
    ),
)
def test_refusal_names_the_currency_of_the_sign_if_there_is_one(
    cast: Cast, client: Client, page: str, *, currency: str, written: str, meant: str
) -> None:
    said = html_of(send(client, page, currency=currency, value_per_request=written))

    assert "value_per_request" not in numbers(cast)
    assert meant in said
    assert f'value="{written}"' in said


@pytest.mark.thorough
def test_limit_of_an_amount_holds_in_dollars(
    cast: Cast, client: Client, page: str
) -> None:
    fields = {"currency": "EUR", "value_per_request": "895094.89"}
    said = html_of(send(client, page, **fields))

    assert "must be between 0 and 895,094.88 euros" in said
    send(client, page, **fields | {"value_per_request": "895094.88"})
    assert numbers(cast)["value_per_request"] == "895094.88"


@pytest.mark.thorough
def test_page_starts_with_the_currency_of_the_organization(
    cast: Cast, client: Client, page: str, assumptions: str, in_euros: None
) -> None:
    shown = html_of(client.get(page))

    assert chosen(shown) == "EUR"
    assert chosen(shown, "proposal_currency") == "EUR"
    assert chosen(html_of(client.get(assumptions))) == "EUR"

    fields = {"currency": "EUR", "proposal_currency": "EUR"}
    send(client, page, **fields)
    assert numbers(cast) == {}

    send(client, page, **fields, requests="1000")
    assert numbers(cast) == {"currency": "EUR", "requests": "1000"}

    send(client, page, **fields, proposal_by="Nordlys")
    assert numbers(cast)["proposal_currency"] == "EUR"


@pytest.mark.thorough
def test_amounts_from_before_stay_in_us_dollars(
    cast: Cast, client: Client, page: str, in_euros: None
) -> None:
    send(client, page, value_per_request="2.5")
    assert numbers(cast) == {"value_per_request": "2.5"}

    shown = html_of(client.get(page))
    assert chosen(shown) == "USD"
    assert "= $2.50 a call" in beneath(shown, "value_per_request")

    resend(client, page, hidden(client, page), currency="USD", value_per_request="2.5")
    assert numbers(cast) == {"value_per_request": "2.5"}


def test_us_dollars_are_stored_where_the_organization_has_another_currency(
    cast: Cast, client: Client, page: str, in_euros: None
) -> None:
    send(client, page, currency="USD", requests="7")

    assert numbers(cast) == {"currency": "USD", "requests": "7"}
    assert chosen(html_of(client.get(page))) == "USD"


@pytest.mark.thorough
def test_unknown_currency_changes_nothing(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, currency="EUR", value_per_request="2")
    said = html_of(send(client, page, currency="JPY", value_per_request="3"))

    assert "Amounts are in: choose a currency of the list" in said
    assert numbers(cast) == {"currency": "EUR", "value_per_request": "3"}
    assert f"= €3 a call, $3.35 {RATE}" in beneath(said, "value_per_request")


@pytest.mark.thorough
def test_amount_typed_under_a_currency_that_has_changed_waits_for_a_choice(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, currency="EUR", value_per_request="2")
    opened = hidden(client, page)
    colleague = Client()
    sign_in(colleague, cast.ours.people[Role.REVIEWER])
    send(colleague, page, currency="GBP")

    again = resend(client, page, opened, currency="EUR", value_per_request="3")

    assert again.status_code == 409
    assert numbers(cast) == {"currency": "GBP", "value_per_request": "2"}
    assert "£3 a call" in html_of(again)


def test_page_is_told_of_a_currency_that_somebody_else_chose(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, currency="EUR", value_per_request="2")
    opened = hidden(client, page)
    colleague = Client()
    sign_in(colleague, cast.ours.people[Role.REVIEWER])
    send(colleague, page, currency="GBP")

    fields = {"currency": "EUR", "value_per_request": "2", "requests": "7"}
    said = html_of(resend(client, page, opened, htmx=True, seq="1", **fields))

    assert chosen(said) == "GBP"
    assert "= £2 a call, $2.68 at 1.3399 US" in beneath(said, "value_per_request")
    assert 'hx-swap-oob="innerHTML">pounds sterling<' in said
    assert numbers(cast) == {
        "currency": "GBP",
        "value_per_request": "2",
        "requests": "7",
    }


@pytest.mark.thorough
def test_history_and_the_list_of_answers_have_the_currency(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, currency="EUR", value_per_request="2")
    send(client, page, currency="GBP")
    send(client, page, value_per_request="3", currency="GBP")
    draft = cast.ours.draft.pk
    history = html_of(client.get(reverse("number_history", args=[draft])))
    answers = html_of(client.get(reverse("submission", args=[draft])))

    for words in ("£3 a call", "€2 a call", "Pound sterling (GBP)", "Euro (EUR)"):
        assert words in history
    assert "£2 a call" not in history
    assert "£3 a call" in answers
    assert "Amounts are in" in answers


def test_currency_without_a_rate_says_why_nothing_is_priced(
    cast: Cast, client: Client, page: str
) -> None:
    draft = cast.ours.draft
    with scope(organization=cast.ours.organization):
        entry = {"value": "JPY", "version": 1}
        Audit.objects.filter(pk=draft.pk).update(numbers={"currency": entry})

    said = html_of(client.get(page))

    assert chosen(said) == "JPY"
    assert (
        "Nothing is priced, because the market facts have no exchange rate of JPY"
        in (beneath(said, "currency"))
    )
