"""Task list, check and result count asked, answered and not known alike."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.answering import flow
from audits.frameworks.answering.progress import progress
from audits.frameworks.loading.loader import current
from audits.services.answers.answers import save_answers
from audits.wizard.open_points import open_points
from audits.wizard.submitting.unanswered import unanswered
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


@pytest.mark.parametrize("known", [9, 14])
@pytest.mark.parametrize("unknown", [0, 3])
def test_panel_and_check_count_one_list(known: int, unknown: int) -> None:
    kept = dict([*RETRIEVAL_CASE.items()][:known])
    asked = [each.question for each in assessed(kept, levels={}).open_questions]
    answers = kept | dict.fromkeys(asked[:unknown], "unknown")
    assessment = assessed(answers, levels={})
    points = open_points(current(), assessment)

    found = unanswered(assessment, points)

    assert found
    can, every = len(found.can), len(assessment.unknowns)
    kind = "without a known answer" if unknown else "unanswered"
    assert found.says_beside == f"{can} of {every} {kind} can change it"
    many = "questions without a known answer" if unknown else "unanswered questions"
    assert found.title == f"Of {every} {many}, {can} can change the verdict"
    later, told = len(found.later), f" {found.number}." if unknown else ""
    assert found.says_more == f"So can {later} more, if they come up.{told}"
    assert found.says.startswith(f"{can} can change the verdict, {every - can} cannot")
    assert len(found.first) + found.rest == can
    assert len(found.first) + len(found.first_later) <= 5


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
    assert f", if they come up. {assessment.tally.says_open}.<" in said["check"]
