"""Task list, check and result count asked, answered and not known alike."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.answering import flow
from audits.frameworks.answering.progress import progress
from audits.frameworks.loading.loader import current
from audits.services.answers.answers import save_answers
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.cards.test_cards import assessed
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.signed_in import sign_in


@pytest.mark.parametrize("more", [{}, {"change_rate": "unknown"}])
def test_progress_and_assessment_count_alike(more: dict[str, str]) -> None:
    assessment = assessed(RETRIEVAL_CASE | more, levels={})

    found = progress(current(), flow.relevant(current(), assessment.codes)).tally

    assert found == assessment.tally
    assert found.not_known == len(more)
    assert ("1 of them with “I don’t know yet”" in found.says) == bool(more)


@pytest.mark.thorough
@pytest.mark.once
def test_pages_say_it_in_the_same_words(cast: Cast, client: Client) -> None:
    draft = cast.ours.draft
    with scope(organization=cast.ours.organization):
        save_answers(
            audit=draft,
            by=cast.ours.contributor,
            answers=RETRIEVAL_CASE | {"change_rate": "unknown"},
        )
        draft.refresh_from_db()
    assessment = assessed(RETRIEVAL_CASE | {"change_rate": "unknown"}, levels={})
    sign_in(client, cast.ours.contributor)
    said = {
        name: " ".join(html_of(client.get(reverse(name, args=[draft.pk]))).split())
        for name in ("tasks", "check", "result", "what_if")
    }

    assert assessment.tally.not_known == 1
    for name, page in said.items():
        assert assessment.tally.says in page, name
    assert f">{assessment.tally.says_open}<" in said["check"].replace("> ", ">")
