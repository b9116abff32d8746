"""What is priced as recommended is what the words of the advice mean."""

from random import Random
from typing import get_args

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.advised_ways import ways_meanwhile
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.ways import serving
from audits.scoring.options.options import options
from audits.scoring.proposals.proposal_words import worded
from tests.examples import DEAREST, some_of, up_to
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.letters import DAY, FRAMEWORK, NUMBERS, letters, scored
from tests.scoring.proofs.version_2_sets import drawn
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS

# Steps of which the words leave open how a prompt or examples are paid for: as today,
# or in the first way. A new step belongs here or into `priced_as`.
AS_TODAY = {
    *("keep", "cache_then_smaller", "send_less", "cascade", "enforce"),
    *("score_allowed", "rules", "classical", "documents", "hybrid", "write_facts"),
    *("long_context", "long_context_in_yours", "update_documents"),
    *("instructions", "improve"),
    *("stronger_model", "specialist", "tools", "optimised", "split", "settle_labels"),
    *("settle_by_people", "settle_use", "person", "take_over", "write_target", "leave"),
}
PROMPTED: dict[str, PricedTechnique] = {
    "prompt_long_context": "prompt",
    "few_shot": "few_shot",
    "rag": "rag",
}
SMALLER = {"smaller": "gpt-6-luna", "today": "fine_tune_own"}


def test_every_step_says_how_it_is_paid_for() -> None:
    priced = FRAMEWORK.priced_as
    named = {*priced.steps}

    assert named | AS_TODAY == {*FRAMEWORK.steps}
    assert not named & AS_TODAY
    tables = (priced.steps, priced.context_rules, priced.servings)
    ways = {way for table in tables for row in table.values() for way in row}
    assert ways <= {*get_args(PricedTechnique)}


def test_examples_to_be_looked_up_are_what_is_asked_for_everywhere() -> None:
    tested = letters(scored("prompt", 26), scored("examples", 33))
    money, offer = money_of(tested), worded(tested.proposal)
    assert tested.costs
    assert money
    assert offer

    assert "look up the most similar examples for each input" in tested.headline
    price = tested.costs.plan.of("few_shot_retrieved").price
    assert price
    year = price.year_as_printed.expected
    assert (money.advised, money.chosen.year.expected) == ("few_shot_retrieved", year)
    assert f"This asks for ${year:,} (" in money.asks
    assert "“Few-shot by search”" in money.asks
    # The prompt around examples was tested: cases and examples that are missing.
    assert money.asks_now == (
        f"${year:,} over 12 months, of which $375 at the start, to set up “Few-shot "
        "by search”."
    )
    first, fixed, *_ = options(FRAMEWORK, tested)
    assert (first.name, first.cost.split()[0]) == ("Few-shot by search", f"{year:,}")
    assert fixed.name == "Few-shot"
    assert fixed.why.startswith("Costs less, but examples in the prompt were tested")
    assert f"${60_000 - year:,} more" in offer.beside[0]


def test_examples_to_be_added_are_fixed_in_the_prompt() -> None:
    money = money_of(letters(scored("prompt", 26)))

    assert money
    assert money.advised == "few_shot"


def test_examples_in_use_that_meet_the_target_are_priced_as_they_run() -> None:
    for today in ("few_shot", "few_shot_retrieved"):
        kept = letters(scored("examples", 39), numbers=NUMBERS | {"today": today})
        money = money_of(kept)

        assert money
        assert money.chosen == money.today
        assert money.advised == today


@pytest.mark.parametrize(("hosting", "way"), [("self_host", "fine_tune_own")])
def test_training_for_own_servers_is_priced_on_machines(hosting: str, way: str) -> None:
    for seed in range(130, 2000):  # nothing is trained before
        found = _assessed(seed, {"hosting": hosting})
        money = money_of(found)
        if money and found.verdict.startswith("fine_tune"):
            assert money.chosen.technique == way
            return
    pytest.fail("nothing is trained")


@pytest.mark.parametrize("start", some_of(range(0, 300, 50)))
def test_every_advice_is_priced_as_what_it_says(start: int) -> None:
    for seed in range(start, start + up_to(50, DEAREST)):
        found = _assessed(seed)
        if found.prerequisite or found.advice is None:
            continue
        money = money_of(found)
        meanwhile = ways_meanwhile(found)
        meant = _meant(found)
        if meanwhile:
            assert set(meanwhile) == {meant}
        if money and found.verdict in PROMPTED:
            assert money.advised == meant, found.headline


def _assessed(seed: int, more: dict[str, str] | None = None) -> Assessment:
    case = drawn(Random(seed))  # noqa: S311 - a seed, no secret
    codes = {q: x for q, x in case.answers.items() if q in FRAMEWORK.question_by_id}
    inputs = Inputs(
        codes=codes | (more or {}), levels=case.levels, numbers=NUMBERS | SMALLER
    )
    return assess_on(FRAMEWORK, inputs, DAY)


def _meant(found: Assessment) -> str | None:
    """Return what the words mean, as a reader takes them."""
    assert found.advice
    way = PROMPTED.get(found.context_layer)
    says = found.advice.step.says
    if way == "few_shot":
        is_lead = "choose better ones for each input" in found.lead
        looked_up = says.startswith("look up the most similar") or (
            is_lead and "10 to 20" not in says
        )
        return "few_shot_retrieved" if looked_up else way
    moves = way == "prompt" and says == "move to the smaller hosted model that passed"
    return "prompt_smaller" if moves else way


@pytest.mark.parametrize("examples", ["clicks", "unlabelled_logs"])
def test_cases_that_nobody_checked_are_reviewed_before_they_are_shown(
    examples: str,
) -> None:
    unreviewed = letters(scored("prompt", 26), answers={"examples": examples})

    assert unreviewed.verdict == "few_shot"
    assert "have an expert review 10 to 20 of the cases that nobody checked" in (
        unreviewed.headline
    )
    assert unreviewed.advice
    assert unreviewed.advice.ways == ("few_shot",)


def test_way_that_serves_meanwhile_is_known_with_its_price_alone() -> None:
    inputs = Inputs(codes=codes_of(ANSWERS["distil"]), levels=LEVELS)
    unpriced = assess_on(current(), inputs, DAY)
    assert (unpriced.verdict, unpriced.costs) == ("distil", None)

    assert serving(unpriced) is None
    assert serving(assessed(ANSWERS["distil"])) == "few_shot"
    assert serving(assessed(ANSWERS["rag"])) is None
