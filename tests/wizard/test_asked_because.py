"""Why a question is asked, as the page of its section says it."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.frameworks.loading.loader import current
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.test_words_to_read import save

FRAMEWORK = current()


@pytest.mark.thorough
@pytest.mark.once
def test_empty_draft_gives_no_reason_that_nobody_told(
    cast: Cast, client: Client
) -> None:
    """ "What "Asked because" says is true: an answer says so."""
    said = ""
    for section in FRAMEWORK.sections:
        page = reverse("section", args=[cast.ours.draft.pk, section.id])
        said += html_of(client.get(page))

    assert FRAMEWORK.questions[0].text in said
    assert "Asked because" not in said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"quality_gap": "large"}, "the gap is large and the strongest model was not "),
        (
            {"quality_gap": "some_wrong"},
            "there is no target and some answers are wrong",
        ),
    ],
)
def test_only_what_is_true_of_this_case_is_said(
    cast: Cast, client: Client, answers: dict[str, str], said: str
) -> None:
    tried = {"goal": ["task_skill"], "state": "planned", "tried": ["instructions"]}
    save(cast, {**tried, **answers}, {})
    sign_in(client, cast.ours.contributor)

    page = html_of(client.get(reverse("question", args=[cast.ours.draft.pk, "trial"])))

    assert f"Asked because {said}" in page
    assert "the live model misses its target" not in page
