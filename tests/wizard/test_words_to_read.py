"""What a page of the wizard shows at first, and what it keeps in a fold."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import show
from tests.scoring.worked_cases import TRAINING_CASE

pytestmark = pytest.mark.once
ANSWERS = {
    "goal": ["style"],
    "state": "planned",
    "eval": "small_set",
    "examples": "few",
}
LEVELS = {"eval": "documented", "examples": "asserted"}


def page_of(cast: Cast, client: Client, name: str, *more: str) -> str:
    return html_of(client.get(reverse(name, args=[cast.ours.draft.pk, *more])))


def save(cast: Cast, answers: dict[str, Any], levels: dict[str, str]) -> None:
    sent = {("answer", q): Sent(value=value) for q, value in answers.items()}
    sent |= {("level", q): Sent(value=level) for q, level in levels.items()}
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
        by = cast.ours.contributor
        show(audit, by, levels)
        save_entries(audit=audit, by=by, sent=sent, sender=Sender())


def at_first(page: str) -> str:
    """Return the middle of a page without what its folds keep."""
    main = page[page.index("<main") : page.index("</main>")]
    while "<details" in main:
        main = re.sub(
            r"<details(?:(?!<details).)*?<summary>((?:(?!</summary>).)*)</summary>"
            r"(?:(?!<details).)*?</details>",
            r"\1",
            main,
            flags=re.DOTALL,
        )
    return main


def test_next_question_folds_its_example_and_why_it_is_asked(
    cast: Cast, client: Client
) -> None:
    save(cast, ANSWERS, LEVELS)
    question = current().question_by_id["pairs"]

    page = page_of(cast, client, "next_question", "pairs")
    shown = at_first(page)

    assert question.visible
    assert question.text in shown
    for text in (question.example, question.visible.because, question.used):
        assert text in page
        assert text not in shown
    assert re.search(r"</svg>\s*Example\s*<", shown + "<")


def test_next_question_keeps_the_ways_around_it(cast: Cast, client: Client) -> None:
    save(cast, ANSWERS, LEVELS)

    page = page_of(cast, client, "next_question", "eval")
    shown = at_first(page)

    for words in ("Ask a colleague", "Show all questions of", "Add test results"):
        assert words in page
        assert words not in shown
    assert page.count('aria-current="step"') == 1
    assert 'id="nav-wide"' not in page


def test_section_says_at_once_why_a_question_is_asked(
    cast: Cast, client: Client
) -> None:
    save(cast, ANSWERS, LEVELS)
    question = current().question_by_id["pairs"]

    page = page_of(cast, client, "section", "data")

    assert question.visible
    assert at_first(page).count(question.visible.because) == 1
    assert page.count(question.example) == 1


def test_first_page_of_a_draft_leads_to_the_first_question(
    cast: Cast, client: Client
) -> None:
    before = at_first(page_of(cast, client, "tasks"))
    save(cast, ANSWERS, LEVELS)
    after = page_of(cast, client, "tasks")

    assert "Start" in before
    assert "Describe the job and the fault" not in before
    assert '<details class="flow" open>' in after


@pytest.mark.thorough
def test_check_shows_what_is_vouched_for_and_every_answer(
    cast: Cast, client: Client
) -> None:
    save(cast, ANSWERS, LEVELS)

    page = page_of(cast, client, "check")
    shown = at_first(page)

    vouched = shown[shown.index('id="vouched"') :]
    vouched = vouched[: vouched.index("</section>")]
    assert "Test set</a>: 30 or more cases (documented)" in vouched
    assert vouched.count("<li>") == 1
    answers = re.search(r"<details open><summary>(?:(?!</details>).)*</details>", page)
    assert answers
    assert re.search(r"All answers: 4 of \d+", answers[0])
    assert answers[0].count("<dt>") == 4
    assert "How you know: asserted" in answers[0]


@pytest.mark.thorough
def test_nothing_is_vouched_for_without_proof(cast: Cast, client: Client) -> None:
    save(cast, ANSWERS, {"eval": "asserted"})

    assert "What you vouch for" not in page_of(cast, client, "check")


@pytest.mark.thorough
def test_check_names_the_practices_that_were_ticked(cast: Cast, client: Client) -> None:
    answers = {**TRAINING_CASE, "mlops": ["suite", "retraining"]}
    save(cast, answers, {})

    page = html_of(client.get(reverse("check", args=[cast.ours.draft.pk])))

    assert "Two or three: Automatic evaluation suite, Repeatable retraining" in page
