"""A smaller model that passed is one thing in the advice, the money and the steps."""

from decimal import Decimal
from typing import Any

import pytest

from audits.reports.todays_score import target_of
from audits.scoring import Assessment
from audits.scoring.assess_on import given_to
from audits.scoring.board.acts import act_of
from audits.scoring.board.advised_name import advised_name
from audits.scoring.cards.cards import cards_of
from audits.scoring.explaining.advice_rows import asked
from audits.scoring.ladder.ladder import ladder
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.if_nothing import if_nothing
from audits.scoring.options.option_reasons import why_not
from audits.scoring.options.options import options
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.summary.plan import plan_of
from audits.scoring.told.result.asked_sum import own_tests
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


MOVES = "move to the smaller model, do not train"
SEARCHES = "use retrieval on the smaller model, do not train"
USES = "use examples in the prompt, do not train"
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


@pytest.mark.parametrize(
    ("today", "layer", "way", "year", "act"),
    [
        ("few_shot", "few_shot", "prompt_smaller", 10_320, MOVES),
        ("few_shot_retrieved", "few_shot", "prompt_smaller", 10_320, MOVES),
        # New examples are priced on the smaller model.
        ("prompt", "few_shot", "few_shot", 10_476, MOVES),
        ("rag", "few_shot", "few_shot", 10_476, MOVES),
        ("rag", "rag", "prompt_smaller", 10_320, MOVES),
        # Retrieval that is new is built there: 17,000 tokens and the passages found.
        ("prompt", "rag", "rag", 22_164, SEARCHES),
        # It runs there.
        ("prompt_smaller", "few_shot", "few_shot", 10_476, USES),
    ],
)
def test_act_name_step_and_money_move_together_whatever_runs_today(
    today: str, layer: str, way: str, year: int, act: str
) -> None:
    best = EXAMPLES if layer == "few_shot" else scored("retrieval", 194, 200)
    documents = {"knowledge_size": "large"} if layer == "rag" else {}
    found = letters(
        *(PLAIN, best, SMALLER),
        answers=INVOICES | documents,
        numbers=NUMBERS | {"today": today},
        target="0.95",
    )
    money = money_of(found, "planned")
    assert money

    assert found.verdict == layer
    serves = {"few_shot": "examples in the prompt", "rag": "retrieval"}[layer]
    assert asked(FRAMEWORK, found) == (
        f"Agree to move to the smaller hosted model that passed, with {serves}, and to "
        "spend nothing on training."
    )
    assert act_of(FRAMEWORK, found, "planned") == act
    moves = act == MOVES
    is_there = act in (MOVES, SEARCHES)
    assert advised_name(found).endswith(" on the smaller model") == is_there
    assert ("move_smaller" in {x.id for x in cards_of(FRAMEWORK, found)}) == moves
    assert money.chosen.technique == way
    assert money.chosen.year.expected == year


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


@MOVE
def test_move_is_the_one_step_with_its_hours_and_what_it_saves(
    rows: tuple[ScoredCandidate, ...],
) -> None:
    found = invoices(*rows)
    plan = plan_of(FRAMEWORK, found)

    [card] = plan.cards
    assert (card.name, card.hours, card.kinds) == (
        "Move the calls to the smaller model that passed",
        16,
        (),
    )
    assert card.because == (
        "It saves $24,084 over 12 months: “Smaller model” costs $10,320, “Few-shot” "
        "$34,404."
    )
    assert plan.says == "It says how to do what is advised, and what that saves."
    said = own_tests(money_of(found, "planned"), plan.first)
    assert said == "Not in the sum: 16 hours of the team’s own work ($1,600)."


def test_step_without_a_price_still_says_why() -> None:
    found = letters(
        PLAIN, EXAMPLES, SMALLER, answers=INVOICES, numbers={}, target="0.95"
    )

    [card] = cards_of(FRAMEWORK, found)
    assert card.because == "It passed its test, and a call to it costs less."


def test_what_runs_on_the_smaller_model_is_not_moved_there() -> None:
    found = invoices(PLAIN, EXAMPLES, SMALLER, today="prompt_smaller")

    assert "move_smaller" not in [x.id for x in cards_of(FRAMEWORK, found)]
    assert advised_name(found) == "Few-shot"


def test_paper_names_the_model_and_cites_what_is_advised() -> None:
    found = invoices(PLAIN, EXAMPLES, SMALLER)
    money = money_of(found, "planned")

    assert act_of(FRAMEWORK, found, "planned") == MOVES
    assert advised_name(found) == "Few-shot on the smaller model"
    nothing = if_nothing(FRAMEWORK, found, money, "planned")
    assert nothing == "“Few-shot” goes ahead and costs $34,404 over 12 months."
    assert target_of(found, "planned").startswith(
        "The target is 95 of 100. Tested, “Smaller hosted model”: 196 of 200 passed"
    )
    assert "“Written prompt”: 178 of 200" in target_of(found, "running")


@pytest.mark.parametrize(
    ("passed", "state", "advised"),
    [(196, "passed", "Advised next"), (188, "tested", ""), (170, "missed", "")],
)
def test_smaller_model_that_was_tested_is_among_the_remedies(
    passed: int, state: str, advised: str
) -> None:
    found = invoices(PLAIN, EXAMPLES, scored("smaller", passed, 200))
    rows = ladder(FRAMEWORK, found, given_to(found)[0], "planned")
    before = invoices(PLAIN, EXAMPLES)
    without = ladder(FRAMEWORK, before, given_to(before)[0], "planned")
    assert rows and without  # noqa: PT018

    [row] = [x for x in rows.rows if x.id == "smaller"]
    assert (row.name, row.state, row.advised) == (
        "Smaller hosted model",
        state,
        advised,
    )
    assert len(rows.rows) == len(without.rows) + 1
    assert sum(x.is_tested for x in rows.rows) == 3


def test_more_cases_that_change_nothing_come_after_the_test_that_decides() -> None:
    found = invoices(PLAIN, EXAMPLES)

    first, *_, last = plan_of(FRAMEWORK, found, given_to(found)[0]).first
    assert first.cost.amount
    assert (first.id, first.cost.amount.expected) == ("test_cheaper", Decimal(800))
    assert (last.id, last.changes_verdict) == ("more_cases", False)
