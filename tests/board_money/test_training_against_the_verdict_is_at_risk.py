"""Training that a verdict is against is at risk, by one definition everywhere."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django_scopes import scope

from audits.models import PortfolioRow, Stage
from audits.models.portfolio_rows import AT_RISK, TRAINING_AT_RISK
from audits.portfolio.columns import training_at_risk
from audits.portfolio_checks.checks import CHECKS_BY_ID
from audits.reports.packs.pack_context import build_pack
from audits.scoring.money.states import risk_state
from tests.casting import Cast
from tests.portfolio.portfolio_pages import block, names, page
from tests.portfolio.rows_made import make_rows
from tests.reports.packs.made_packs import add_decision, ask_for_pack, state_money

PAID = {"spend": Decimal(900), "once": Decimal(30_522), "at_risk": True}


def test_training_under_a_stop_verdict_is_named_with_its_sum(
    cast: Cast, client: Client
) -> None:
    rag = {"verdict": "rag", "spend": Decimal(50), "at_risk": False}
    make_rows(cast.ours, 1, stage="live", **rag)
    make_rows(cast.ours, 1, stage="training", name="Claims", **PAID)

    figures, money = block(page(client), "figs"), block(page(client), "mon")

    assert "$30,522 paid once for training that a verdict stops" in figures
    assert "None of the $50" not in figures
    assert "replaces or holds the training: Claims, $30,522." in figures
    assert "$30,522 for training is at risk" in money
    assert "None of the running spend is at risk." in money
    assert "for work that a verdict stops, moves, replaces or holds" in money
    assert len(names(page(client, needs="money"))) == 1


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("against", [True, False])
def test_database_counts_as_the_one_definition_says(
    cast: Cast, stage: str, *, against: bool
) -> None:
    make_rows(cast.ours, 1, stage=stage, **PAID | {"at_risk": against})
    with scope(organization=cast.ours.organization):
        mine = PortfolioRow.objects.filter(once=30_522)
        state = risk_state(stage, against=against)

        assert mine.filter(AT_RISK).exists() is (state == "running")
        assert mine.filter(TRAINING_AT_RISK).exists() is (state == "training")
        assert mine.at_risk().exists() is (state is not None)
        assert training_at_risk(mine.get()) == (
            Decimal(30_522) if state == "training" else None
        )
        contradicted = CHECKS_BY_ID["contradicted"].find(mine, date(2026, 11, 29))
        if state == "training":
            assert contradicted.exists()


def test_pack_names_training_against_the_verdict(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = add_decision(ours, "Quotes")
        state_money(audit)
        audit.use_case.stage = "training"
        audit.use_case.save(update_fields=["stage"])

        found = build_pack(ask_for_pack(ours))

    assert found.goes_on is None
    assert found.in_training is not None
    assert found.in_training.where.endswith(" for Quotes")
