"""What a counted result scored is there, so nothing is asked to set it up again."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.models import Cover
from audits.reports.page_one import page_one
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_again, assess_on, given_to
from audits.scoring.board.follow_ups import Situation, asked_by
from audits.scoring.board.limits.built_already import built_already
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.decision_words import Asking
from audits.scoring.money.of_assessment import money_of
from audits.scoring.scored.candidates import ScoredCandidate, ScoredKind
from audits.scoring.sums.asked.confirming import asked_now, decision_said
from audits.scoring.sums.decision_rows import decision_row
from audits.scoring.sums.money_sums import Decided
from audits.scoring.sums.year_parts import is_built
from tests.scoring.letters import DAY, FRAMEWORK, NUMBERS, letters, scored

NOTHING_RUNS = {name: said for name, said in NUMBERS.items() if name != "today"}


def once_of(found: Assessment, way: PricedTechnique) -> Decimal:
    assert found.costs
    price = found.costs.plan.of(way).price
    assert price
    return price.calendar.as_printed.at_start


def replace_plan(found: Assessment, today: PricedTechnique) -> Assessment:
    """Assess the same again with a current plan."""
    given, on = given_to(found)
    numbers = {**given.numbers, "today": today}
    return assess_on(FRAMEWORK, replace(given, numbers=numbers), on)


def found_with(*rows: ScoredCandidate) -> Assessment:
    return letters(*rows, numbers=NOTHING_RUNS)


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("prompt", "prompt"),
        ("documents", "prompt"),
        ("updated", "prompt"),
        ("optimised", "prompt"),
        ("examples", "few_shot"),
        ("retrieval", "rag"),
        ("hybrid", "rag"),
    ],
)
def test_a_tested_way_costs_nothing_to_set_up(
    kind: ScoredKind, way: PricedTechnique
) -> None:
    found = found_with(scored(kind, 76, 80))

    assert once_of(found, way) == 0
    others: tuple[PricedTechnique, ...] = ("prompt", "few_shot", "rag")
    assert all(once_of(found, other) > 0 for other in others if other != way)


def test_a_result_that_does_not_count_shows_nothing() -> None:
    typed = replace(scored("prompt", 76, 80), sha256="")
    few = scored("prompt", 19, 20)
    gone = replace(scored("prompt", 76, 80), is_removed=True)

    for row in (typed, few, gone):
        assert once_of(found_with(row), "prompt") > 0


def test_a_typed_result_that_counts_does_as_well() -> None:
    typed = replace(
        scored("prompt", 76, 80), sha256="", link="https://example.org/run", day=DAY
    )

    assert once_of(found_with(typed), "prompt") == 0


def test_a_prompt_that_meets_the_target_is_not_asked_for_again() -> None:
    found = found_with(scored("prompt", 76, 80))
    money = money_of(found)

    assert money
    assert not money.one_off
    assert money.chosen.year.expected == 12 * money.chosen.month.expected
    assert "up front" not in decision_said(FRAMEWORK, found, money)
    asks = asked_now(FRAMEWORK, found, money)
    assert asks.startswith("$10,512")
    assert "12 months for “Prompt”" in asks
    assert "so no part of the set-up is left to pay" in asks
    assert "“Prompt” was tested, so it is there" in money.note
    assert assess_again(FRAMEWORK, found).costs == found.costs


def test_a_search_that_was_only_tested_says_which_set_up_is_in_no_amount() -> None:
    found = letters(
        scored("retrieval", 76, 80),
        answers={"goal": ["knowledge"], "tried": ["documents"]},
        numbers=NOTHING_RUNS,
    )
    planned, running = money_of(found, "planned"), money_of(found, "running")

    assert planned
    assert running
    assert planned.chosen.technique == "rag"
    # Ten days at $800.
    set_up = (
        "about $8,000 to build and test retrieval, and make the documents searchable"
    )
    assert planned.only_tested == set_up
    assert f"if something else is to run, it comes on top: {set_up}." in planned.note
    # Page 1 says so where the sum stands.
    assert built_already(planned) == (
        "Not in the sum: building “Retrieval”, which its test has built already (about "
        "$8,000 if it must be built again)."
    )
    assert is_built(planned.chosen)
    assert built_already(running) == built_already(None) == ""
    # So does a page that asks for nothing any more, and each says it once.
    askings: tuple[Asking, ...] = ("told", "decided", "asked")
    for asking in askings:
        page = page_one(FRAMEWORK, found, Cover(), "Letters", planned, asking=asking)
        assert page.terms.count(built_already(planned).removesuffix(".")) == 1, asking
    asks = asked_now(FRAMEWORK, found, planned)
    assert asks.startswith("$")
    not_in = "On top only if something other than the tested system is to run"
    assert f"{not_in}: {set_up}." in asks
    assert running.only_tested == ""
    assert "“Retrieval” was tested, so it is there" in running.note
    # Beside another plan that runs, it is as little proved.
    beside = money_of(replace_plan(found, "prompt"), "running")
    assert beside
    assert beside.only_tested == set_up
    # The test of a prompt has made its words.
    prompt = money_of(found_with(scored("prompt", 76, 80)), "planned")
    assert prompt
    assert "“Prompt” was tested, so it is there" in prompt.note


def test_an_offer_is_compared_with_the_same_sum() -> None:
    found = found_with(scored("prompt", 76, 80))
    running = letters(scored("prompt", 76, 80), numbers=NUMBERS)

    assert found.proposal
    assert running.proposal
    assert found.proposal.recommended
    assert found.proposal.recommended.once == 0
    assert running.proposal.recommended
    assert found.proposal.recommended.year == running.proposal.recommended.year


def test_a_tested_tuned_model_may_have_been_a_trial() -> None:
    found = found_with(scored("tuned", 76, 80))

    assert once_of(found, "fine_tune_own") > 0


def test_what_a_test_built_is_put_into_use_and_not_set_up_again() -> None:
    def step_of(found: Assessment) -> str:
        money = money_of(found, "planned")
        row = decision_row(Decided(name="A", family=found.family, money=money))
        asked = Situation(
            family=found.family,
            stage="planned",
            sets_up=row.sets_up,
            is_built=row.is_built,
        )
        return next(each.name for each in asked_by(asked) if each.kind == "setup")

    built = letters(
        scored("retrieval", 76, 80),
        answers={"goal": ["knowledge"], "tried": ["documents"]},
        numbers=NOTHING_RUNS,
    )
    untested = letters(numbers=NOTHING_RUNS)

    assert step_of(built) == "Put “Retrieval” into use"
    assert step_of(untested).startswith("Set up “")
