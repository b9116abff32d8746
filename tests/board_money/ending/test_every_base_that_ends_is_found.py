"""The check “Base model retires” finds each base that ends, whatever the verdict."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, PortfolioRow
from tests.casting import Cast, register
from tests.pages import html_of

TODAY = date(2026, 11, 25)
# A tuned model that runs or is planned, a prompt and a smaller model; one stays.
PLANS = {
    "tuned today": {"tuned": "gpt-4o-mini", "today": "fine_tune_hosted"},
    "tuned planned": {"tuned": "gpt-4.1-mini"},
    "prompted": {"model": "gpt-4.1", "today": "prompt"},
    "smaller": {"smaller": "gpt-4o-mini", "model": "claude-sonnet-5-5"},
}
STAYS = {"model": "claude-sonnet-5-5", "smaller": "gpt-6-luna", "today": "prompt"}


@pytest.mark.on_both
def test_each_base_that_ends_is_found_under_every_verdict(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    ours, ending = cast.ours, []
    with scope(organization=ours.organization):
        for family, urgency in current().urgency.items():
            for plan, numbers in {**PLANS, "stays": STAYS}.items():
                name = f"{family}: {plan}"
                audit = register(ours.organization, ours.contributor, ours.team, name)
                given = {key: {"value": value} for key, value in numbers.items()}
                Audit.objects.filter(pk=audit.pk).update(numbers=given)
                PortfolioRow.objects.filter(audit=audit).update(urgency=urgency)
                ending += [name] * (plan != "stays")

    page = html_of(client.get(reverse("portfolio_check", args=["retiring"])))

    named = {name.partition("</bdi>")[0] for name in page.split("<bdi>")[1:]}
    assert len(ending) == len(PLANS) * len(current().urgency)
    assert {name for name in named if ": " in name} == set(ending)
