"""A smaller model that passed is one thing in the advice, the money and the steps."""

from decimal import Decimal
from typing import Any

import pytest

from audits.scoring import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.option_reasons import why_not
from audits.scoring.options.options import options
from audits.scoring.scored.candidates import ScoredCandidate
from tests.scoring.letters import FRAMEWORK, letters, scored

INVOICES: dict[str, Any] = {
    "goal": ["cost_latency"],
    "component": "extractor",
    "state": "planned",
    "quality_gap": "unknown",
    "unit_economics": "too_high",
    "volume": "10k_100k",
    "latency": "relaxed",
    "examples": "thousands",
    "example_quality": "consistent",
    "change_rate": "static",
    "knowledge_size": "none",
    "traceability": "none",
}
NUMBERS = {
    "requests": "90000",
    "prefix_tokens": "9000",
    "variable_tokens": "6000",
    "output_tokens": "800",
    "model": "claude-sonnet-5-5",
    "smaller": "gpt-6-luna",
    "today": "few_shot",
}
PLAIN = scored("prompt", 178, 200)
EXAMPLES = scored("examples", 194, 200)
SMALLER = scored("smaller", 196, 200)


def invoices(*rows: ScoredCandidate, **numbers: str) -> Assessment:
    return letters(*rows, answers=INVOICES, numbers=NUMBERS | numbers, target="0.95")


MOVE = pytest.mark.parametrize(
    "rows", [(PLAIN, EXAMPLES, SMALLER), (EXAMPLES, SMALLER)], ids=["failed", "none"]
)


@MOVE
def test_money_recommends_the_model_that_the_headline_says(
    rows: tuple[ScoredCandidate, ...],
) -> None:
    found = invoices(*rows)
    money = money_of(found, "planned")
    assert money
    assert money.today

    assert found.verdict == "few_shot"
    assert found.headline.startswith("Move to the smaller hosted model that passed")
    assert money.chosen.technique == "prompt_smaller"
    assert (money.today.technique, money.today.roles) == ("few_shot", ("today",))
    # 17,000 tokens and 800 written for each of 90,000 calls, at either model's prices.
    assert money.today.year.expected == 34_404
    assert money.chosen.year.expected == 10_320
    assert money.saving_year == 24_084


@MOVE
def test_no_other_candidate_rules_out_the_one_that_passed(
    rows: tuple[ScoredCandidate, ...],
) -> None:
    found = invoices(*rows)
    assert found.advice

    out = {"prompt": "it missed the target"} if PLAIN in rows else {}
    assert found.advice.ruled_out == out
    [chosen] = [x for x in options(FRAMEWORK, found, "planned") if x.is_chosen]
    assert (chosen.name, chosen.amount) == ("Smaller model", Decimal(10_320))


def test_smaller_model_that_nobody_tested_stays_ruled_out_with_the_larger_one() -> None:
    found = invoices(PLAIN, EXAMPLES)

    assert why_not(found)["prompt_smaller"] == (
        "Ruled out: the larger model missed the target"
    )
