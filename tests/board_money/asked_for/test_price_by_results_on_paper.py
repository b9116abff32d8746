"""A paper, and the row of its portfolio, ask for the price of results."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit
from audits.reports.context import build_paper
from audits.scoring import Assessment
from audits.scoring.decision_words import decision_words
from audits.scoring.exchange import document
from audits.scoring.money.of_assessment import money_of
from tests.board_money.asked_for.test_price_by_results import CURRENT, TOP, assessed
from tests.casting import Cast
from tests.examples import some_of
from tests.reports.test_appendix import pages

pytestmark = pytest.mark.once

# What an auditor had: 48,500 calls at $0.01097, which the plan bills at $0.00428.
AUDITED = {
    "requests": "48500",
    "prefix_tokens": "2000",
    "variable_tokens": "280",
    "output_tokens": "300",
}


def printed(cast: Cast, found: Assessment) -> tuple[str, ...]:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.assessment = document.dump(found)
        return pages(build_paper(audit))


@pytest.mark.parametrize("verdict", some_of(["", "fine_tune"], 1))
def test_page_one_has_the_sum_that_follows_from_the_results(
    cast: Cast, verdict: str
) -> None:
    passed = 110 if verdict else 143
    found = assessed(CURRENT, replace(TOP, passed=passed), verdict=verdict)
    money = money_of(found)
    assert money

    first, *rest = printed(cast, found)

    assert f"{money.chosen.year.expected:,}" in first
    assert "by its results file" in " ".join(" ".join(rest).split())
    assert len(rest) <= 5


def test_sums_are_those_that_an_auditor_added_by_hand() -> None:
    kept = replace(TOP, cost=Decimal("0.01097"))
    found = assessed(CURRENT, kept, **AUDITED)
    money = money_of(found)
    assert money
    assert money.today

    # $532 of calls and $750 of people's time, for 12 months.
    assert money.chosen.month.expected == 1282
    assert money.chosen.year.expected == Decimal(12 * 1282)
    more = money.chosen.year.expected - money.today.year.expected
    said = decision_words(current(), found, money)
    assert f"This asks for ${12 * 1282:,}" in said
    assert f" advice costs ${more:,} more than the current plan; " in money.parts
