from dataclasses import replace
from decimal import Decimal

import pytest

from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.pricing.cost_plan import compare
from audits.scoring.pricing.sensitivity import sensitivity
from tests.scoring.costs.cost_cases import DEFAULTS, GIVEN, INPUTS, NOTHING, between

SWINGS = sensitivity(INPUTS)


def test_largest_swing_stands_first() -> None:
    assert [swing.input_id for swing in SWINGS] == [
        "prompt_days",
        "engineer_day",
        "label_cost",
        "retry_rate",
        "eval_cases",
    ]
    assert [round(swing.size) for swing in SWINGS] == [4000, 3500, 1700, 548, 450]


def test_swing_says_how_the_lead_changes_at_both_ends() -> None:
    swing = SWINGS[0]

    assert (swing.technique, swing.against) == ("prompt_smaller", "prompt")
    assert swing.name == "Days to write and test a prompt"
    assert swing.values == DEFAULTS["prompt_days"]
    # 12 × (1,366.08 - 783.558) - 4,300; 3 days less and 5 days more, at 800.
    assert swing.lead == Decimal("2690.264")
    assert [swing.at_low, swing.at_high] == [2400, -4000]
    assert swing.ends == (Decimal("5090.264"), Decimal("-1309.736"))
    assert swing.turns
    assert not SWINGS[-1].turns


# Prompts under the shortest that a cache takes cost more than longer ones.
def test_number_of_which_both_ends_cost_more_is_said_to_bend() -> None:
    bent = replace(SWINGS[0], at_low=Decimal(-200))

    said = (
        "“Days to write and test a prompt”: less and more than 5 days, as expected, "
        "both make the difference {}. Costs have steps, such as the shortest prompt "
        "that a cache takes."
    )
    assert bent.bends == said.format("smaller")
    assert replace(bent, lead=-bent.lead).bends == said.format("larger")
    assert SWINGS[0].bends == ""
    assert replace(bent, at_low=Decimal(0)).bends == ""


def test_without_a_plan_it_is_compared_with_the_cheapest_other() -> None:
    swings = sensitivity(replace(INPUTS, recommended="rag", today=None))

    assert {(swing.technique, swing.against) for swing in swings} == {
        ("rag", "prompt_smaller")
    }
    assert all(swing.lead < 0 for swing in swings)


def test_recommended_technique_is_compared_with_the_plan_of_today() -> None:
    swings = sensitivity(replace(INPUTS, recommended="rag", today="prompt"))

    assert {(swing.technique, swing.against) for swing in swings} == {("rag", "prompt")}


def test_plan_that_is_recommended_is_compared_with_the_cheapest_other() -> None:
    swings = sensitivity(replace(INPUTS, recommended="prompt", today="prompt"))

    assert {swing.against for swing in swings} == {"prompt_smaller"}


def test_what_cannot_be_chosen_is_compared_only_where_nothing_else_is_left() -> None:
    inputs = replace(INPUTS, recommended="prompt", today="prompt")
    priced = {cost.technique for cost in compare(inputs).techniques if cost.price}

    without_cheapest = sensitivity(inputs, {"prompt_smaller"})
    alone = sensitivity(inputs, priced - {"prompt"})

    assert {swing.technique for swing in without_cheapest} == {"prompt"}
    assert {swing.against for swing in without_cheapest}.isdisjoint({"prompt_smaller"})
    assert without_cheapest
    assert {swing.against for swing in alone} == {"prompt_smaller"}


def test_volume_is_a_swing_if_it_is_a_range() -> None:
    volume = between("50000", "100000", "200000")
    swings = sensitivity(replace(INPUTS, given={**GIVEN, "requests": volume}))

    swing = next(swing for swing in swings if swing.input_id == "requests")

    assert swing.at_high == 12 * 100_000 * Decimal("1.02") * Decimal("0.005711")


def test_without_two_priced_techniques_there_is_no_swing() -> None:
    assert sensitivity(NOTHING) == ()
    assert (
        sensitivity(replace(INPUTS, smaller=None, recommended="prompt_smaller")) == ()
    )


CERTAIN = {
    key: replace(found, low=found.expected, high=found.expected)
    for key, found in DEFAULTS.items()
}


@pytest.mark.parametrize(
    ("dollars", "sizes"),
    # 12 months of the vector store.
    [("200.5", ["6"]), ("200.001", ["0.012"]), ("200.0008", [])],
)
def test_number_that_moves_the_lead_by_a_cent_is_a_swing(
    dollars: str, sizes: list[str]
) -> None:
    store = between("200", "200", dollars)
    work: dict[InputId, Decimal] = dict.fromkeys(
        ("rag_days", "prompt_days", "eval_cases"), Decimal(0)
    )
    inputs = replace(INPUTS, given={**GIVEN, **work}, recommended="rag")

    swings = sensitivity(
        replace(inputs, defaults={**CERTAIN, "vector_store_month": store})
    )

    assert [swing.size for swing in swings] == [Decimal(size) for size in sizes]
