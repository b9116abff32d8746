"""What costs less than what is recommended is an option, or says why it is not."""

import pytest

from audits.scoring.costs.cost_numbers import TRAINED
from audits.scoring.costs.rounding import written
from audits.scoring.options.option_reasons import why_not
from audits.scoring.options.standing import standing_of
from tests.examples import some_of
from tests.scoring.costs.worked_decisions import EXPENSIVE, assessed, money
from tests.scoring.twelve_verdicts import ANSWERS, SLOW

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


@pytest.mark.parametrize(
    ("there", "waits"),
    [("none", True), ("few", True), ("curated", False), ("unknown", False)],
)
def test_alternative_with_examples_says_that_it_waits_for_them(
    there: str, *, waits: bool
) -> None:
    answers = ANSWERS["prompt_long_context"] | {"examples": there}
    rows = money(answers, **MODELS).rows

    [few_shot] = [row for row in rows if row.technique == "few_shot"]

    said = standing_of(assessed(answers, **MODELS), few_shot)
    then = ", once there are 10 good examples"
    assert said == f"Alternative{then * waits}"
    why = why_not(assessed(answers, **MODELS))
    needs = "Needs 10 examples;" if waits else "Feasible, but"
    assert why["few_shot"] == why["few_shot_retrieved"] == f"{needs} costs no less"
    assert why["rag"] == "Feasible, but costs no less"


def test_cheaper_option_without_its_examples_says_first_that_it_needs_them() -> None:
    answers = ANSWERS["keep"] | {"examples": "few", "tried": ["nothing"]}

    why = why_not(assessed(answers, **MODELS))

    assert why["few_shot"] == "Needs 10 examples; costs less"


def test_alternative_to_training_says_that_a_search_does_not_mend_the_fault() -> None:
    numbers = {"today": "prompt", "ready_months": "3"}
    found = assessed(ANSWERS["fine_tune"], **numbers)
    rows = money(ANSWERS["fine_tune"], **numbers).rows

    [search] = [row for row in rows if row.technique == "rag"]

    assert not found.means.found_by_search
    assert standing_of(found, search) == "Would not help, as facts are not the fault"


def test_smaller_model_that_failed_has_no_price_beside_distilling() -> None:
    fails = assessed(EXPENSIVE | {"smaller_model": "fails"}, **AT_TEN_MILLION)

    assert fails.verdict == "distil"
    assert fails.costs is not None
    smaller = fails.costs.plan.of("prompt_smaller")
    assert smaller.price is None
    assert smaller.unpriced == "It failed your test, so it is no option"


def test_smaller_model_that_passes_is_recommended_before_distilling() -> None:
    found = money(EXPENSIVE | {"smaller_model": "passes"}, **AT_TEN_MILLION)

    assert found.chosen.technique == "prompt_smaller"


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


def test_alternative_that_is_hardly_cheaper_says_so() -> None:
    numbers = {"today": "prompt", "ready_months": "3", "requests": "10000000"}
    found, rows = assessed(SLOW, **numbers), money(SLOW, **numbers).rows

    [tuned] = [row for row in rows if row.technique == "fine_tune_own"]
    [chosen] = [row for row in rows if row.technique == "distil"]

    assert tuned.year.expected < chosen.year.expected
    assert standing_of(found, tuned) == "Alternative, which costs about the same"
