"""A plan that does not run is called planned, and what stopped is not at risk."""

from decimal import Decimal

from django.test import Client
from django_scopes import scope

from audits.models import Audit
from audits.reports.packs.pack_context import build_pack
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import plan_state
from tests.board_money.printed_papers import paper_of
from tests.casting import Cast
from tests.portfolio.portfolio_pages import block, page
from tests.portfolio.rows_made import make_rows
from tests.reports.packs.made_packs import add_decision, ask_for_pack, state_money
from tests.reports.papers import words_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

AT_RISK = {"at_risk": True, "spend": Decimal(700), "year": Decimal(8400)}


def test_spend_of_a_planned_case_is_not_called_todays(
    cast: Cast, client: Client
) -> None:
    waiting = AT_RISK | {"state": Audit.State.IN_REVIEW}
    make_rows(cast.ours, 1, name="Not built yet", stage="planned", **waiting)

    row = block(page(client), "dec").partition("Not built yet")[2]

    assert "$8,400" not in row


def test_stopped_and_signed_case_is_not_in_the_money_at_risk(
    cast: Cast, client: Client
) -> None:
    signed = AT_RISK | {"state": Audit.State.SIGNED_OFF}
    for stage in ("live", "planned", "stopped"):
        make_rows(cast.ours, 1, stage=stage, **signed)

    said = "$700 a month of the $700 running is against a verdict ("
    figures = block(page(client), "figs")
    assert said in figures


def test_pack_counts_only_what_runs_as_at_risk(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        for stage in ("live", "planned", "stopped"):
            audit = add_decision(ours, stage)
            state_money(audit)
            audit.use_case.stage = stage
            audit.use_case.save(update_fields=["stage"])

        found = build_pack(ask_for_pack(ours)).goes_on

    assert found is not None
    assert found.where == "$164,782 for live"


def test_only_what_runs_is_at_risk_on_page_one(cast: Cast) -> None:
    answers, today = ANSWERS["stop_fine_tuning"], "fine_tune_own"
    at_risk = {}
    for stage in ("live", "training", "stopped"):
        found = money_of(assessed(answers, today=today), plan_state(stage))
        assert found is not None
        _, said = words_of(paper_of(cast, answers, stage, today=today))
        assert (found.at_risk is not None) is ("plan goes on: $141,094" in said)
        at_risk[stage] = found.at_risk

    assert at_risk == {"live": 141_094, "training": None, "stopped": None}
