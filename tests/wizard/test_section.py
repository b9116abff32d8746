"""The section page without a browser: what is posted, stored and sent back."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django_scopes import scope

from audits.frameworks.loading import loader
from audits.models import Audit
from audits.models.audits import values
from audits.services.answers.answers import save_answers
from tests.casting import Cast
from tests.pages import html_in
from tests.scoring.worked_cases import TRAINING_CASE
from tests.wizard.page_forms import send

HTMX = {"HX-Request": "true"}


def url(audit: Audit, section: str) -> str:
    return reverse("section", args=[audit.pk, section])


def answers(cast: Cast) -> dict[str, Any]:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
    return values(audit.answers)


def save(cast: Cast, **given: Any) -> None:
    with scope(organization=cast.ours.organization):
        save_answers(audit=cast.ours.draft, by=cast.ours.contributor, answers=given)


def text(response: Any) -> str:
    content: bytes = response.content
    return html_in(content.decode())


def page_questions(page: str) -> list[str]:
    return re.findall(r'name="shown" value="(\w+)"', page)


@pytest.mark.once
def test_every_section_asks_its_questions(cast: Cast, client: Client) -> None:
    page = text(client.get(url(cast.ours.draft, "purpose")))

    for question in ("goal", "state", "tried", "eval", "task_shape", "component"):
        assert f'name="shown" value="{question}"' in page
    assert page.count("I don\u2019t know yet</span>") == 6


@pytest.mark.once
def test_question_says_why_it_is_asked_and_what_its_options_mean(
    cast: Cast, client: Client
) -> None:
    save(cast, goal=["knowledge", "style"], state="planned")
    page = text(client.get(url(cast.ours.draft, "purpose")))

    asked = page_questions(page)
    assert len(asked) > 5
    for question in map(loader.current().question_by_id.__getitem__, asked):
        words = [question.text, question.hint, question.why, question.used]
        words += [part.name for part in question.ticks or question.options]
        assert [word for word in words if escape(word) not in page] == []
    assert sorted(re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', page)) == [
        ("goal", "knowledge"),
        ("goal", "style"),
        ("state", "planned"),
    ]


@pytest.mark.once
def test_what_nobody_checked_parts_no_two_percentages(
    cast: Cast, client: Client
) -> None:
    save(cast, **TRAINING_CASE)
    page = text(client.get(url(cast.ours.draft, "ability")))
    named = page[page.index('id="div_id_example_quality"') :]
    shown = re.findall(r'name="example_quality"\s+value="(\w+)"', named)

    assert shown == [
        *("inconsistent", "mostly", "above_target", "consistent"),
        *("not_checked", "unknown"),
    ]


@pytest.mark.once
def test_question_that_does_not_apply_is_an_empty_slot(
    cast: Cast, client: Client
) -> None:
    page = text(client.get(url(cast.ours.draft, "cost")))

    assert '<div class="slot" id="slot-latency_evidence"></div>' in page
    assert 'value="latency_evidence"' not in page


def test_save_and_continue_stores_and_goes_on(cast: Cast, client: Client) -> None:
    form = {
        "shown": ["goal", "state", "tried", "eval", "task_shape", "component"],
        "goal": ["style", "cost_latency"],
        "state": "none",
        "tried": ["nothing"],
        "eval": ["unknown"],
    }

    response = client.post(url(cast.ours.draft, "purpose"), form)

    assert response["Location"] == url(cast.ours.draft, "data")
    assert answers(cast) == {
        "goal": ["style", "cost_latency"],
        "state": "none",
        "tried": ["nothing"],
        "eval": "unknown",
    }


@pytest.mark.once
def test_question_that_comes_to_apply_is_asked_before_going_on(
    cast: Cast, client: Client
) -> None:
    save(cast, goal=["cost_latency"])
    shown = ["volume", "unit_economics", "latency"]

    response = client.post(
        url(cast.ours.draft, "cost"), {"shown": shown, "latency": "hard"}
    )

    here = url(cast.ours.draft, "cost")
    assert response["Location"] == f"{here}#slot-latency_evidence"


@pytest.mark.once
def test_last_section_leads_to_the_numbers(cast: Cast, client: Client) -> None:
    shown = ["regulatory", "error_cost", "iteration", "tenants", "portability"]

    response = client.post(url(cast.ours.draft, "strengthen"), {"shown": shown})

    assert response["Location"] == reverse("numbers", args=[cast.ours.draft.pk])


@pytest.mark.thorough
def test_question_that_was_not_shown_is_not_touched(cast: Cast, client: Client) -> None:
    save(cast, state="planned", goal=["style"])

    send(client, url(cast.ours.draft, "purpose"), shown=["goal"], goal=["format"])

    assert answers(cast) == {"state": "planned", "goal": ["format"]}


def test_untick_everything_takes_the_answer_back(cast: Cast, client: Client) -> None:
    save(cast, goal=["style"])

    send(client, url(cast.ours.draft, "purpose"), shown=["goal"])

    assert answers(cast) == {}


@pytest.mark.once
@pytest.mark.parametrize(
    ("field", "picked", "message"),
    [
        (
            "goal",
            ["style", "format", "knowledge", "task_skill"],
            "Pick up to 3; you picked 4",
        ),
        (
            "goal",
            ["style", "unknown"],
            "Choose “I don\u2019t know yet” alone, or leave it out",
        ),
        (
            "goal",
            ["knowledge", "none_counted"],
            "Choose “Nobody has counted” alone, or leave it out",
        ),
        (
            "tried",
            ["nothing", "instructions"],
            "Choose “Nothing yet” alone, or leave it out",
        ),
        (
            "tried",
            ["demo", "instructions"],
            "Choose “In use or in demos, but never tested” alone, or leave it out",
        ),
        ("state", ["sold"], "Select a valid choice. sold is not one of the available"),
    ],
)
def test_unfit_answer_is_explained_and_nothing_is_lost(
    cast: Cast, client: Client, field: str, picked: list[str], message: str
) -> None:
    form = {"shown": ["goal", "state", "tried"], field: picked, "eval": []}

    response = client.post(url(cast.ours.draft, "purpose"), form)

    page = text(response)
    assert response.status_code == 422
    assert "There is a problem" in page
    assert message in page
    assert "<title>Error: " in page
    for value in picked:
        ticked = page.count(f'name="{field}" value="{value}"')
        assert ticked == (0 if value == "sold" else 1)
    assert answers(cast) == {}


@pytest.mark.once
def test_autosave_answers_with_the_panel_and_the_saved_line(
    cast: Cast, client: Client
) -> None:
    form = {"shown": ["goal"], "goal": ["knowledge"]}

    response = client.post(url(cast.ours.draft, "purpose"), form, headers=HTMX)

    page = text(response)
    assert answers(cast) == {"goal": ["knowledge"]}
    assert "<html" not in page
    assert "<span>Retrieval (RAG)</span>" in page
    assert "Saved " in page


@pytest.mark.once
def test_autosave_sends_only_the_slots_that_changed(cast: Cast, client: Client) -> None:
    save(cast, goal=["cost_latency"])
    shown = ["volume", "unit_economics", "latency"]
    form = {"shown": shown, "latency": "tight"}

    page = text(client.post(url(cast.ours.draft, "cost"), form, headers=HTMX))

    assert 'id="slot-latency_evidence" hx-swap-oob="true"' in page
    assert 'id="slot-latency"' not in page


@pytest.mark.once
def test_autosave_of_an_unfit_answer_says_so_and_saves_the_rest(
    cast: Cast, client: Client
) -> None:
    many = ["style", "format", "knowledge", "task_skill"]
    form = {"shown": ["goal", "state"], "goal": many, "state": "planned"}

    page = text(client.post(url(cast.ours.draft, "purpose"), form, headers=HTMX))

    assert "Not saved: 1 entry." in page
    assert 'id="id_goal_error">Pick up to 3; you picked 4</p>' in page
    assert answers(cast) == {"state": "planned"}


@pytest.mark.once
def test_corrected_answer_takes_its_error_from_the_page(
    cast: Cast, client: Client
) -> None:
    form = {"shown": ["goal", "state"], "goal": ["style"], "state": "planned"}

    page = text(client.post(url(cast.ours.draft, "purpose"), form, headers=HTMX))

    assert '<div id="problem-goal" hx-swap-oob="innerHTML"></div>' in page
    assert '<div id="form-problems" hx-swap-oob="innerHTML"></div>' in page
    assert "Not saved" not in page


def test_recorded_option_of_ticks_stays_until_ticks_replace_it(
    cast: Cast, client: Client
) -> None:
    save(cast, **TRAINING_CASE | {"mlops": "ready"})
    others = answers(cast).keys() - {"mlops"}
    ability = url(cast.ours.draft, "ability")

    send(client, ability, shown=["mlops"], mlops=["recorded:ready"])
    kept = answers(cast)
    send(client, ability, shown=["mlops"], mlops=["suite", "rollback"])

    assert kept["mlops"] == "ready"
    assert answers(cast)["mlops"] == ["suite", "rollback"]
    assert answers(cast).keys() - {"mlops"} == others


@pytest.mark.on_both
def test_submitted_audit_shows_its_result_instead(cast: Cast, client: Client) -> None:
    here = url(cast.ours.submitted, "purpose")
    result = reverse("result", args=[cast.ours.submitted.pk])

    assert client.get(here)["Location"] == result
    assert client.post(here, {"shown": ["state"]})["Location"] == result


@pytest.mark.once
def test_resume_goes_to_the_question_that_can_change_the_verdict(
    cast: Cast, client: Client
) -> None:
    save(cast, goal=["style"], state="none", eval="unknown")

    response = client.get(reverse("resume", args=[cast.ours.draft.pk]))

    draft = cast.ours.draft.pk
    assert response["Location"] == reverse("next_question", args=[draft, "tried"])


@pytest.mark.once
def test_unknown_section_is_not_found(cast: Cast, client: Client) -> None:
    assert client.get(url(cast.ours.draft, "weather")).status_code == 404


@pytest.mark.thorough
@pytest.mark.once
def test_check_lists_open_questions_and_answers(cast: Cast, client: Client) -> None:
    save(cast, goal=["style"], state="unknown")

    page = text(client.get(reverse("check", args=[cast.ours.draft.pk])))

    assert "What is wrong</a></dt><dd>Style</dd>" in page
    assert "Where training stands</a></dt><dd>Not known</dd>" in page
    assert "Test set</a></dt>" not in page
    assert re.search(r"<a [^>]*>(Next: )?Test set</a>", page)
    assert "Submit and see the result" in page


@pytest.mark.thorough
@pytest.mark.once
def test_nothing_answered_cannot_be_submitted(cast: Cast, client: Client) -> None:
    page = text(client.get(reverse("check", args=[cast.ours.draft.pk])))
    response = client.post(reverse("submit", args=[cast.ours.draft.pk]))

    assert "Answer at least one question first" in page
    assert response["Location"] == reverse("resume", args=[cast.ours.draft.pk])


def test_autosave_of_a_locked_audit_leads_the_page_to_its_result(
    cast: Cast, client: Client
) -> None:
    form = {"shown": ["state"], "state": "planned"}

    response = client.post(url(cast.ours.submitted, "purpose"), form, headers=HTMX)

    result = reverse("result", args=[cast.ours.submitted.pk])
    assert response["HX-Redirect"] == result
