"""A model that cannot be trained in time is not approved, whatever is answered."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.results.first_action import first_action
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.advice_rows import approval, asked
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from tests.scoring.pricing.test_gpu_kinds import L40S
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

FRAMEWORK, DAY = current(), date(2026, 11, 29)
NUMBERS = {
    "requests": "100000",
    "prefix_tokens": "6000",
    "variable_tokens": "500",
    "output_tokens": "300",
    "model": "gpt-6.2-sol",
    "today": "prompt",
    # Nobody measured it, so no other way to train has a price.
    "gpu": L40S,
}
CLOSES = (
    "GPT-4.1 mini can be trained only until 6 January 2027, before it could be ready"
)


def assessed(
    tuned: str, numbers: Mapping[str, str] | None = None, **changes: Any
) -> Assessment:
    answers = TRAINING_CASE | {"platform": "open"} | changes
    entered = NUMBERS | {"tuned": tuned} | dict(numbers or {})
    inputs = Inputs(
        codes=read(FRAMEWORK, answers),
        levels=TRAINING_LEVELS | {"platform": "documented"},
        numbers={k: x for k, x in entered.items() if x},
    )
    return assess_on(FRAMEWORK, inputs, DAY)


def test_model_that_closes_before_it_is_ready_is_not_approved() -> None:
    found = assessed("gpt-4.1-mini")
    assert found.advice

    assert (found.verdict, found.advice.standing) == ("fine_tune", "closing")
    said = f"Do not approve yet: {CLOSES}; choose another model first."
    assert approval(found.advice) == said
    assert asked(FRAMEWORK, found) == (
        "Choose another model first, then decide on training."
    )
    assert found.headline.startswith(f"{CLOSES}. Choose another model first.")
    assert "Go ahead" not in found.headline


def test_nothing_is_asked_for_a_model_that_closes() -> None:
    money = money_of(assessed("gpt-4.1-mini"))
    assert money

    assert (money.kind, money.asks_now, money.recommended) == ("choose", "", None)
    assert money.asks.startswith("This asks for nothing now.")


def test_result_names_models_that_stay_open() -> None:
    first = first_action(FRAMEWORK, assessed("gpt-4.1-mini"))
    assert first

    assert first.title.startswith("Do not approve yet: GPT-4.1 mini")
    assert first.names_parts.startswith("Models that stay open: “")
    assert "Amazon Nova Micro stays open" in first.parts
    assert not any("GPT-4.1" in part for part in first.parts)


@pytest.mark.parametrize(
    ("tuned", "numbers"),
    [
        ("gpt-4.1-mini", {"ready_months": "1"}),
        # On own GPUs, it is nobody's to close.
        ("gpt-4.1-mini", {"gpu": ""}),
        ("nova-micro", {"gpu": ""}),
    ],
)
def test_model_that_is_ready_before_it_closes_is_approved(
    tuned: str, numbers: dict[str, str]
) -> None:
    found = assessed(tuned, numbers)
    assert found.advice

    assert (found.advice.standing, found.advice.closes) == ("approve", "")
    assert found.headline.startswith("Go ahead and fine-tune")


def test_checks_that_are_open_are_counted_beside_it() -> None:
    found = assessed("gpt-4.1-mini", example_quality="not_checked")
    assert found.advice

    assert approval(found.advice).endswith("first. 1 check is open, too.")


def test_parts_of_what_training_asks_for_come_to_its_12_months() -> None:
    # Its base retires within the 12 months, and a prompt follows it.
    money = money_of(assessed("gpt-4.1-mini", {"ready_months": "1"}))
    assert money

    [year, *_] = re.findall(r"\$([\d,]+)", money.asks)
    amounts = [*re.findall(r"\$([\d,]+)", money.parts)[:5], year]
    now, before, month, later, less, year = (int(x.replace(",", "")) for x in amounts)
    assert f", less ${less:,} for what changes in the 12 months" in money.parts
    assert abs(now + before + 11 * month + later - less - year) <= 12


@pytest.mark.parametrize(
    ("tuned", "changes", "standing", "begins"),
    [
        ("nova-micro", {}, "approve", "Go ahead and fine-tune: "),
        (
            *("nova-micro", {"data_rights": "unclear"}, "subject_to"),
            "Prepare fine-tuning: ",
        ),
        ("", {}, "no_price", "Prepare fine-tuning; do not approve it yet: "),
    ],
)
def test_headline_goes_ahead_only_with_what_is_approved(
    tuned: str, changes: dict[str, Any], standing: str, begins: str
) -> None:
    numbers = {"gpu": ""} if tuned else {}
    found = assessed(tuned, numbers, **changes)
    assert found.advice

    assert found.advice.standing == standing
    assert found.headline.startswith(begins)


def test_headline_of_what_nothing_shows_is_not_to_go_ahead() -> None:
    levels = {**TRAINING_LEVELS, "platform": "documented", "data_rights": "asserted"}
    inputs = Inputs(
        codes=read(FRAMEWORK, TRAINING_CASE),
        levels=levels,
        numbers=NUMBERS | {"gpu": "", "tuned": "nova-micro"},
    )
    found = assess_on(FRAMEWORK, inputs, DAY)
    assert found.advice

    assert found.advice.standing == "not_shown"
    assert found.headline.startswith(
        "Prepare fine-tuning; do not approve it yet: train a model on reviewed "
        "examples, once 1 answer is shown. Meanwhile you may use"
    )
