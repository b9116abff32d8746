"""Once a board has decided, all pages keep the sums that it was asked to decide on."""

import re
from typing import Any

import pytest
from django_scopes import scope

from audits.board.put import put_to_board
from audits.models import Audit, Membership, Organization
from audits.reports.context import build_paper
from audits.results.explained_audits import explained_of
from audits.services.answers.answers import fresh_audit
from audits.services.demo.sample import SLUG
from audits.services.papers.page_one_words import words_of_page_one
from audits.services.verdicts.assessments import assessment_of
from tests.board.boards import record
from tests.loaded_demo import SAMPLE


def dollars(said: str) -> list[str]:
    return re.findall(r"\$[\d,]+", said)


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
