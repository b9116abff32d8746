"""Training that a verdict is against is at risk, by one definition everywhere."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django_scopes import scope

from audits.models import PortfolioRow, Stage
from audits.models.portfolio.filters import AT_RISK, TRAINING_AT_RISK
from audits.portfolio.columns.values import training_at_risk
from audits.portfolio_checks.checks import CHECKS_BY_ID
from audits.reports.packs.pack_context import build_pack
from audits.scoring.exchange import document
from audits.scoring.money.names.named_amounts import named_amounts
from audits.scoring.money.of_assessment import money_of, todays_plan
from audits.scoring.money.states import risk_state
from audits.services.portfolio.money.row_money import money_columns
from tests.casting import Cast
from tests.examples import some_of
from tests.portfolio.portfolio_pages import block, names, page
from tests.portfolio.rows_made import make_rows
from tests.reports.packs.made_packs import add_decision, ask_for_pack, state_money

PAID = {
    "spend": Decimal(900),
    "once": Decimal(30_522),
    "training_once": Decimal(19_322),
    "at_risk": True,
}
PLANNED = ("planned", "building", "training")


@pytest.mark.on_both
def test_training_under_a_stop_verdict_is_named_with_its_sum(
    cast: Cast, client: Client
) -> None:
    rag = {"verdict": "rag", "spend": Decimal(50), "at_risk": False}
    make_rows(cast.ours, 1, stage="live", **rag)
    make_rows(cast.ours, 1, stage="training", name="Claims", **PAID)

    figures, money = block(page(client), "figs"), block(page(client), "mon")

    assert "$19,322 at most, paid once for training that a verdict stops" in figures
    assert "None of the $50" not in figures
    assert "replaces or suspends the training: Claims, $19,322." in figures
    assert "Up to $19,322 for training is at risk" in money
    assert "None of the running spend is at risk." in money
    assert "for work that a verdict stops, moves, replaces or suspends" in money
    assert len(names(page(client, needs="money"))) == 1


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("against", [True, False])
@pytest.mark.on_both
def test_database_counts_as_the_one_definition_says(
    cast: Cast, stage: str, *, against: bool
) -> None:
    make_rows(cast.ours, 1, stage=stage, **PAID | {"at_risk": against})
    with scope(organization=cast.ours.organization):
        mine = PortfolioRow.objects.filter(once=30_522)
        state = risk_state(stage, against=against)

        assert mine.filter(AT_RISK).exists() is (state == "running")
        assert state == (_state_of(stage) if against else None)
        assert mine.filter(TRAINING_AT_RISK).exists() is (state == "training")
        assert mine.at_risk().exists() is (state is not None)
        assert training_at_risk(mine.get()) == (
            Decimal(19_322) if state == "training" else None
        )
        contradicted = CHECKS_BY_ID["contradicted"].find(mine, date(2026, 11, 29))
        if stage == "training" and against:
            assert contradicted.exists()


def _state_of(stage: str) -> str | None:
    return "training" if stage in PLANNED else {"live": "running"}.get(stage)


@pytest.mark.parametrize("stage", some_of(PLANNED, 1))
def test_pack_names_training_against_the_verdict(cast: Cast, stage: str) -> None:
    """With the amount of the result and of the portfolio."""
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = add_decision(ours, "Quotes")
        state_money(audit)
        audit.use_case.stage = stage
        audit.use_case.save(update_fields=["stage"])

        found = build_pack(ask_for_pack(ours))
        assessment = document.load(audit.assessment or {})
        plan, money = todays_plan(assessment), money_of(assessment, "planned")

    assert found.goes_on is None
    assert found.in_training is not None
    assert found.in_training.where.endswith(" for Quotes")
    assert plan is not None
    assert money is not None
    said = dict(named_amounts(money))["net"]
    amount = found.in_training.amount
    assert found.in_training.may_be_paid
    assert f"if the ${amount:,.0f} for training is not paid yet, or" in (said or "")
    assert amount == money_columns(assessment)["training_once"] == plan.training
    assert amount < plan.once
