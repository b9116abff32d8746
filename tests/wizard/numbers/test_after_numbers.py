"""Where “Save and continue” of the numbers leads."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.worked_cases import TRAINING_LEVELS
from tests.wizard.page_forms import send
from tests.wizard.test_open_points import ANSWERED
from tests.wizard.test_words_to_read import save

pytestmark = pytest.mark.once


def at(cast: Cast) -> str:
    return reverse("numbers", args=[cast.ours.draft.pk])


@pytest.mark.thorough
def test_it_leads_to_the_next_section_with_an_open_question(
    cast: Cast, client: Client
) -> None:
    save(cast, {"goal": ["style"], "state": "planned"}, {})

    there = send(client, at(cast), requests="40,000")["Location"]

    purpose = reverse("section", args=[cast.ours.draft.pk, "purpose"])
    # The first that is open there, as those above it are answered.
    assert there == f"{purpose}#slot-tried"


def test_it_leads_to_the_check_once_nothing_can_change_the_verdict(
    cast: Cast, client: Client
) -> None:
    save(cast, ANSWERED, TRAINING_LEVELS)

    there = send(client, at(cast), requests="40,000")["Location"]

    assert there == reverse("check", args=[cast.ours.draft.pk])


@pytest.mark.thorough
def test_what_else_is_saved_is_said_below_the_title(cast: Cast, client: Client) -> None:
    page = html_of(send(client, at(cast), requests="many", output_tokens="300"))

    assert page.index("</h1>") < page.index("The rest of this page is saved.")
