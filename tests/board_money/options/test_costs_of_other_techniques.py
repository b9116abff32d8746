"""What the techniques cost that have no row of their own is said in one sentence."""

import re

import pytest

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.option_reasons import why_out
from audits.scoring.options.other_costs import other_costs
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS, SLOW


def said_of(found: Assessment) -> str:
    money = money_of(found)
    assert money
    return other_costs(found, money)


@pytest.mark.parametrize("verdict", ["prompt_long_context", "rag", "distil"])
def test_every_price_stands_in_a_row_or_among_the_others(verdict: str) -> None:
    found = assessed(ANSWERS[verdict], today="prompt", requests="100000")
    money, costs = money_of(found), found.costs
    assert money
    assert costs

    told = re.findall(r"\$([\d,]+)", said_of(found))

    in_rows = {row.technique for row in money.rows}
    priced = [x for x in costs.plan.techniques if x.price]
    assert len(told) == sum(x.technique not in in_rows for x in priced)


def test_what_is_ruled_out_comes_last_and_is_said_to_be() -> None:
    found = assessed(SLOW, today="prompt", requests="10000000")
    assert why_out(found, "rag")

    said = said_of(found)

    left, _, out = said.partition("ruled out: ")
    assert "“Retrieval” $" in out
    assert "“Retrieval”" not in left


def test_what_is_ruled_out_and_costs_less_says_why() -> None:
    found = assessed(SLOW, today="prompt", requests="10000000")
    money, costs = money_of(found), found.costs
    assert money
    assert costs
    out = said_of(found).partition("ruled out: ")[2]
    prices = {x.technique: x.price for x in costs.plan.techniques if x.price}

    for way in {*prices} - {row.technique for row in money.rows}:
        price, why = prices[way].year_as_printed.expected, why_out(found, way)
        if why and price < money.chosen.year.expected:
            assert f"({why})" in out
        elif why:
            assert f"${price:,.0f} ({why})" not in out


@pytest.mark.parametrize(
    ("case", "tokens", "said"),
    [
        (
            "stop_fine_tuning",
            "3000000",
            "“Few-shot by search” $139,378 (all 3: the documents do not fit in the "
            "prompt)",
        ),
        (
            "distil",
            "",
            "“Few-shot by search” $139,228 (both: even the quickest model was too "
            "slow)",
        ),
        (
            "few_shot",
            "3000000",
            "“Prompt” $85,780 (the documents do not fit in the prompt)",
        ),
    ],
)
def test_shared_reason_says_of_how_many_it_is(
    case: str, tokens: str, said: str
) -> None:
    tuned = "fine_tune_hosted"
    large = {"knowledge_tokens": tokens} if tokens else {}
    found = assessed(ANSWERS[case], today=tuned, requests="1000000", **large)

    assert said in said_of(found)


def test_nothing_is_said_without_costs() -> None:
    priced = assessed(SLOW, today="prompt", requests="10000000")
    money = money_of(priced)
    assert money

    assert other_costs(assessed(SLOW, requests=None), money) == ""
