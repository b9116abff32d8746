"""Answers that cannot all be right are asked about before they are submitted."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Stage, UseCase
from audits.services.answers.answers import save_answers
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in

pytestmark = pytest.mark.once
FACTS: dict[str, Any] = {"goal": ["knowledge"], "knowledge_size": "none"}
NO_TEXT = (
    "The answer to “What is wrong” is “Facts”, but the answer to “Knowledge to search” "
    "is “None”."
)
NOT_TRIED = (
    "The use case is live, but the answer to “Simpler approaches tested” is “Nothing "
    "yet”."
)


def check_of(cast: Cast, client: Client, answers: dict[str, Any]) -> str:
    tenant = cast.ours
    sign_in(client, tenant.contributor)
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=answers)
    return html_of(client.get(reverse("check", args=[tenant.draft.pk])))


@pytest.mark.thorough
def test_missing_facts_without_documents_are_asked_about(
    cast: Cast, client: Client
) -> None:
    page = check_of(cast, client, FACTS)

    assert NO_TEXT in page
    link = reverse("question", args=[cast.ours.draft.pk, "knowledge_size"])
    assert f'href="{link}">Change “Knowledge to search”</a>' in page


@pytest.mark.thorough
@pytest.mark.parametrize(
    "answers",
    [FACTS | {"knowledge_size": "small"}, FACTS | {"goal": ["style"]}],
)
def test_answers_that_fit_are_not(
    cast: Cast, client: Client, answers: dict[str, Any]
) -> None:
    assert "What cannot all be right" not in check_of(cast, client, answers)


@pytest.mark.parametrize(
    ("stage", "tried", "is_told"),
    [
        (Stage.LIVE, "nothing", True),
        (Stage.LIVE, "demo", False),
        (Stage.PLANNED, "nothing", False),
    ],
)
def test_live_use_case_of_which_nothing_was_tried_is_asked_about(
    cast: Cast, client: Client, stage: str, tried: str, *, is_told: bool
) -> None:
    with scope(organization=cast.ours.organization):
        audit = cast.ours.draft
        UseCase.objects.filter(pk=audit.use_case_id).update(stage=stage)

    page = check_of(cast, client, {"goal": ["style"], "tried": [tried]})

    assert (NOT_TRIED in page) is is_told


@pytest.mark.thorough
def test_answers_that_no_longer_count_are_named(cast: Cast, client: Client) -> None:
    given = {"goal": ["cost_latency"], "latency": "hard", "examples": "few"}
    before = check_of(cast, client, given)

    after = check_of(cast, client, {"goal": ["style"]})

    assert "no longer count" not in before
    apart = after[after.index("1 answer that no longer counts") :]
    assert "<dt>Speed needed</dt>" in apart
    assert "<dd>Hard</dd>" in apart
    assert "no longer count" not in check_of(cast, client, {"goal": ["cost_latency"]})
