"""The money of an override is that of its own option, and what is computed stays."""

from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.board.overridden_money import money_overridden
from audits.scoring.board.overriding import NO_PRICE, amount_said
from audits.scoring.costs.rounding import written
from audits.scoring.money.of_assessment import money_of
from audits.scoring.sums.decision_rows import NOT_PRICED, decision_row
from audits.scoring.sums.money_sums import Decided
from audits.services.portfolio.money.row_money import (
    money_columns,
    overridden_columns,
)
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

TUNED = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}


def overridden(verdict: Any, state: Any = "running", **numbers: str) -> Any:
    found = assessed(ANSWERS["few_shot"], **{**TUNED, **numbers})
    return found, money_overridden(current(), found, verdict, state)


def test_amounts_are_those_of_the_option_and_no_other_is_said() -> None:
    found, own = overridden("rag")
    assert found.costs
    price = found.costs.plan.of("rag").price
    assert price
    year = price.year_as_printed

    assert own.chosen.technique == "rag"
    assert own.chosen.year == year
    assert own.today.technique == "fine_tune_hosted"
    assert own.saving_year == own.today.year.expected - year.expected
    assert f"12 months cost ${written(year.expected)}" in amount_said(own)
    columns = money_columns(found) | overridden_columns(own, has_plan=True)
    assert columns["cost_year"] == columns["proposed_year"] == year.expected
    assert columns["saving_year"] == own.saving_year
    assert columns["at_risk"]
    asked = decision_row(Decided(name="A", family="rebuild", money=own))
    assert asked.asked == year
    assert money_of(found) != own


def test_kept_plan_saves_nothing_and_a_verdict_without_an_option_has_no_amount() -> (
    None
):
    _, kept = overridden("keep")
    assert kept.today == kept.chosen
    assert kept.saving_year is None

    found, none = overridden("stop_fine_tuning")
    assert none is None
    assert amount_said(none) == NO_PRICE
    columns = money_columns(found) | overridden_columns(none, has_plan=True)
    assert columns["cost_year"] is columns["saving_year"] is None
    assert columns["spend"] is not None
    row = decision_row(Decided(name="A", family="stop", money=none))
    assert (row.asked, row.no_amount) == (None, NOT_PRICED)


@pytest.mark.parametrize(
    ("verdict", "today", "option"),
    [
        ("prompt_long_context", "fine_tune_hosted", "prompt"),
        ("prompt_long_context", "prompt_smaller", "prompt_smaller"),
        ("few_shot", "few_shot_retrieved", "few_shot_retrieved"),
        ("few_shot", "prompt", "few_shot"),
    ],
)
def test_smaller_model_prices_no_prompt_unless_it_runs_today(
    verdict: str, today: str, option: str
) -> None:
    found, own = overridden(verdict, today=today, smaller="gpt-6-luna")

    assert found.costs
    assert found.costs.plan.of("prompt_smaller").price
    assert own.chosen.technique == option
