"""An offer in euros is entered as an offer, and not as what runs today."""

from decimal import Decimal

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.models.audits import values
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.scoring.costs.worked_decisions import OFFER, money
from tests.scoring.twelve_verdicts import ANSWERS
from tests.wizard.page_forms import send


def test_120_000_euros_in_year_one_are_stored_as_an_offer(
    cast: Cast, client: Client
) -> None:
    page = reverse("numbers", args=[cast.ours.draft.pk])
    send(client, page, **(OFFER | {"proposal_once": "120,000 €"}))

    with scope(organization=cast.ours.organization):
        stored = values(Audit.objects.get(pk=cast.ours.draft.pk).numbers)

    assert stored == OFFER


def test_offer_is_beside_what_runs_today_and_changes_no_amount(cast: Cast) -> None:
    today = {"today": "fine_tune_own"}
    paper = paper_of(cast, ANSWERS["rag"], **today, **OFFER)

    said = page_one_of(paper)

    # 120,000 × 1.1172, less 45,548.
    told = ("€120,000", "134,064", "$88,516 more")
    assert [each for each in told if each not in said] == []
    assert paper.money == money(ANSWERS["rag"], **today)
    assert paper.assessment.proposal is not None
    assert paper.assessment.proposal.year.own == Decimal(120_000)
