"""What the techniques cost that have no row of their own stands in rows below it."""

import pytest

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.option_reasons import why_out
from audits.scoring.options.other_costs import Alike, OtherCosts, other_costs
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS, SLOW


def others_of(found: Assessment) -> OtherCosts:
    money = money_of(found)
    assert money
    return other_costs(found, money)


def names_of(alike: tuple[Alike, ...]) -> list[str]:
    return [name for each in alike for name, _ in each.costs]


@pytest.mark.parametrize("verdict", ["prompt_long_context", "rag", "distil"])
def test_every_price_stands_in_a_row_or_among_the_others(verdict: str) -> None:
    found = assessed(ANSWERS[verdict], today="prompt", requests="100000")
    money, costs = money_of(found), found.costs
    assert money
    assert costs

    others = others_of(found)

    in_rows = {row.technique for row in money.rows}
    priced = [x for x in costs.plan.techniques if x.price]
    told = names_of(others.left + others.out)
    assert len(told) == sum(x.technique not in in_rows for x in priced)


def test_what_is_ruled_out_stands_apart() -> None:
    found = assessed(SLOW, today="prompt", requests="10000000")
    assert why_out(found, "rag")

    others = others_of(found)

    assert "Retrieval" in names_of(others.out)
    assert "Retrieval" not in names_of(others.left)


def test_what_is_ruled_out_and_costs_less_says_why() -> None:
    found = assessed(SLOW, today="prompt", requests="10000000")
    money, costs = money_of(found), found.costs
    assert money
    assert costs
    others = others_of(found)
    notes = {amount: x.note for x in others.out for _, amount in x.costs}
    serves = [amount for x in others.left for _, amount in x.costs]
    prices = {x.technique: x.price for x in costs.plan.techniques if x.price}

    for way in {*prices} - {row.technique for row in money.rows}:
        price, why = prices[way].year_as_printed.expected, why_out(found, way)
        if why and price < money.chosen.year.expected:
            assert price in serves or notes[price].lower().endswith(why.lower())
        elif why:
            assert price in serves or notes[price] in ("", why)


@pytest.mark.parametrize(
    ("case", "tokens", "names", "note"),
    [
        (
            "stop_fine_tuning",
            "3000000",
            ["Prompt", "Few-shot", "Few-shot by search"],
            "the documents do not fit in the prompt",
        ),
        (
            "distil",
            "",
            ["Prompt", "Few-shot by search", "Retrieval"],
            "even the quickest model was too slow",
        ),
        (
            "few_shot",
            "3000000",
            ["Prompt", "Few-shot by search"],
            "the documents do not fit in the prompt",
        ),
    ],
)
def test_all_that_a_reason_rules_out_share_it(
    case: str, tokens: str, names: list[str], note: str
) -> None:
    tuned = "fine_tune_hosted"
    large = {"knowledge_tokens": tokens} if tokens else {}
    found = assessed(ANSWERS[case], today=tuned, requests="1000000", **large)

    out = others_of(found).out
    assert [names_of((x,)) for x in out if x.note == note] == [names]
    assert len({x.note for x in out}) == len(out)


def test_nothing_is_said_without_costs() -> None:
    priced = assessed(SLOW, today="prompt", requests="10000000")
    money = money_of(priced)
    assert money

    assert other_costs(assessed(SLOW, requests=None), money) == OtherCosts()
