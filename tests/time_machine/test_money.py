"""What the recommended way of a use case costs, by date."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Organization, User
from audits.scoring.history.money_by_date import MoneyDay, money_by_date
from audits.scoring.money.of_assessment import recommended_way
from audits.services.demo.sample import HEAD, SLUG
from audits.services.verdicts.assessments import assess_today, framework_of
from tests.casting import Cast
from tests.loaded_demo import SAMPLE
from tests.pages import html_of


def found_of(name: str) -> tuple[Audit, tuple[MoneyDay, ...], Decimal]:
    """Return the current audit of a use case, its days, and the price of today."""
    organization = Organization.objects.get(slug=SLUG)
    with scope(organization=organization):
        audit = Audit.objects.current().get(use_case__name=name)
        assessment = assess_today(audit)
        assert assessment.costs
        way = recommended_way(assessment, assessment.costs.plan)
        assert way
        until = timezone.localdate() + timedelta(days=365)
        days = money_by_date(framework_of(audit), audit.inputs, way, until)
        price = assessment.costs.plan.of(way).price
    assert price
    return audit, days, price.expected_month


@pytest.mark.once
@pytest.mark.parametrize(
    "name", ["Claims handbook answers", "Search relevance", "Broker mail triage"]
)
def test_days_have_the_price_of_today_and_each_change_has_a_source(
    db: None, name: str
) -> None:
    SAMPLE.put()
    _, days, now = found_of(name)

    today = timezone.localdate()
    past = [row for row in days if row.day <= today]
    assert past[-1].month == now
    assert days[0].day == date(2022, 1, 1)
    assert [row.day for row in days] == sorted({row.day for row in days})
    for row in days:
        assert row.sources if row.month is not None else row.why
    for before, after in pairwise(days):
        assert before.month != after.month


@pytest.mark.thorough
@pytest.mark.once
def test_page_tells_the_days_with_their_sources(db: None) -> None:
    SAMPLE.put()
    audit, _, now = found_of("Claims handbook answers")
    client = Client()
    client.force_login(User.objects.get(email=HEAD.email))

    portfolio = html_of(client.get(reverse("time_machine")))
    link = reverse("money_by_date", args=[audit.pk])
    assert f'href="{link}"' in portfolio
    page = html_of(client.get(link))

    assert f"${now:,.0f}" in page
    assert "No price" in page
    assert re.search(r"before its release on|the oldest source that lists it", page)
    assert 'href="https://' in page.split("<tbody>")[1]


@pytest.mark.on_both
def test_use_case_without_a_price_says_so(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)

    page = html_of(client.get(reverse("money_by_date", args=[cast.ours.draft.pk])))

    assert "has no list price" in page
