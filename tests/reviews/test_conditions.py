"""What a sign-off with conditions shows."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django_scopes import scope

from audits.models import Role, SignOffCondition
from audits.reports.context import build_paper
from audits.results.condition import conditions_of
from audits.scoring.money.of_assessment import money_of
from audits.scoring.sums.of_verdict import if_met
from audits.services.answers.answers import fresh_audit
from audits.services.papers.page_one_words import words_of_page_one
from audits.services.reviews.condition_steps import meet_condition, take_back
from audits.services.reviews.reviews import (
    latest_review,
    review_audit,
    submission_of,
)
from audits.services.verdicts.assessments import assessment_of
from audits.templatetags.conditions import when_met
from tests.casting import Cast
from tests.conditions import condition_of, decided, in_days, sign_with, term
from tests.pages import html_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS


@pytest.mark.thorough
def test_what_is_signed_with_conditions_says_so_in_its_state(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            **decided(audit, "conditions", "Test it on 30 cases first."),
            submission=submission_of(audit),
        )

        paper = build_paper(fresh_audit(audit)).state

    page = html_of(reviewer.get(reverse("result", args=[audit.pk])))

    assert "<dd>Signed off, with conditions</dd>" in page
    assert paper == "Signed off, with conditions"


@pytest.mark.thorough
def test_condition_is_a_step_with_its_owner_and_its_day(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            **decided(audit, "conditions", "Test it on 107 more letters first."),
            submission=submission_of(audit),
        )
        owner = audit.use_case.owner

    page = html_of(reviewer.get(reverse("result", args=[audit.pk])))

    step = page.partition("Meet the condition of the sign-off")[2]
    step = step.partition("</section>")[0]
    day = date_format(in_days(30), "j F Y")
    assert "Test it on 107 more letters first." in step
    assert f"<bdi>{owner}</bdi>" in step
    assert "Northgate reviewer" in step
    assert f"Open, due on {day}" in step


@pytest.mark.thorough
def test_result_says_how_many_conditions_are_open_and_then_that_all_are_met(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    url = reverse("result", args=[audit.pk])
    with scope(organization=cast.ours.organization):
        by = cast.ours.people[Role.REVIEWER]
        sign_with(audit, by, term(audit, "Test it first."), term(audit, "Ask legal."))
        asked = list(SignOffCondition.objects.all())
        said = [heading_of(reviewer, url)]
        for each in asked:
            meet_condition(condition=each, by=by, words="Done.")
            said.append(heading_of(reviewer, url))

    assert said == [
        "Meet the conditions of the sign-off",
        "Meet the conditions of the sign-off: 1 of 2 open",
        "All conditions of the sign-off are met",
    ]


@pytest.mark.thorough
def test_condition_that_is_marked_as_met_waits_for_its_confirmation(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    url = reverse("result", args=[audit.pk])
    with scope(organization=cast.ours.organization):
        sign_with(audit, cast.ours.people[Role.REVIEWER], term(audit, "Test it first."))
        owner = audit.use_case.owner
        meet_condition(condition=condition_of(audit), by=owner, words="Done.")

    page = html_of(reviewer.get(url))

    assert heading_of(reviewer, url) == (
        "The condition of the sign-off is marked as met: confirm it"
    )
    assert "Meet the condition" not in page
    assert "condition below is met" not in page


def test_each_condition_says_when_it_is_met_and_so_whether_money_waits(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        meanwhile = term(audit, "Ask legal.", holds_money=False)
        by = cast.ours.people[Role.REVIEWER]
        sign_with(audit, by, term(audit, "Test it first."), meanwhile)

    page = html_of(reviewer.get(reverse("result", args=[audit.pk])))

    holding, _, other = page.partition("Test it first.")[2].partition("Ask legal.")
    assert "Before the money is spent" in holding
    assert "While the work goes on" not in holding
    assert "While the work goes on" in other


def test_no_condition_comes_before_money_that_nobody_asks_for(cast: Cast) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        sign_with(audit, cast.ours.people[Role.REVIEWER], term(audit, "Test it."))
        signed = fresh_audit(audit)
        [holding] = conditions_of(signed, latest_review(signed))
    asks = money_of(assessed(ANSWERS["prompt_long_context"]))
    none = money_of(assessed(ANSWERS["prompt_long_context"], today="prompt"))

    assert asks
    assert none
    assert when_met(holding, asks) == when_met(holding, None)
    assert when_met(holding, asks) == "Before the money is spent"
    assert when_met(holding, none) == ""
    meanwhile = replace(holding, holds_money=False)
    assert when_met(meanwhile, none) == "While the work goes on"


def heading_of(client: Client, url: str) -> str:
    """Return the heading of the conditions of a result."""
    before, _, after = html_of(client.get(url)).partition("of the sign-off")
    start = before.rpartition("<h3")[2].partition(">")[2]
    return " ".join(f"{start}of the sign-off{after.partition('</h3>')[0]}".split())


def test_sign_off_without_conditions_adds_no_step(cast: Cast, reviewer: Client) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            outcome="approved",
            words="",
            submission=submission_of(audit),
        )

    page = html_of(reviewer.get(reverse("result", args=[audit.pk])))

    assert "Meet the condition" not in page


@pytest.mark.thorough
def test_state_says_when_all_conditions_are_met(cast: Cast, reviewer: Client) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        by = cast.ours.people[Role.REVIEWER]
        review_audit(
            audit=audit,
            by=by,
            **decided(audit, "conditions", "Test it on 30 cases first."),
            submission=submission_of(audit),
        )
        found = condition_of(audit)
        meet_condition(condition=found, by=by, words="30 of 30 passed.")
        met = build_paper(fresh_audit(audit)).state
        page = html_of(reviewer.get(reverse("result", args=[audit.pk])))
        take_back(condition=found, by=by, words="Of the old model.")
        again = build_paper(fresh_audit(audit)).state

    assert "<dd>Signed off, conditions met</dd>" in page
    assert (met, again) == ("Signed off, conditions met", "Signed off, with conditions")


@pytest.mark.thorough
def test_what_is_asked_for_waits_for_the_open_condition(cast: Cast) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        by = cast.ours.people[Role.REVIEWER]
        sign_with(audit, by, term(audit, "Test it first."), term(audit, "Ask legal."))
        audit = fresh_audit(audit)
        found = words_of_page_one(
            audit, assessment_of(audit), review=latest_review(audit)
        )
        for each in SignOffCondition.objects.all():
            meet_condition(condition=each, by=by, words="Done.")
        met = words_of_page_one(
            audit, assessment_of(audit), review=latest_review(audit)
        )

    assert (found.still_open, met.still_open) == (2, 0)
    assert if_met("$300 now, to measure.", found.still_open, "below") == (
        "$300 once the 2 conditions below are met, to measure."
    )
