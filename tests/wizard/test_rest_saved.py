"""One answer that does not fit keeps no other from being saved, without JavaScript."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.models.audits import values
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import hidden, hidden_in, resend, send

ALONE = ["nothing", "instructions"]
PROBLEM = "Choose “Nothing yet” alone, or leave it out"
REST = "The rest of this page is saved."


def audit(cast: Cast) -> Audit:
    with scope(organization=cast.ours.organization):
        return Audit.objects.get(pk=cast.ours.draft.pk)


def answers(cast: Cast) -> dict[str, Any]:
    return values(audit(cast).answers)


@pytest.mark.parametrize("button", [{}, {"later": "1"}])
def test_answers_that_fit_are_saved_beside_one_that_does_not(
    cast: Cast, ana: Client, purpose: str, button: dict[str, Any]
) -> None:
    sent: dict[str, Any] = {"state": "none", "eval": "solid_set", "tried": ALONE}

    response = send(ana, purpose, **sent, **button)

    page = html_of(response)
    assert response.status_code == 422
    assert answers(cast) == {"state": "none", "eval": "solid_set"}
    assert PROBLEM in page
    assert REST in page
    assert 'name="state" value="none" id="id_state_0" checked' in page
    assert page.count("checked") == 4  # state, quality gap, and the two that do not fit


@pytest.mark.thorough
def test_page_that_is_shown_again_goes_on_from_what_it_saved(
    cast: Cast, ana: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)
    refused = html_of(resend(ana, purpose, opened, state="none", tried=ALONE))
    again = hidden_in(refused)

    onwards = resend(ana, purpose, again, state="planned", tried=["demo"])

    assert again["tab"] != opened["tab"]
    assert again["v-state"] == ["1.0.0"]
    assert onwards.status_code == 302
    assert answers(cast) == {"state": "planned", "tried": ["demo"]}


@pytest.mark.once
def test_errors_are_shown_before_a_conflict_which_waits(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)
    send(ben, purpose, state="planned")

    response = resend(ana, purpose, opened, state="none", goal=["style"], tried=ALONE)

    page = html_of(response)
    assert response.status_code == 422
    assert PROBLEM in page
    assert "1 of your answers was set aside and does not count" in page
    assert "The rest of this page is saved, apart from what was set aside." in page
    assert answers(cast) == {"state": "planned", "goal": ["style"]}
    assert hidden_in(page)["v-state"] == ["0.0.0"]
    listed = html_of(ana.get(reverse("conflicts", args=[cast.ours.draft.pk])))
    assert "Two answers to one question" in listed


def test_answer_that_somebody_else_changed_is_shown_again_as_it_is_now(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    send(ana, purpose, state="none")
    opened = hidden(ana, purpose)
    send(ben, purpose, state="planned")

    page = html_of(resend(ana, purpose, opened, state="none", tried=ALONE))
    resend(ana, purpose, hidden_in(page), state="planned", tried=["demo"])

    assert 'name="state" value="planned" id="id_state_1" checked' in page
    assert (
        "Northgate reviewer changed “Where training stands” from “Not started” to "
        "“Training planned”. Your page now shows it." in page
    )
    assert answers(cast) == {"state": "planned", "tried": ["demo"]}


def test_unfit_answer_overwrites_nothing_once_it_fits(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)
    send(ben, purpose, tried=["instructions"])

    refused = html_of(resend(ana, purpose, opened, tried=ALONE))
    again = resend(ana, purpose, hidden_in(refused), tried=["demo"])

    assert again.status_code == 409
    assert answers(cast) == {"tried": ["instructions"]}


@pytest.mark.once
def test_question_that_came_to_apply_is_shown_with_its_kept_answer(
    cast: Cast, ana: Client
) -> None:
    purpose = reverse("section", args=[cast.ours.draft.pk, "purpose"])
    cost = reverse("section", args=[cast.ours.draft.pk, "cost"])
    send(ana, purpose, goal=["cost_latency"])
    send(ana, cost, latency="hard")
    send(ana, cost, latency="hard", latency_evidence="missed")
    send(ana, cost, latency="relaxed", latency_evidence="missed")

    page = html_of(send(ana, cost, latency="hard", volume="x"))
    resend(ana, cost, hidden_in(page), latency="hard", latency_evidence="missed")

    chosen = 'name="latency_evidence" value="missed" id="id_latency_evidence_'
    assert " checked" in page[page.index(chosen) :][: len(chosen) + 12]
    assert answers(cast) == {
        "goal": ["cost_latency"],
        "latency": "hard",
        "latency_evidence": "missed",
    }


def test_numbers_that_fit_are_saved_beside_one_that_does_not(
    cast: Cast, ana: Client, ben: Client
) -> None:
    numbers = reverse("numbers", args=[cast.ours.draft.pk])
    send(ana, numbers, requests="1000")
    opened = hidden(ana, numbers)
    send(ben, numbers, requests="2000")

    sent: dict[str, Any] = {
        "requests": "1,000",
        "cache_hit": "900",
        "output_tokens": "300",
    }
    response = resend(ana, numbers, opened, **sent)
    page = html_of(response)
    corrected: dict[str, Any] = {
        "requests": "2,000",
        "cache_hit": "90",
        "output_tokens": "300",
    }
    again = resend(ana, numbers, hidden_in(page), **corrected)

    assert (response.status_code, again.status_code) == (422, 302)
    assert REST in page
    assert 'value="900"' in page
    assert 'name="requests" value="2,000"' in page
    assert values(audit(cast).numbers) == {
        "requests": "2000",
        "cache_hit": "0.9",
        "output_tokens": "300",
    }


@pytest.mark.once
def test_problem_is_said_at_its_question_and_the_page_leads_there(
    ana: Client, purpose: str
) -> None:
    page = html_of(send(ana, purpose, htmx=True, tried=ALONE, seq="1"))

    assert 'Not saved: 1 entry. <a href="#id_tried">Go to it</a>' in page
    said = f'<p class="invalid-feedback" id="id_tried_error">{PROBLEM}</p>'
    assert f'<div id="problem-tried" hx-swap-oob="innerHTML">{said}</div>' in page
