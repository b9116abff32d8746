"""A scenario is an address: it has what differs, and what cannot be used is named."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.services.answers.answers import save_answers
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.results.scenarios import address
from tests.results.scenarios import draft as _draft

pytestmark = pytest.mark.once
draft = _draft


def test_form_is_answered_with_the_address_of_what_differs(
    client: Client, draft: Audit
) -> None:
    given = {"a.quality_gap": "met", "a.eval": "", "a.data_rights": "clear"}
    given |= {"a.number.requests": "120,000", "a.goal": "task_skill"}

    response = client.get(reverse("what_if", args=[draft.pk]), given)

    assert response.status_code == 302
    assert response["Location"] == address(
        draft, a__quality_gap="met", a__number__requests="120000"
    )
    assert client.get(response["Location"]).status_code == 200


def test_part_for_htmx_has_its_address_and_the_questions_that_appear(
    client: Client, draft: Audit
) -> None:
    headers = {"HX-Request": "true"}
    there = address(draft, a__goal=["format"], a__eval="")

    response = client.get(
        there.replace("%5B%27format%27%5D", "format"), headers=headers
    )

    page = html_of(response)
    assert response["HX-Replace-Url"] == address(draft, a__goal="format")
    assert "<html" not in page
    assert page.startswith('<section class="sheet flow" id="compared"')
    appearing = '<div class="what-if-row" id="row-format_need" hx-swap-oob="true">'
    assert f'{appearing}<p class="status">' in page
    assert "HX-Request" in response["Vary"]


@pytest.mark.thorough
def test_question_on_the_page_is_not_drawn_over_what_somebody_just_chose(
    client: Client, draft: Audit
) -> None:
    headers = {"HX-Request": "true"}
    shown = address(draft, a__goal="format", a__format_need="")
    away = address(draft, a__goal="", a__format_need="")

    again = html_of(client.get(shown, headers=headers))
    gone = html_of(client.get(away, headers=headers))

    assert 'id="row-format_need"' not in again
    assert 'id="row-format_need" hx-swap-oob="true"></div>' in gone


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("query", "sentence"),
    some_of(
        [
            ("a.qualty_gap=met", "“qualty_gap” is not a question of this audit"),
            ("a.quality_gap=huge", "is not one of met, small, large"),
            ("b.number.requests=many", "as a number, like 40,000"),
            ("c.quality_gap=met", "“c.quality_gap” is not a parameter of this page"),
            ("scenario=c", "The scenario to edit is “a” or “b”"),
            ("a.%00=%ff&a.eval=%3Cb%3E", "is not a question of this audit"),
        ],
        3,
    ),
)
def test_what_cannot_be_used_is_named_and_the_rest_compared(
    client: Client, draft: Audit, query: str, sentence: str
) -> None:
    there = reverse("what_if", args=[draft.pk])

    response = client.get(f"{there}?{query}&a.data_rights=unclear")

    page = html_of(response)
    assert response.status_code == 422
    assert sentence in page
    assert "<strong>Unclear</strong> (asserted) instead of Yes" in page
    part = client.get(f"{there}?{query}", headers={"HX-Request": "true"})
    assert (part.status_code, part.get("HX-Replace-Url")) == (200, None)
    assert sentence in html_of(part)


def test_number_that_may_be_two_is_asked_and_the_rest_compared(
    client: Client, draft: Audit
) -> None:
    there = reverse("what_if", args=[draft.pk])
    query = {"a.number.requests": "20.000", "a.number.value_per_request": "0,02"}

    page = html_of(client.get(there, query))
    dutch = client.get(there, query, headers={"Accept-Language": "nl"})

    assert "which number is “20.000”?" in page
    assert "a.number.requests</span>" not in page
    assert "$0.02 a call" in page
    chosen = "?a.number.value_per_request=0.02&amp;a.number.requests=20000"
    assert f'<a href="{chosen}">20,000 (20 thousand)</a>' in page
    assert (
        client.get(f"{there}{chosen.replace('amp;', '')}", follow=True).status_code
        == 200
    )
    assert "a.number.requests=20000" in dutch["Location"]


@pytest.mark.parametrize(("letter", "where"), [("a", ""), ("b", "Scenario B: ")])
def test_entry_that_cannot_be_used_is_named_as_on_the_page(
    client: Client, draft: Audit, letter: str, where: str
) -> None:
    there = reverse("what_if", args=[draft.pk])

    page = html_of(client.get(f"{there}?{letter}.number.requests=many"))

    assert f"<li>{where}Enter " in page
    assert f"({letter}.number.requests)" not in page
    assert f'<span class="code">{letter}.number' not in page


def test_number_that_does_not_fit_an_answer_is_told_with_the_answer_that_does(
    cast: Cast, client: Client, draft: Audit
) -> None:
    slow = {"goal": ["task_skill", "cost_latency"], "volume": "100k_1m"}
    with scope(organization=cast.ours.organization):
        save_answers(audit=draft, by=cast.ours.contributor, answers=slow)
    there = address(draft, a__number__requests="90000000", b__quality_gap="met")

    page = html_of(client.get(there))

    beside = page.partition("Scenario A changes</h3>")[2]
    told, _, other = beside.partition("Scenario B changes</h3>")
    told, other = " ".join(told.split()), other.partition("</section>")[0]
    assert "is 90,000,000, but the answer to “Calls a month” is" in told
    assert "Change “Calls a month” to “Over 10 million”, too</a>" in told
    assert "is 90,000,000" not in other
    query = told.partition("note note-warn")[2].partition('href="')[2]
    link = query.partition('"')[0].replace("&amp;", "&")
    assert "a.volume=gt_10m" in link
    assert "b.quality_gap=met" in link
    fitted = client.get(reverse("what_if", args=[draft.pk]) + link)
    assert fitted.status_code == 200
    assert "but the answer to “Calls a month”" not in html_of(fitted)
