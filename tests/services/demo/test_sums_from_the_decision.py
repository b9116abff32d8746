"""A result and what is computed beside page 1 have the sums that page 1 prints."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Audit, Membership, Organization, PortfolioRow
from audits.reports.context import build_paper
from audits.results.explained_audits import explained_of
from audits.scoring.costs.cost_calendar import later
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.days import in_words
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import plan_state
from audits.scoring.sums.asked.period import counted_from
from audits.services.demo.sample import SLUG
from audits.services.papers.asked_on_paper import asked_on_paper, counted_on
from audits.services.papers.page_one_words import words_of_page_one
from audits.services.verdicts.assessments import assessment_of
from tests.loaded_demo import SAMPLE
from tests.pages import html_of
from tests.signed_in import sign_in


def dollars(amount: Any) -> str:
    return f"${amount:,.0f}"


@pytest.mark.once
@pytest.mark.parametrize("name", ["Quote assistant", "Claims handbook answers"])
def test_plan_costs_on_a_result_what_it_costs_from_the_day_of_the_board(
    name: str, transactional_db: None
) -> None:
    SAMPLE.put()
    client = Client()
    company = Organization.objects.get(slug=SLUG)
    with scope(organization=company):
        audit = Audit.objects.current().get(use_case__name=name)
        reader = Membership.objects.filter(role="admin").first()
        found = assessment_of(audit)
        money = money_of(found, plan_state(audit.use_case.stage))
        assert money
        assert money.today
        plan = counted_from(money.today, counted_on(audit)).year.expected
        sums = " ".join(said for _, said in words_of_page_one(audit, found).sums)
    assert reader
    sign_in(client, reader.user)

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    of_verdict = money.today.year.expected
    above, _, folds = page.partition('class="folds"')
    first = strip_tags(above)
    # What is priced in the folds begins on another day, and says so.
    assert strip_tags(folds).count("These sums begin on ") == 2
    assert "These sums begin on" not in first
    assert round(plan) != round(of_verdict)
    for said in (first, sums):
        assert dollars(plan) in said
        assert dollars(of_verdict) not in said


@pytest.mark.once
def test_alternative_costs_among_the_options_what_it_does_on_the_result(
    transactional_db: None,
) -> None:
    SAMPLE.put()
    with scope(organization=Organization.objects.get(slug=SLUG)):
        audit = Audit.objects.current().get(use_case__name="Search relevance")
        told = explained_of(audit, assessment_of(audit)).voted_money
        options = build_paper(audit).one.options
    assert told
    [row] = (row for row in told.rows if row.roles == ("cheapest_other",))
    [option] = (x for x in options if x.name == SHORT_NAMES[row.technique])
    assert option.amount == row.year.expected
    # It waits for its model, so its 12 months from a later day cost something else.
    assert row.year.expected != sum(x.running for x in row.calendar.months) + row.once


@pytest.mark.once
def test_model_is_awaited_from_the_decision_wherever_page_1_says_so(
    transactional_db: None,
) -> None:
    SAMPLE.put()
    with scope(organization=Organization.objects.get(slug=SLUG)):
        audit = Audit.objects.current().get(use_case__name="Search relevance")
        found = assessment_of(audit)
        money = money_of(found, plan_state(audit.use_case.stage))
        one, day = build_paper(audit).one, counted_on(audit)
        assert money
        assert day
        wait = money.chosen.calendar.wait
        assert wait
        ready = later(day, wait.months)
    # A verdict of November would have its model in February.
    assert ready > wait.until
    assert f"no later than {in_words(ready)}" in one.terms
    assert in_words(ready) in one.back
    # Its provider’s price doubles in January, which most of these months pay.
    few_shot = next(x for x in one.options if x.name == SHORT_NAMES["few_shot"])
    assert found.costs
    price = found.costs.plan.of("few_shot").price
    assert price
    assert few_shot.amount
    assert few_shot.amount > price.year_as_printed.expected


@pytest.mark.once
def test_portfolio_asks_for_the_sum_of_the_paper(transactional_db: None) -> None:
    SAMPLE.put()
    asked = dict[str, tuple[Any, Any]]()
    with scope(organization=Organization.objects.get(slug=SLUG)):
        for audit in Audit.objects.current().exclude(submitted_at=None):
            row = PortfolioRow.objects.get(use_case=audit.use_case_id)
            if row.asked is not None and audit.state != Audit.State.SUPERSEDED:
                asked[row.name] = (row.asked, asked_on_paper(audit))
    assert {name for name, (row, paper) in asked.items() if row != paper} == set()
    assert {"Search relevance", "Claims handbook answers"} <= asked.keys()
