"""Why a question is asked, as the page of its section says it."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.frameworks.loading.loader import current
from tests.casting import Cast
from tests.pages import html_of

FRAMEWORK = current()


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
