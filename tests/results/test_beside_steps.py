"""What of a headline comes beside the steps, where these say the rest of it."""

from datetime import date
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.results.explained import Explained
from audits.scoring.assess_on import assess_on
from audits.scoring.options.option_reasons import interim_choice
from audits.scoring.summary.head import title_of
from tests.scoring.costs.worked_decisions import inputs_of
from tests.scoring.twelve_verdicts import ANSWERS

DAY = date(2026, 11, 27)


def explained(answers: dict[str, Any]) -> Explained:
    numbers = {"today": "prompt", "requests": "10000000", "ready_months": "3"}
    inputs = inputs_of(answers, (), numbers)
    return Explained(
        framework=current(),
        assessment=assess_on(current(), inputs, DAY),
        is_draft=False,
        market_on=DAY,
        today=DAY,
        done="",
        happened="",
        source="",
        inputs=inputs,
        owner="Ingrid Vik",
    )


def test_kind_of_training_is_left_where_checks_and_a_choice_follow() -> None:
    later = explained(ANSWERS["fine_tune_after_mlops"])

    assert later.first
    assert later.first.names_parts
    assert interim_choice(later.assessment)
    assert "Train" not in title_of(later.headline).says
    assert later.beside_steps == "Train a model on reviewed examples."


def test_all_of_it_stays_where_nothing_else_says_it() -> None:
    part = explained(ANSWERS["train_small_part"])

    assert part.beside_steps == title_of(part.headline).rest
    assert "Keep the part only if it beats the simple approach" in part.beside_steps


@pytest.mark.parametrize("verdict", ["prompt_long_context", "rag", "keep"])
def test_a_short_headline_has_nothing_beside_the_steps(verdict: str) -> None:
    assert explained(ANSWERS[verdict]).beside_steps == ""
