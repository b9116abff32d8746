"""What is at a glance below a verdict, which is drawn once for equal values."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.answering.still_open import StillOpen
from audits.models import Audit, Role
from audits.results.at_a_glance import AtAGlance
from audits.scoring.days import in_words
from audits.services.papers.covers import save_cover
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.verdicts.assessments import assessment_of
from audits.templatetags.parts import drawn
from tests.casting import Cast
from tests.conditions import in_days
from tests.pages import html_in, html_of
from tests.reviews.test_background import decide
from tests.signed_in import sign_in

pytestmark = pytest.mark.once

GLANCE = AtAGlance(
    open=StillOpen(now=0),
    more=0,
    waits="",
    strength="Measured",
    is_draft=False,
    day=date(2026, 11, 24),
    state="In review",
    valid_until=None,
)


def told(**changes: Any) -> str:
    glance = replace(GLANCE, **changes)
    return html_in(drawn("results/at_a_glance.html", glance=glance))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"open": StillOpen(now=2)}, "2 questions open"),
        (
            {"open": StillOpen(now=1, later=3)},
            "1 to 4 open",
        ),
        ({"more": 1}, "1 answer not known could change it"),
        ({"waits": "Baseline"}, "Not settled"),
        ({"strength": "<Claimed>"}, "<dd>&lt;Claimed&gt;</dd>"),
        ({"day": date(2026, 12, 1)}, "<dt>Submitted</dt><dd>1 December 2026</dd>"),
        ({"is_draft": True}, "<dt>As of</dt><dd>24 November 2026</dd>"),
        ({"is_draft": True, "day": None}, "<dd>Not scored</dd>"),
        ({"state": "Draft"}, "<dt>State</dt><dd>Draft</dd>"),
        ({"state": "Signed off"}, "<dt>State</dt><dd>Signed off</dd>"),
        ({"valid_until": date(2027, 11, 24)}, "24 November 2027"),
        (
            {"valid_until": date(2027, 1, 14), "why_until": "GPT-4o shuts down"},
            '14 January 2027<span class="small muted">: GPT-4o shuts down</span>',
        ),
    ],
)
def test_each_value_is_told(changes: dict[str, Any], said: str) -> None:
    assert said in told(**changes)
    assert said not in told()


def test_nothing_that_is_open_is_said_as_nothing_left_to_ask() -> None:
    assert "Enough answered" in told()
    assert "Enough answered" not in told(open=StillOpen(now=1))


def test_framework_without_strength_tells_none() -> None:
    assert "Strength of evidence" in told()
    assert "Strength of evidence" not in told(strength=None)


def test_it_says_what_is_of_the_audit(cast: Cast) -> None:
    reviewer = cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        submission = submission_of(audit)
        review_audit(
            audit=audit, by=reviewer, outcome="approved", submission=submission
        )
        audit.refresh_from_db()
        assessment = assessment_of(audit)

        found = AtAGlance.of(audit, assessment)

        assert audit.submitted_at is not None
        assert found == AtAGlance(
            open=assessment.still_open,
            more=assessment.unsettled,
            waits=assessment.comes_first,
            strength=assessment.advice.strength.says if assessment.advice else None,
            is_draft=False,
            day=audit.submitted_at.date(),
            state="Signed off",
            valid_until=audit.valid_until,
            why_until=found.why_until,
        )
        assert found.valid_until is not None

        audit.state = Audit.State.SUPERSEDED
        replaced = AtAGlance.of(audit, assessment)
        assert (replaced.valid_until, replaced.why_until) == (None, "")


@pytest.mark.thorough
def test_signed_result_says_its_condition_as_a_step_and_why_it_ends_at_its_top(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        decide(cast, audit, "conditions", "Test 107 more letters.")
    sign_in(client, cast.ours.contributor)

    page = html_of(client.get(reverse("result", args=[audit.pk])))
    top = page[page.index('id="headline"') : page.index('id="why"')]

    steps = page[page.index('id="monday"') : page.index('id="change"')]
    assert "Test 107 more letters." in steps
    assert ": a year after the sign-off</span>" in top


@pytest.mark.thorough
def test_day_of_the_board_is_named_until_it_is_over(cast: Cast, client: Client) -> None:
    audit, lead = cast.ours.submitted, cast.ours.contributor
    sign_in(client, lead)

    for days, is_named in ((30, True), (-1, False)):
        day = in_days(days)
        with scope(organization=cast.ours.organization):
            save_cover(audit=audit, by=lead, fields={"decide_by": day})
        page = html_of(client.get(reverse("result", args=[audit.pk])))

        assert (f"The board decides by {in_words(day)}." in page) is is_named
