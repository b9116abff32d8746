"""Technical words are explained beside the question that uses them, and on one page."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.answering.glossary import words_of, words_of_question
from audits.frameworks.loading import loader
from audits.services.answers.answers import save_answers
from tests.casting import Cast
from tests.pages import html_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Score two prompts on the TEST SET", ["Prompt", "Test set"]),
        ("Nothing technical, and no prompting", []),
        ("A label, or labels", ["Label"]),
    ],
)
def test_question_has_the_words_it_uses_whatever_their_form(
    text: str, terms: list[str]
) -> None:
    framework = loader.current()
    plain = replace(framework.questions[0], text=text, hint="", find_out="", options=())

    found = words_of_question(framework, plain)

    assert [word.term for word in found] == terms


def test_result_and_panel_explain_the_words_of_the_verdict(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.ours.contributor)
    audit = cast.ours.draft
    with scope(organization=cast.ours.organization):
        given = {"goal": ["knowledge"], "state": "planned", "knowledge_size": "large"}
        save_answers(audit=audit, by=cast.ours.contributor, answers=given)
    [retrieval] = [x for x in loader.current().glossary if x.term == "Retrieval"]
    assert "RAG" in retrieval.means

    result = html_of(client.get(reverse("result", args=[audit.pk])))
    tasks = html_of(client.get(reverse("tasks", args=[audit.pk])))

    for page in (result, tasks):
        assert f"<dt>Retrieval</dt><dd>{retrieval.means}</dd>" in page
    assert result.index(">Words explained<") < result.index('class="facts"')


def test_words_of_a_question_of_the_framework_are_found_by_its_id() -> None:
    framework = loader.current()

    for question in framework.questions:
        found = words_of(framework, question.id)

        assert found == words_of_question(framework, question)
        assert words_of(framework, question.id) is found


@pytest.mark.parametrize("term", ["FTE", "Replica", "Guardrail", "Prompt", "GPU"])
def test_words_that_a_reader_missed_are_in_the_glossary(term: str) -> None:
    assert term in [word.term for word in loader.current().glossary]


def test_words_are_explained_on_a_page_that_every_footer_links() -> None:
    page = html_of(Client().get(reverse("words")))

    assert f'href="{reverse("words")}">Words explained</a>' in page
    for word in loader.current().glossary:
        assert f">{word.term}</dt>" in page


def test_letters_lead_to_the_first_word_of_each() -> None:
    page = html_of(Client().get(reverse("words")))

    nav = page[page.index('class="letters"') :].partition("</nav>")[0]
    letters = re.findall(r'href="#([^"]+)">([A-Z])<', nav)
    terms = re.findall(r'<dt id="([^"]+)">', page)
    firsts = {slug[0].upper(): slug for slug in reversed(terms)}
    assert [(slug, letter) for letter, slug in sorted(firsts.items())] == letters
    assert {"hallucination", "provider"} < {*terms}


@pytest.mark.parametrize("term", ["Weak test", "Range", "List price", "Synthetic"])
def test_words_of_the_pages_of_what_happened_are_explained_in_order(term: str) -> None:
    page = html_of(Client().get(reverse("words")))

    terms = re.findall(r"<dt id=\"[^\"]+\">([^<]+)</dt>", page)
    assert term in terms
    assert terms == sorted(terms, key=str.lower)


def test_question_explains_its_words_in_place(cast: Cast, client: Client) -> None:
    client.force_login(cast.ours.contributor)

    page = html_of(client.get(reverse("section", args=[cast.ours.draft.pk, "purpose"])))

    said = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "Words explained: Parser, Prompt" in said
    assert "<dd>a program that reads an output" in page
