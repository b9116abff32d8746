"""A section keeps its number, and a question that appears is not passed over."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.services.answers.answers import save_answers
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import hidden, resend


def section(cast: Cast, name: str) -> str:
    return reverse("section", args=[cast.ours.draft.pk, name])


def save(cast: Cast, **given: object) -> None:
    with scope(organization=cast.ours.organization):
        save_answers(audit=cast.ours.draft, by=cast.ours.contributor, answers=given)


def place(client: Client, url: str) -> str:
    found = re.search(r'<p class="eyebrow">([^<]+)</p>', html_of(client.get(url)))
    assert found
    return " ".join(found[1].split())


def test_section_keeps_its_number_whatever_the_answers(
    cast: Cast, client: Client
) -> None:
    language = section(cast, "language")
    before = place(client, language)
    save(cast, goal=["format"])

    after = place(client, language)

    assert (before, after) == ("Section 4 of 7", "Section 4 of 7 · about 3 minutes")


@pytest.mark.thorough
def test_question_that_appeared_while_reading_is_shown_before_going_on(
    cast: Cast, client: Client
) -> None:
    purpose = section(cast, "purpose")
    opened = hidden(client, purpose)
    # Saved at once, so that the page then shows the question that this asks.
    resend(client, purpose, opened, htmx=True, tried=["instructions"])
    shown = {**opened, "shown": [*opened["shown"], "quality_gap"]}

    first = resend(client, purpose, shown, tried=["instructions"])
    again = resend(client, purpose, hidden(client, purpose), tried=["instructions"])

    assert first["Location"] == f"{purpose}#slot-quality_gap"
    assert again["Location"] != first["Location"]


def test_question_that_appeared_and_is_answered_keeps_nobody(
    cast: Cast, client: Client
) -> None:
    purpose = section(cast, "purpose")
    opened = hidden(client, purpose)
    shown = {**opened, "shown": [*opened["shown"], "quality_gap"]}

    sent = resend(client, purpose, shown, tried=["instructions"], quality_gap="large")

    assert "#slot-" not in sent["Location"]


@pytest.mark.thorough
def test_section_that_is_answered_names_no_minutes(cast: Cast, client: Client) -> None:
    tasks = reverse("tasks", args=[cast.ours.draft.pk])
    save(cast, goal=["cost_latency"], latency="relaxed")
    assert place(client, section(cast, "cost")).endswith("minutes left")
    assert _cost(client, tasks).endswith("minutes left")

    save(cast, unit_economics="unknown", volume="unknown")

    assert place(client, section(cast, "cost")) == "Section 3 of 7"
    known = "3 of 3 answered, 2 of them with “I don’t know yet”"
    assert _cost(client, tasks) == f"Section 3 · {known}"


def _cost(client: Client, tasks: str) -> str:
    """Return what the list of sections says below the one about cost."""
    page = html_of(client.get(tasks))
    title = page.index("/sections/cost/", page.index("rows-tasks"))
    below = page[page.index('<span class="small muted block">', title) :]
    return " ".join(strip_tags(below.partition("</span> </span>")[0]).split())


def test_section_names_each_question_as_the_panel_and_the_check_do(
    cast: Cast, client: Client
) -> None:
    save(cast, goal=["format"])

    page = html_of(client.get(reverse("section", args=[cast.ours.draft.pk, "purpose"])))

    labels = re.findall(r'<p class="question-label">([^<]+)</p>', page)
    shown = re.findall(r'name="shown" value="(\w+)"', page)
    assert len(shown) > 3
    assert labels == [current().question_by_id[each].label for each in shown]


def test_question_alone_on_its_page_is_its_heading(cast: Cast, client: Client) -> None:
    question = current().question_by_id["tried"]
    save(cast, goal=["format"])

    for name in ("question", "next_question"):
        address = reverse(name, args=[cast.ours.draft.pk, question.id])
        page = html_of(client.get(address))

        heading = f'<h1 class="question-head" id="asked">{question.text}</h1>'
        assert page.count(heading) == 1
        assert page.count(question.text) == 1
        label = f'<p class="question-label">{question.label}</p>'
        assert (label in page) == (name == "question")
        assert 'aria-labelledby="asked"' in page
