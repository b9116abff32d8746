"""A decision is stated whole, and asks for what its money is for and for an answer."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Audit, DecisionStep, Role
from audits.services.due.board_decisions import of_board
from audits.services.due.board_words import step_said
from tests.board.boards import did, record, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.reports.packs.made_packs import state_money
from tests.reports.test_offer import OFFER
from tests.reviews.conftest import client_of


@pytest.fixture
def offered(cast: Cast) -> Audit:
    """A signed audit that is priced, beside an offer."""
    with scope(organization=cast.ours.organization):
        audit = sign(cast.ours)
        state_money(audit, **OFFER)
        return audit


def test_form_has_the_whole_decision_with_the_offer_and_the_amount_once(
    cast: Cast, offered: Audit
) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)

    page = html_of(client.get(reverse("board", args=[offered.pk])))
    said = " ".join(strip_tags(page).split())

    assert "over 12 months for “" in said
    assert "offer of Nordlys" in said
    assert said.count("asks for $") + said.count("Asked for: $") == 1


@pytest.mark.thorough
def test_steps_set_up_what_is_paid_and_answer_the_offer(
    cast: Cast, offered: Audit
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        decision = record(offered, ours.contributor, amount=Decimal(10))
        names = {each.kind: each.name for each in decision.asks}
        assert names["setup"].startswith("Set up “")
        assert names["offer"] == "Answer the offer of Nordlys"

        for kind in ("setup", "offer"):
            did(decision, ours.contributor, kind)
        found = of_board(offered)
        said = [step_said(x) for x in DecisionStep.objects.filter(audit=offered)]

    assert found is not None
    assert not {names["setup"], names["offer"]} & {*found.standing.missing}
    assert "” set up on " in said[0]
    assert said[1].startswith("Offer of Nordlys answered on ")
    form = client_of(cast, Role.CONTRIBUTOR).get(
        reverse("board_step", args=[offered.pk, "setup"])
    )
    assert "Who did it, and what shows it." in html_of(form)
