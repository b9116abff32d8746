"""An option that costs less is not refused for lacking a test that no other has."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audits.frameworks.answering.meanings import meanings
from audits.frameworks.loading.loader import current
from audits.landscape.catalogue import catalogue
from audits.scoring.cards.tests_of_results import ADVISED_TEST
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.named_replacement import named_replacement
from audits.scoring.options.option_reasons import is_untested, why_not
from audits.scoring.options.options import options
from audits.scoring.summary.plan import plan_of
from audits.scoring.sums.decision_rows import decision_row
from audits.scoring.sums.money_sums import Decided
from audits.scoring.sums.year_parts import parts_of_named
from audits.scoring.untested import is_tested
from audits.services.portfolio.money.row_money import money_columns
from audits.templatetags.charts import money_chart
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.twelve_verdicts import ANSWERS

TUNED = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}
FEW_SHOT = ANSWERS["few_shot"]


def on_the_replacement(answers: dict[str, Any]) -> str:
    [why] = [
        choice.why
        for choice in options(current(), assessed(answers, **TUNED))
        if choice.name.startswith("Prompt on ")
    ]
    return why


def test_prompt_on_the_replacement_is_tested_with_what_is_recommended() -> None:
    untested = FEW_SHOT | {"tried": ["nothing"]}

    assert on_the_replacement(untested) == (
        "Replaces the plan’s model when that ends; untested, like the advice; "
        "not the model that the team chose"
    )


def test_decision_names_what_costs_less_and_is_no_less_tested() -> None:
    untested = money_of(assessed(FEW_SHOT | {"tried": ["nothing"]}, **TUNED))
    passed = {"tried": ["examples"], "quality_gap": "met", "passed": "examples"}
    tested = money_of(assessed(FEW_SHOT | passed, **TUNED))
    assert untested
    assert tested

    name, year = untested.as_untested or ("", Decimal(0))
    assert name.startswith("Prompt on ")
    assert year < untested.chosen.year.expected
    assert untested.asks.endswith(
        f" The 12 months cost only ${year:,.0f} if “{name}” passes a test. Once "
        f"approved, test “Few-shot” and “{name}” (collecting test inputs, if needed, "
        "costs extra). Spend none of the rest until one passes."
    )
    # It may cost more, so no amount is the most.
    assert "This asks for an expected $" in untested.asks
    assert "up to" not in untested.asks
    # What nobody tested is no equal of what was.
    assert tested.as_untested is None


def test_decision_names_the_model_of_the_dearer_option_and_why_it_is_that() -> None:
    found = assessed(FEW_SHOT | {"tried": ["nothing"]}, **TUNED)
    passed = {"tried": ["examples"], "quality_gap": "met", "passed": "examples"}
    tested = assessed(FEW_SHOT | passed, **TUNED)
    money = money_of(found)
    assert money
    assert found.costs
    chosen = catalogue(found.costs.plan.on).models[found.numbers["model"]].name

    advised, *_ = options(current(), found)

    assert f" over 12 months for “Few-shot” on {chosen}, instead of " in money.asks
    assert advised.why == f"Recommended; the team chose {chosen}"
    # With nothing beside it that runs on another model, it goes without saying.
    assert chosen not in (money_of(tested) or money).asks
    assert options(current(), tested)[0].why == "Recommended"


def test_amounts_say_what_the_option_that_a_decision_names_is_made_of() -> None:
    found = assessed(FEW_SHOT | {"tried": ["nothing"]}, **TUNED)
    money = money_of(found)
    assert money
    assert money.as_untested
    named = named_replacement(found, money)
    assert named
    name, price = named

    said = parts_of_named(named)

    assert (name, price.year_as_printed.expected) == money.as_untested
    times, once = (price.expected_month, price.calendar.as_printed.once)
    assert said.startswith(f"12 × ${times:,.0f} + ${once:,.0f} once (")
    assert said.endswith(
        f" = ${money.as_untested[1]:,.0f}. Page 1 asks for it if it passes the test."
    )
    assert [x.name for x in money_chart(money, named).rows].count(name) == 1
    # A decision that names none has no such row.
    assert named_replacement(found, None) is None
    assert named_replacement(found, replace(money, as_untested=None)) is None


def test_advice_is_untested_where_nothing_was_tested_and_where_it_was_not() -> None:
    nothing, other = ({"tried": tried} for tried in (["nothing"], ["instructions"]))
    passed = {"tried": ["examples"], "quality_gap": "met", "passed": "examples"}

    found = [assessed(FEW_SHOT | more, **TUNED) for more in (nothing, other, passed)]

    first = found[0].advice
    assert first
    assert first.strength.id == "none"
    assert [is_untested(each) for each in found] == [True, True, False]


def test_it_is_not_tested_where_only_what_is_recommended_is() -> None:
    tested = FEW_SHOT | {"tried": ["instructions", "examples"]}
    kept = tested | {"quality_gap": "met", "passed": "examples"}

    assert (
        on_the_replacement(kept)
        == "Replaces the plan’s model when that ends; not tested"
    )
    # Those that fell short were tested, and not those that are to be looked up.
    assert on_the_replacement(tested) == (
        "Replaces the plan’s model when that ends; untested, like the advice; "
        "not the model that the team chose"
    )


@pytest.mark.parametrize(
    ("tried", "ends"),
    [
        (["nothing"], "teach the behaviour. Untested, like the advice: test both"),
        (["instructions"], "teach the behaviour."),
    ],
)
def test_cheaper_prompt_beside_examples(tried: list[str], ends: str) -> None:
    why = why_not(assessed(FEW_SHOT | {"tried": tried}))["prompt"]

    assert why.startswith("Costs less, but ")
    assert why.endswith(ends)


@pytest.mark.parametrize(
    ("tried", "why"),
    [
        (["rules"], "Costs less. Untested, like the advice: test both"),
        (
            ["instructions"],
            "Costs less, but was tested and is not shown to do as well",
        ),
        (["examples"], "Costs less, but is not shown to do as well"),
    ],
)
def test_cheaper_prompt_beside_a_move_to_examples(tried: list[str], why: str) -> None:
    found = assessed(MOVES | {"tried": tried}, **ENDS)

    assert why_not(found)["prompt"] == why


def test_cheaper_retrieval_beside_a_model_that_nobody_trained_yet() -> None:
    found = assessed(ANSWERS["fine_tune"] | {"goal": ["knowledge", "task_skill"]})
    assert not is_tested(found, "rag")

    why = why_not(found)["rag"]

    assert why.startswith("Costs less. Neither is shown to meet the need (")
    assert why.endswith("): test both")


def test_cheaper_retrieval_is_no_option_where_no_facts_are_wrong() -> None:
    found = assessed(ANSWERS["fine_tune"])

    assert why_not(found)["rag"] == (
        "Costs less, but it adds facts, and facts are not what is wrong"
    )


def test_trial_that_does_much_better_tests_a_model_that_is_trained() -> None:
    found = assessed(ANSWERS["fine_tune"])
    codes = found.codes | {"trial": "meets"}
    tried = replace(found, codes=codes, means=meanings(current(), codes))

    assert not is_tested(found, "fine_tune_own")
    assert is_tested(tried, "fine_tune_own")


def test_text_that_does_not_fit_is_no_matter_of_tests() -> None:
    found = assessed(ANSWERS["rag"] | {"tried": ["nothing"]})

    assert "Untested, like" not in why_not(found)["prompt"]


def test_one_amount_and_its_condition_are_the_same_everywhere(
    cast: Cast, client: Client
) -> None:
    found = assessed(FEW_SHOT | {"tried": ["nothing"]}, **TUNED)
    money = money_of(found, "planned")
    assert money
    assert money.as_untested
    name, year = money.as_untested
    said = f"${year:,.0f} if “{name}” passes"

    row = decision_row(
        Decided(name="Quotes", family=found.family, money=money, state="planned")
    )
    stored = money_columns(found)["asked_if"]
    fields = {"asked": row.asked.expected if row.asked else None, "asked_if": stored}
    make_rows(
        *(cast.ours, 1),
        name="Quotes",
        state="in_review",
        stage="building",
        asked_said=row.bound,
        **fields,
    )
    page = html_of(client.get(reverse("portfolio")))

    assert (row.bound, row.if_passes, stored) == ("expected", said, said)
    told = f"The 12 months cost only {said} a test. Once approved, test “"
    assert told in money.asks
    assert told in money.asks_now
    assert said in page


def test_test_step_names_both_options() -> None:
    found = assessed(FEW_SHOT | {"tried": ["instructions"]}, **TUNED)
    money = money_of(found)
    assert money
    assert money.as_untested

    target, first, *_ = plan_of(current(), found).to_find_out

    # Who knows how far off the target is has one, and has yet to enter it.
    assert (target.name, target.hours) == ("Enter your target", 0)
    assert first.id == ADVISED_TEST
    assert first.name == (
        "Test 10 to 20 examples in the prompt on your test set, and "
        f"“{money.as_untested[0]}” on the same"
    )
    # 12 hours, and one minute for each of 30 cases.
    assert first.hours == 13
