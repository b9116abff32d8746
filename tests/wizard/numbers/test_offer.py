"""An offer on the numbers page: entered in parts, told, compared and never lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role
from audits.models.audits import values
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden, resend, send

pytestmark = pytest.mark.once

OFFER = {
    "proposal_by": "Nordlys",
    "proposal_technique": "fine_tune",
    "proposal_includes": "training and hosting",
    "proposal_currency": "EUR",
    "proposal_once": "120,000",
    "proposal_month": "1,500",
    "proposal_start": "2026-12-01",
    "proposal_months": "24",
    "proposal_requests": "50,000",
    "proposal_document": "https://offers.example.org/117",
}
STORED = OFFER | {
    "proposal_once": "120000",
    "proposal_month": "1500",
    "proposal_requests": "50000",
}


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("numbers", args=[cast.ours.draft.pk])


def numbers(cast: Cast) -> dict[str, Any]:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).numbers)


def typed(client: Client, page: str, **fields: Any) -> Any:
    """Send one change as the page does while somebody types."""
    return send(client, page, htmx=True, seq="1", **fields)


def beneath(html: str, name: str) -> str:
    """Return what a page or an answer says beneath a field."""
    return html.partition(f'id="beneath-{name}"')[2].partition("</div>")[0]


def test_offer_is_kept_part_by_part_and_shown_again(
    cast: Cast, client: Client, page: str
) -> None:
    response = send(client, page, **OFFER)
    again = html_of(client.get(page))

    assert response.status_code == 302
    assert numbers(cast) == STORED
    for name in ("proposal_by", "proposal_once", "proposal_start", "proposal_document"):
        assert f'name="{name}" value="{OFFER[name]}"' in again
    assert '<option value="EUR" selected>Euro (EUR)</option>' in again
    assert '<option value="fine_tune" selected>Fine-tune</option>' in again


@pytest.mark.thorough
def test_sending_the_page_again_changes_nothing(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, **OFFER)
    opened = hidden(client, page)
    shown = re.findall(
        r'name="(proposal_\w+)" value="([^"]*)"', html_of(client.get(page))
    )
    resend(client, page, opened, **dict(shown))

    assert numbers(cast) == STORED
    with scope(organization=cast.ours.organization):
        entries = Audit.objects.get(pk=cast.ours.draft.pk).numbers
    assert {entry["version"] for entry in entries.values()} == {1}


def test_price_is_told_in_its_currency_with_the_dollars_and_their_rate(
    client: Client, page: str
) -> None:
    said = html_of(typed(client, page, **OFFER))

    assert (
        "= €120,000 once (about $134,064 at 1.1172 on 30 October 2026, "
        "European Central Bank)"
    ) in beneath(said, "proposal_once")
    assert "= €1,500 a month (about $1,676 at" in beneath(said, "proposal_month")
    assert "= 50,000 calls a month" in beneath(said, "proposal_requests")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("de-DE", ("120.000 €", "1,16", "€120.000 once (about $139.200 at 1,16")),
        ("en-US", ("€120,000", "1.16", "€120,000 once (about $139,200 at 1.16")),
    ],
)
def test_price_and_rate_are_read_by_the_language_of_their_writer(
    cast: Cast, client: Client, page: str, language: str, written: tuple[str, str, str]
) -> None:
    price, rate, said = written
    response = client.post(
        page,
        {
            "proposal_currency": "EUR",
            "proposal_once": price,
            "proposal_rate": rate,
            "tab": "t",
            "seq": "1",
        },
        headers={"HX-Request": "true", "Accept-Language": language},
    )

    assert numbers(cast) == {
        "proposal_currency": "EUR",
        "proposal_once": "120000",
        "proposal_rate": "1.16",
    }
    told = beneath(html_of(response), "proposal_once")
    assert f"= {said}, a rate that the team entered)" in told


@pytest.mark.thorough
def test_price_that_may_be_two_numbers_is_asked_about(
    cast: Cast, client: Client, page: str
) -> None:
    asked = html_of(typed(client, page, proposal_by="N", proposal_once="120.000"))

    assert numbers(cast) == {"proposal_by": "N"}
    found = re.findall(r'name="meant-proposal_once" value="(\d+)"', asked)
    assert found == ["120000", "120"]


def test_other_sign_than_the_currency_is_told_beside_the_price(
    cast: Cast, client: Client, page: str
) -> None:
    page_again = html_of(send(client, page, **OFFER | {"proposal_once": "£5"}))

    assert (
        "One-off price of the offer is in EUR: choose the currency of “£” for the "
        "offer, or enter the number without it"
    ) in page_again
    assert 'name="proposal_once" value="£5"' in page_again
    assert numbers(cast) == {k: x for k, x in STORED.items() if k != "proposal_once"}


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "by": ("x" * 61, "Who makes the offer must have 60 characters"),
            "start": ("1.12.2026", "First day of the offer must be a day, like"),
            "requests": ("many", "Enter calls a month the offer covers as a"),
            "once": ("0.0000001", "One-off price of the offer: must be at most"),
        },
        {
            "includes": ("x" * 161, "must have 160 characters or fewer"),
            "start": ("9999-12-01", "must be a day like 2026-12-01"),
            "rate": ("0", "Exchange rate of the offer must be between 0.000001"),
            "technique": ("magic", "Select a valid choice"),
        },
        {
            "months": ("0", "Months the offer covers must be between 1 and 120"),
            "currency": ("XXX", "Select a valid choice"),
        },
    ],
)
def test_parts_that_are_wrong_are_told_beside_each_and_the_rest_is_kept(
    cast: Cast, client: Client, page: str, wrong: dict[str, tuple[str, str]]
) -> None:
    sent = {f"proposal_{name}": value for name, (value, _) in wrong.items()}
    response = send(client, page, **OFFER | sent, requests="7")

    said = html_of(response)
    assert response.status_code == 422
    for name, (_, problem) in wrong.items():
        beside = said.partition(f'id="problem-proposal_{name}"')[2]
        assert problem in beside.partition("</div>")[0], name
    assert numbers(cast) == {
        **{k: x for k, x in STORED.items() if k not in sent},
        "requests": "7",
    }


@pytest.mark.thorough
def test_line_breaks_and_invisible_characters_do_not_reach_the_paper(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, **OFFER | {"proposal_by": " Nord\u202elys\n  AS "})

    assert numbers(cast)["proposal_by"] == "Nordlys AS"


def test_offer_without_its_maker_or_a_price_says_so_only_when_the_page_is_done(
    cast: Cast, client: Client, page: str
) -> None:
    fields = {**dict.fromkeys(OFFER, ""), "proposal_includes": "training"}
    while_typing = html_of(typed(client, page, **fields))
    done = send(client, page, **fields)
    later = send(client, page, **fields, later="1")

    wanted = ("Enter who makes the offer", "Enter at least one price of the offer")
    assert all(f"{each}" in while_typing for each in wanted)
    assert "invalid-feedback" not in while_typing
    assert done.status_code == 422
    for name, text in zip(("proposal_by", "proposal_once"), wanted, strict=True):
        beside = html_of(done).partition(f'id="problem-{name}"')[2]
        assert text in beside.partition("</div>")[0]
    assert later.status_code == 302
    assert numbers(cast) == {"proposal_includes": "training"}


@pytest.mark.thorough
def test_comparison_is_drawn_after_saving_with_and_without_javascript(
    client: Client, page: str
) -> None:
    facts = {
        "requests": "60,000",
        "prefix_tokens": "6,000",
        "variable_tokens": "500",
        "output_tokens": "300",
        "model": "claude-sonnet-5-5",
        "today": "prompt",
    }

    swapped = html_of(typed(client, page, **OFFER, **facts))
    whole = html_of(client.get(page))

    for html in (swapped, whole):
        shown = html.partition('id="offer-compared"')[2].partition("</table>")
        assert "Current plan" in shown[0]
        assert "Offered by Nordlys" in shown[0]
        assert "What the verdict recommends" in shown[0]
        assert "There is no verdict yet" in shown[0]
        assert "The offer is for 50,000 of 60,000 calls a month" in shown[2]
    assert '<a href="https://offers.example.org/117"' in whole


def test_one_part_of_another_page_does_not_ask_for_the_rest(
    cast: Cast, client: Client, page: str
) -> None:
    typed(client, page, proposal_includes="training")

    taken = client.post(page, {"prefix_tokens": "4", "v-prefix_tokens": "0", "stay": 1})

    assert taken.status_code == 302
    assert numbers(cast) == {"proposal_includes": "training", "prefix_tokens": "4"}


@pytest.mark.thorough
def test_two_people_who_enter_parts_of_one_offer_keep_both(
    cast: Cast, client: Client, page: str
) -> None:
    ben = Client()
    sign_in(ben, cast.ours.people[Role.REVIEWER])
    mine, other = hidden(client, page), hidden(ben, page)

    resend(client, page, mine, htmx=True, seq="1", proposal_by="Nordlys")
    resend(ben, page, other, htmx=True, seq="1", proposal_once="500")

    assert numbers(cast) == {"proposal_by": "Nordlys", "proposal_once": "500"}


def test_two_prices_for_one_offer_are_a_choice_and_neither_is_lost(
    cast: Cast, client: Client, page: str
) -> None:
    ben = Client()
    sign_in(ben, cast.ours.people[Role.REVIEWER])
    opened = hidden(client, page)
    fields = {"proposal_by": "Nordlys", "proposal_once": "500"}
    send(ben, page, **fields)

    response = resend(client, page, opened, **fields | {"proposal_once": "700"})

    said = html_of(response)
    assert response.status_code == 409
    assert numbers(cast) == fields
    assert "One-off price of the offer" in said
    assert "500 in the currency of the offer" in said
    assert "700 in the currency of the offer" in said


@pytest.mark.thorough
def test_check_and_history_tell_an_offer_in_words(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, **OFFER)

    check = html_of(client.get(reverse("check", args=[cast.ours.draft.pk])))
    history = html_of(client.get(reverse("number_history", args=[cast.ours.draft.pk])))

    for said in (check, history):
        assert "Who makes the offer" in said
        assert "1 December 2026" in said
        assert "Fine-tune" in said
        assert "proposal_" not in said.replace("proposal_history", "")
    assert "€120,000 once" in check
    # The currency may have been another one when it was entered.
    assert "120,000 in the currency of the offer" in history


@pytest.mark.thorough
def test_check_says_before_submitting_that_an_offer_lacks_something(
    client: Client, cast: Cast, page: str
) -> None:
    check = reverse("check", args=[cast.ours.draft.pk])
    typed(client, page, proposal_by="Nordlys", proposal_includes="training")
    lacking = html_of(client.get(check))
    typed(client, page, proposal_month="500")

    note = "The offer is not compared, and the paper will not have it."
    assert note in lacking
    assert "Enter at least one price of the offer: once, a month or a year." in lacking
    assert f'href="{page}#offer"' in lacking
    assert note not in html_of(client.get(check))
