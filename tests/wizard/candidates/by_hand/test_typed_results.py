"""Whoever decides sees who typed a result, and that its day cannot be right."""

import pytest
from django.test import Client

from audits.models import Audit
from tests.casting import Cast
from tests.wizard.candidates.results_saved import save_typed
from tests.wizard.candidates.told_pages import told_pages
from tests.wizard.candidates.typed import TYPED


@pytest.fixture
def draft(aimed: Audit) -> Audit:
    """Return the draft with a target, and without earlier files."""
    return aimed


def test_everybody_sees_who_typed_a_result_and_when_it_was_tested(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_typed(draft, **TYPED | {"day": "2021-03-01"})

    said = (
        f"62 of 100, typed by {draft.use_case.owner}, run by “Evaluation "
        "team” as entered, tested on 1 March 2021, 5 years ago, before Claude Haiku "
        "4.5 was released on 15 October 2025, shown by https://example.org/report; "
        "no results file."
    )
    for name, page in told_pages(client, draft, cast).items():
        assert page.count(said) == 1, name


@pytest.mark.thorough
def test_day_that_can_be_right_is_said_without_a_remark(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_typed(draft, **TYPED)

    shown = f"shown by {TYPED['link']}"
    said = f"tested on 20 November 2026, {shown}; no results file."
    for name, page in told_pages(client, draft, cast).items():
        assert page.count(said) == 1, name


@pytest.mark.thorough
def test_result_that_does_not_count_is_not_said(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_typed(draft, **TYPED | {"run_by": ""})

    for name, page in told_pages(client, draft, cast).items():
        assert "tested on 20 November 2026; no results file" not in page, name
