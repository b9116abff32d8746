"""Typed results are not compared, and corrected ones take one line."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.results_saved import save_typed, wanted
from tests.wizard.candidates.typed import TYPED

pytestmark = pytest.mark.once

OLD = TYPED | {"kind": "prompt", "model": "", "cases": "60", "passed": "46"}
NEW = OLD | {"kind": "documents", "passed": "55"}
ASKED = (
    "“Written prompt” (46 of 60) and “Prompt with documents” (55 of 60): the "
    "same cases? A file with one row a case shows whether the difference is chance."
)
FOLDED = "<summary>2 changes of results change no answer and no verdict</summary>"


def shown(client: Client, name: str, audit: Audit) -> str:
    return html_of(client.get(reverse(name, args=[audit.pk])))


@pytest.mark.thorough
def test_typed_results_of_as_many_cases_ask_for_a_file(
    client: Client, draft: Audit
) -> None:
    save_typed(draft, **OLD)
    assert "the same cases?" not in shown(client, "candidates", draft)

    save_typed(draft, **NEW)

    assert ASKED in shown(client, "candidates", draft)
    assert ASKED in shown(client, "result", draft)


def test_renamed_results_that_change_nothing_are_folded_with_a_count(
    cast: Cast, client: Client, draft: Audit
) -> None:
    wanted(draft, "90")
    save_typed(draft, **OLD)
    save_typed(draft, **NEW)
    for item, fields in (("c1", OLD), ("c2", NEW)):
        named = fields | {"model": f"Version of {item}"}
        save_typed(draft, item, **named)

    page = shown(client, "result", draft)

    before, fold, after = page.partition(FOLDED)
    assert fold
    assert "given the name “Version of c1”" not in before
    assert "given the name “Version of c1”" in after.partition("</details>")[0]
    assert FOLDED in html_of(client.get(reverse("check", args=[draft.pk]), follow=True))
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    paper = build_paper(fresh_audit(draft))
    assert sum("given the name" in each for each in paper.results_told) == 2
