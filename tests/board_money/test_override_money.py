"""The money of an override is that of its own option, and what is computed stays."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.reviews.override_choices import money_said
from audits.scoring.board.overrides.overridden_money import (
    money_overridden,
    with_counting,
)
from audits.scoring.board.overrides.overridden_options import options_overridden
from audits.scoring.board.overriding import NO_PRICE, Overriding, amount_said
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.exchange.page_one import OverrideSays, page_one_says
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.options import options
from audits.scoring.sums.decision_rows import NOT_PRICED, decision_row
from audits.scoring.sums.money_sums import Decided
from audits.services.portfolio.money.row_money import (
    money_columns,
    overridden_columns,
)
from audits.templatetags.figures import standing_now
from tests.scoring.costs.worked_decisions import DAY, OFFER, assessed
from tests.scoring.twelve_verdicts import ANSWERS

TUNED = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}


def overridden(verdict: Any, state: Any = "running", **numbers: str) -> Any:
    found = assessed(ANSWERS["few_shot"], **{**TUNED, **numbers})
    return found, money_overridden(current(), found, verdict, state)


def test_amounts_are_those_of_the_option_and_no_other_is_said() -> None:
    found, own = overridden("rag")
    assert found.costs
    price = found.costs.plan.of("rag").price
    assert price
    year = price.year_as_printed

    assert own.chosen.technique == "rag"
    assert own.chosen.year == year
    assert own.today.technique == "fine_tune_hosted"
    assert own.saving_year == own.today.year.expected - year.expected
    assert f"12 months cost ${written(year.expected)}" in amount_said(own)
    columns = money_columns(found) | overridden_columns(own, has_plan=True)
    assert columns["cost_year"] == columns["proposed_year"] == year.expected
    assert columns["saving_year"] == own.saving_year
    assert columns["at_risk"]
    asked = decision_row(Decided(name="A", family="rebuild", money=own))
    assert asked.asked == year
    assert money_of(found) != own


def test_rows_of_a_result_mark_the_one_that_counts() -> None:
    found, own = overridden("rag")
    computed = money_of(found)
    assert computed
    today, advised = computed.today, computed.chosen

    beside = with_counting(computed, own.chosen)

    def said(instead: str) -> dict[str, str]:
        rows = beside.rows if instead else computed.rows
        told = {x: standing_now(x, found, instead, own.chosen) for x in rows}
        return {row.technique: words for row, words in told.items()}

    assert today
    assert today.technique != advised.technique != "rag"
    assert "rag" not in said("")
    assert said("")[advised.technique] == "Recommended"
    assert said("Agree")[advised.technique] == "Computed"
    assert said("Agree")["rag"] == "Counts, by override"
    assert said("Agree")[today.technique] == said("")[today.technique]
    assert [x.year for x in beside.rows if x.technique == "rag"] == [own.chosen.year]
    # One that the computed money names is not named twice.
    assert with_counting(computed, advised) == computed
    assert standing_now(advised, found, "Agree", advised) == "Counts, by override"


def test_form_says_what_each_verdict_asks_for_beside_the_computed_one() -> None:
    found, own = overridden("rag")
    _, kept = overridden("keep")
    few = decision_row(Decided(name="A", family="rebuild", money=money_of(found)))
    rag = decision_row(Decided(name="A", family="rebuild", money=own))
    keep = decision_row(Decided(name="A", family="keep", money=kept))
    none = decision_row(Decided(name="A", family="move", money=None))
    assert rag.asked
    assert few.asked

    more = rag.asked.expected - few.asked.expected
    low, high = (f"${written(x)}" for x in (rag.asked.low, rag.asked.high))
    asked = f"Asks for ${written(rag.asked.expected)} ({low} to {high}) over 12 months"
    said = f"{asked}, ${written(more)} more than computed."
    assert money_said(rag, few) == said
    assert money_said(few, rag).endswith(f", ${written(more)} less than computed.")
    assert money_said(few, few).endswith(" months, as much as the computed verdict.")
    assert money_said(keep, few) == (
        "Asks for no amount: nothing new; the computed verdict asks for "
        f"${written(few.asked.expected)}."
    )
    assert money_said(none, None) == "Asks for no amount: not priced."


def test_kept_plan_saves_nothing_and_a_verdict_without_an_option_has_no_amount() -> (
    None
):
    _, kept = overridden("keep")
    assert kept.today == kept.chosen
    assert kept.saving_year is None

    found, none = overridden("stop_fine_tuning")
    assert none is None
    assert amount_said(none) == NO_PRICE
    columns = money_columns(found) | overridden_columns(none, has_plan=True)
    assert columns["cost_year"] is columns["saving_year"] is None
    assert columns["spend"] is not None
    row = decision_row(Decided(name="A", family="stop", money=none))
    assert (row.asked, row.no_amount) == (None, NOT_PRICED)


@pytest.mark.parametrize(
    ("verdict", "today", "option"),
    [
        ("prompt_long_context", "fine_tune_hosted", "prompt"),
        ("prompt_long_context", "prompt_smaller", "prompt_smaller"),
        ("few_shot", "few_shot_retrieved", "few_shot_retrieved"),
        ("few_shot", "prompt", "few_shot"),
    ],
)
def test_smaller_model_prices_no_prompt_unless_it_runs_today(
    verdict: str, today: str, option: str
) -> None:
    found, own = overridden(verdict, today=today, smaller="gpt-6-luna")

    assert found.costs
    assert found.costs.plan.of("prompt_smaller").price
    assert own.chosen.technique == option


def test_nothing_and_an_offer_are_told_beside_the_override() -> None:
    found = assessed(ANSWERS["few_shot"], **{**TUNED, **OFFER})
    says = OverrideSays(
        verdict="rag", by="Ingrid Vik", on="2026-12-01", words="So be it"
    )
    page = page_one_says(current(), found, override=says)
    own = Overriding(verdict="rag", by="Ingrid Vik", on=DAY, words="So be it")
    told = own.told(current(), found, "running")
    assert found.proposal
    assert told.money

    more = found.proposal.year.printed - told.money.chosen.year.expected
    offer = next(row for row in page.options if row.option.startswith("Offer: "))
    assert f"${more:,.0f} more than “Retrieval” (override)" in offer.why
    declined = f"This declines the offer of Nordlys (${offer.cost} over 12 months)."
    assert page.decision == f"{told.decision} {told.amount} {declined}"
    nothing = next(row for row in page.options if row.option.startswith("Do nothing"))
    ends = nothing.why.rpartition("until its model retires on ")[2]
    assert told.nothing.partition("until its model retires on ")[2].startswith(ends)
    kept = replace(own, verdict="keep").told(current(), found, "running")
    assert kept.nothing.startswith("That is the override: “Tuned hosted model” goes on")
    unpriced = replace(own, verdict="stop_fine_tuning").told(
        current(), found, "running"
    )
    assert unpriced.declined == (
        f"This declines the offer of Nordlys (${offer.cost} over 12 months), which was "
        "not compared: the option of the override has no price."
    )
    # A cheaper offer of a part is not said to cost less, nor measured against today.
    part = {"proposal_once": "100", "proposal_months": "6"}
    partly = assessed(ANSWERS["few_shot"], **{**TUNED, **OFFER, **part})
    told = own.told(current(), partly, "running")
    assert told.declined.startswith("This declines the offer of Nordlys ($")
    assert told.declined.endswith("not compared: it covers 6 of the 12 months.")
    assert told.offer
    assert not re.search(r"\$[\d,]+ (more|less)", told.offer.why)


def test_override_to_measure_is_an_option_and_says_what_a_vote_lacks() -> None:
    answers = ANSWERS["stop_fine_tuning"] | {"state": "in_cycle"}
    found = assessed(answers, **TUNED)
    own = Overriding(verdict="gather_evidence", by="B", on=DAY, words="So be it")

    told = own.told(current(), found, "running")
    [first, *others] = options_overridden(
        options(current(), found), told.money, told.offer, named=told.named.name
    )

    assert (first.name, first.cost, first.why, first.is_chosen) == (
        *("Gather evidence first", "No price", "By override"),
        True,
    )
    assert not any(each.is_chosen for each in others)
    lacks = "the measurements need a sum and a last day: neither is stated."
    assert lacks in told.terms
    assert told.asked.endswith("under way does not go on meanwhile.")
    # What is trained goes on, and an option that was considered has its row once.
    trains = replace(own, verdict="fine_tune").told(current(), found, "running")
    assert trains.terms == ""
    again = replace(own, verdict="few_shot").told(current(), found, "running")
    rows = [
        *options_overridden(
            options(current(), found), again.money, named=again.named.name
        )
    ]
    assert [x.why for x in rows if x.is_chosen] == ["By override"]


@pytest.mark.parametrize(("there", "waits"), [("few", True), ("curated", False)])
def test_override_to_examples_says_if_they_are_not_there(
    there: str, *, waits: bool
) -> None:
    answers = ANSWERS["prompt_long_context"] | {"examples": there}
    found = assessed(answers, today="prompt")
    own = Overriding(verdict="few_shot", by="B", on=DAY, words="So be it")
    told = own.told(current(), found, "running")
    assert told.money

    [row] = [
        each
        for each in options_overridden(
            options(current(), found), told.money, named=told.named.name
        )
        if each.is_chosen
    ]
    counts = standing_now(told.money.chosen, found, "Agree", told.money.chosen)

    assert row.why == f"By override{'; needs 10 examples' * waits}"
    assert counts.endswith(", once there are 10 good examples") is waits


def test_agreement_before_an_override_was_to_what_counted_then() -> None:
    own = Overriding(verdict="rag", by="B", on=DAY, words="", signed_by="A", since=DAY)
    before, after = DAY - timedelta(1), DAY + timedelta(1)
    found = assessed(ANSWERS["few_shot"], **TUNED)

    assert own.agreed(before, "Few-shot") == ", before the override, to “Few-shot”"
    assert own.agreed(before, "") == ", before the override"
    again = replace(own, since=before)
    assert again.agreed(before, "Few-shot") == ", before the override"
    assert own.agreed(DAY, "Few-shot") == ", the day of the override"
    assert own.agreed(after, "Few-shot") == ""
    day, verdicts = (
        in_words(DAY),
        "“Few-shot”; B alone overrode it with “Retrieval (RAG)”",
    )
    assert own.said(current(), found) == f"A signed off {verdicts} on {day}."
