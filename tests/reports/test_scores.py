"""The page of a result and its paper draw what candidates scored by one picture."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.reports.context import build_paper
from audits.reports.pdf_client import manuscript_of, render_paper
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_in, html_of
from tests.printed import Printed
from tests.reports.test_appendix import alternatives
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.signed_in import sign_in

pytestmark = pytest.mark.once

MEASURED = ("tried", "eval", "quality_gap", "examples", "example_quality")
TYPED = {"day": "2026-11-20", "run_by": "Evaluation team"}
LEVELS = {q: x for q, x in TRAINING_LEVELS.items() if q in MEASURED}
TYPED["link"] = "https://example.org/report"
SAID = (
    "62 of 100 passed, between 52 and 71; misses 80 of 100, even at the upper end",
    "12 of 24 passed, between 31 and 69 of 100; misses 80 of 100, even at the upper "
    "end. Does not count: fewer than 30 cases",
)


@pytest.fixture
def audit(cast: Cast) -> Iterator[Audit]:
    """A submitted audit: a prompt, too few cases with retrieval, and a mean score."""
    tenant = cast.ours
    scored: dict[str, dict[str, Any]] = {
        "target": {"share": "0.8"},
        "c1": {"kind": "prompt", "cases": 100, "passed": 62, **TYPED},
        "c2": {"kind": "retrieval", "cases": 24, "passed": 12, **TYPED},
        "c3": {"kind": "stronger", "cases": 60, "mean": "0.7", **TYPED},
    }
    sent: dict[Any, Sent] = {
        ("candidate", item): Sent(value=value) for item, value in scored.items()
    } | {("level", q): Sent(value=x) for q, x in LEVELS.items()}
    with scope(organization=tenant.organization):
        by, draft = tenant.contributor, tenant.draft
        save_answers(audit=draft, by=by, answers=TRAINING_CASE)
        save_entries(audit=fresh_audit(draft), by=by, sent=sent, sender=Sender())
        submit_audit(audit=fresh_audit(draft), by=by)
        yield Audit.objects.with_use_case().get(pk=draft.pk)


def pictures(html: str) -> list[str]:
    """Return the drawings of candidates, as they are written."""
    return re.findall(r'<svg[^>]* class="bar score".*?</svg>', html, re.DOTALL)


@pytest.mark.thorough
def test_page_and_paper_show_the_same_pictures_and_none_for_a_mean_score(
    cast: Cast, client: Client, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)

    on_page = pictures(html_of(client.get(reverse("result", args=[audit.pk]))))
    on_paper = pictures(html_in(manuscript_of(build_paper(audit)).html))

    assert on_page == on_paper
    titles = [re.findall(r"<title[^>]*>(.*?)</title>", x)[0] for x in on_page]
    assert tuple(titles) == SAID
    # Only what counts is filled.
    assert ["c-chosen" in drawn for drawn in on_page] == [True, False]


def test_drawing_on_paper_has_its_words_for_anyone_who_does_not_see_it(
    audit: Audit,
) -> None:
    paper = Printed(render_paper(build_paper(audit)))

    said = [each for each in alternatives(paper) if " passed, " in each]
    remedies, *scores = said
    assert scores == [*SAID]
    # The remedies are drawn with the same words as on the result page.
    assert remedies.startswith("Remedies, the cheapest first. Rules: not tested.")
    failed = "(prompt): tested and failed: 62\N{NO-BREAK SPACE}of 100 passed"
    assert failed in remedies
    assert any("62 of 100 passed, between 52 and 71" in page for page in paper.words)
    assert len(paper.words) <= 6


def test_test_results_draw_the_same(cast: Cast, client: Client, audit: Audit) -> None:
    sign_in(client, cast.ours.contributor)
    drawn = pictures(html_of(client.get(reverse("result", args=[audit.pk]))))
    Audit.objects.filter(pk=audit.pk).update(state=Audit.State.DRAFT)

    html = html_of(client.get(reverse("candidates", args=[audit.pk])))

    assert pictures(html) == drawn
    assert "Tall mark: the target." in html


@pytest.mark.thorough
def test_nothing_is_drawn_without_candidates(cast: Cast, client: Client) -> None:
    tenant = cast.ours
    sign_in(client, tenant.contributor)

    page = html_of(client.get(reverse("result", args=[tenant.submitted.pk])))
    with scope(organization=tenant.organization):
        found = Audit.objects.with_use_case().get(pk=tenant.submitted.pk)
        html = html_in(manuscript_of(build_paper(found)).html)

    assert pictures(page) == pictures(html) == []
    assert "Tall mark" not in page
    assert "tall mark" not in html
