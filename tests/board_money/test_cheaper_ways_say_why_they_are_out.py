"""What costs less than what is recommended is an option, or says why it is not."""

import pytest

from audits.scoring.costs.cost_numbers import TRAINED
from audits.scoring.costs.rounding import written
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.examples import some_of
from tests.scoring.costs.worked_decisions import EXPENSIVE, assessed, money
from tests.scoring.twelve_verdicts import ANSWERS

MODELS = {"smaller": "gpt-6-luna", "tuned": "gpt-4o-mini"}
PRICED = [verdict for verdict in ANSWERS if verdict != "untuned_model"]
AT_TEN_MILLION = {"requests": "10000000", "today": "prompt", "smaller": "gpt-6-luna"}


@pytest.mark.parametrize("verdict", some_of(PRICED, 4))
def test_other_way_that_is_shown_is_priced_and_not_ruled_out(verdict: str) -> None:
    numbers = MODELS | {"today": "fine_tune_own"}
    found, costs = (
        money(ANSWERS[verdict], **numbers),
        assessed(ANSWERS[verdict], **numbers).costs,
    )
    assert costs is not None

    others = [r for r in found.rows if {"next_best", "cheapest_other"} & {*r.roles}]

    assert {row.technique for row in others}.isdisjoint(found.ruled_out)
    for row in found.rows:
        price = costs.plan.of(row.technique).price
        assert price is not None
        assert price.year_as_printed == row.year


def test_smaller_model_that_failed_has_no_price_beside_distilling() -> None:
    fails = assessed(EXPENSIVE | {"smaller_model": "fails"}, **AT_TEN_MILLION)

    assert fails.verdict == "distil"
    assert fails.costs is not None
    smaller = fails.costs.plan.of("prompt_smaller")
    assert smaller.price is None
    assert smaller.unpriced == "It failed your test, so it is no option"


@pytest.mark.once
def test_smaller_model_that_costs_less_than_distilling_is_named_on_the_paper(
    cast: Cast,
) -> None:
    paper = paper_of(cast, ANSWERS["distil"], **AT_TEN_MILLION)
    assert paper.money is not None
    assert paper.money.chosen.technique == "distil"

    # What misses the time limit is out with that reason; the smaller may be quick.
    slow = {"prompt", "few_shot", "few_shot_retrieved", "rag"}
    assert set(paper.money.ruled_out) == slow
    assert "“Smaller model”" in paper.one.further_note
    assert "Smaller model" in page_one_of(paper)


def test_smaller_model_that_passes_is_recommended_before_distilling() -> None:
    found = money(EXPENSIVE | {"smaller_model": "passes"}, **AT_TEN_MILLION)

    assert found.chosen.technique == "prompt_smaller"


@pytest.mark.once
def test_high_case_of_what_is_recommended_is_printed_beside_todays(cast: Cast) -> None:
    today = {"today": "prompt", "requests": "1500000"}
    paper = paper_of(cast, ANSWERS["distil"], **today)
    assert paper.money is not None
    assert paper.money.today is not None
    chosen, current = paper.money.chosen, paper.money.today
    assert chosen.technique in TRAINED
    assert chosen.year.high > current.year.high

    printed = page_one_of(paper)

    assert written(chosen.year.high) in printed
    assert written(current.year.high) in printed


@pytest.mark.once
@pytest.mark.parametrize("verdict", some_of(ANSWERS, 4))
def test_one_option_is_recommended(cast: Cast, verdict: str) -> None:
    one = paper_of(cast, ANSWERS[verdict], **MODELS).one

    [chosen] = [option for option in one.options if option.is_chosen]
    called = [option for option in one.options if "(recommended)" in option.name]
    assert called in ([], [chosen])


def test_keeping_says_what_it_costs_beside_the_cheapest_that_is_left() -> None:
    numbers = {"today": "fine_tune_own"}
    found = money(ANSWERS["keep"], **numbers)
    costs = assessed(ANSWERS["keep"], **numbers).costs
    assert found.kind == "keep"
    assert costs is not None
    left = [
        cost.price.year_as_printed.expected
        for cost in costs.plan.techniques
        if cost.price
        if cost.technique not in TRAINED and cost.technique not in found.ruled_out
    ]

    more = found.chosen.year.expected - min(left)
    assert more == 101_243
    assert (
        f"Over 12 months, “Tuned open model” costs ${written(more)} more than "
        "“Prompt”, the "
        "cheapest untrained technique that is not ruled out."
    ) in found.note
