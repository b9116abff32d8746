"""Once a board has decided, all pages keep the sums that it was asked to decide on."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django_scopes import scope

from audits.board.put import put_to_board
from audits.models import Audit, Membership, Organization, PortfolioRow
from audits.portfolio.sums.total import Total
from audits.portfolio.totals import totals_of
from audits.reports.context import build_paper
from audits.results.explained_audits import explained_of
from audits.services.answers.answers import fresh_audit
from audits.services.demo.sample import SLUG
from audits.services.papers.page_one_words import words_of_page_one
from audits.services.verdicts.assessments import assessment_of
from tests.board.boards import did, record
from tests.loaded_demo import SAMPLE
from tests.pages import html_of
from tests.signed_in import sign_in


def dollars(said: str) -> list[str]:
    return re.findall(r"\$[\d,]+", said)


def total() -> Total:
    return totals_of(None, timezone.localdate(), {}).total


def sums(audit: Audit) -> dict[str, Any]:
    """Return what four pages say that a decision costs and saves."""
    found, paper = assessment_of(audit), build_paper(audit)
    told, one = explained_of(audit, found).voted_money, paper.one
    words = words_of_page_one(audit, found).sums
    assert told
    options = [each.options for each in one.option_rows]
    return {
        "what the board was asked": put_to_board(audit).row,
        "result": [(row.roles, row.year) for row in told.rows],
        "words of page 1": {name: dollars(said) for name, said in words},
        "paper": (one.counts_from, one.net_then, one.net_parts, options),
    }


@pytest.mark.once
@pytest.mark.parametrize("outcome", ["approved", "amended", "refused", "deferred"])
def test_sums_stay_those_that_the_board_read(
    outcome: str, transactional_db: None
) -> None:
    SAMPLE.put()
    with scope(organization=Organization.objects.get(slug=SLUG)):
        audit = Audit.objects.current().get(use_case__name="Broker mail triage")
        signer = Membership.objects.filter(role="admin").first()
        assert signer
        before = sums(audit)
        record(audit, signer.user, outcome)
        after = sums(fresh_audit(audit))
    assert after == before


@pytest.mark.once
def test_what_replaces_a_plan_is_named_beside_what_runs(transactional_db: None) -> None:
    SAMPLE.put()
    company, client = Organization.objects.get(slug=SLUG), Client()
    with scope(organization=company):
        audit = Audit.objects.current().get(use_case__name="Broker mail triage")
        signer = Membership.objects.filter(role="admin").first()
        assert signer
        before = total()
        decision = record(audit, signer.user)
        plan = PortfolioRow.objects.get(audit=audit)
        did(decision, signer.user, "training")
        did(decision, signer.user, "setup")
        assert total().replaced is None
        did(decision, signer.user, "money", amount=plan.spend)
        after = total()
    assert plan.cost
    assert (before.replaced, after.replaced) == (None, plan.cost)
    assert before.running
    assert after.running
    assert before.running - after.running == plan.spend
    # What is left of the plans and the advice differ by the saving beside them.
    assert after.instead_of
    assert after.advised_year
    assert after.saving_year
    assert after.instead_of - after.advised_year == after.saving_year
    sign_in(client, signer.user)

    page = " ".join(strip_tags(html_of(client.get(reverse("portfolio")))).split())

    assert f"leaves out ${plan.cost:,.0f} a month for what replaced plans" in page
    assert f"{after.saving_year:,.0f} of ${after.instead_of:,.0f} over 12" in page
