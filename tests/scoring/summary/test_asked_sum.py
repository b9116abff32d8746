"""The sum that is asked for says which steps it contains, and what the others cost."""

import re
from dataclasses import replace
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.cases.more_cases import MORE_CASES
from audits.scoring.cards.target import SET_TARGET
from audits.scoring.cards.tests_of_results import ADVISED_TEST
from audits.scoring.deciding.candidates import CandidateKind
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.summary.first_steps import within
from audits.scoring.summary.head import head_beside, head_of
from audits.scoring.summary.plan import plan_of
from audits.scoring.sums.asked.confirming import asked_now
from audits.scoring.told.result.asked_sum import asked_sum, beside_sum
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.letters import DAY, FRAMEWORK, NUMBERS, letters, scored
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import CALLS

NOTHING_RUNS = {name: said for name, said in NUMBERS.items() if name != "today"}


def found_with(*rows: ScoredCandidate) -> Assessment:
    return letters(*rows, numbers=NOTHING_RUNS)


def card_of(found: Assessment, card_id: str) -> Card:
    return next(card for card in cards_of(FRAMEWORK, found) if card.id == card_id)


# Examples that were tested are there: the sum has none, nor the larger test.
@pytest.mark.parametrize(("kind", "inside"), [("prompt", {2}), ("examples", set())])
def test_steps_inside_the_sum_and_beside_it_are_named(
    kind: CandidateKind, inside: set[int]
) -> None:
    found = found_with(scored("prompt", 26, 40), replace(scored(kind, 33), id="c2"))
    money, cards = money_of(found), plan_of(FRAMEWORK, found).first

    said = asked_sum(FRAMEWORK, found, money, cards)

    assert said.startswith(asked_now(FRAMEWORK, found, money))
    assert cards[1].id == ADVISED_TEST
    assert len(cards) == 4
    assert money
    assert (f"The ${money.one_off:,.0f} includes step 2 ($" in said) is bool(inside)
    own = [card for number, card in enumerate(cards, 1) if number not in inside]
    which = "steps 1, 3 and 4" if inside else "steps 1 to 4"
    amount = sum(card.cost.amount.expected for card in own if card.cost.amount)
    year = money.chosen.year.expected
    own_work = f"the team’s own work on {which}, ${amount:,.0f}"
    both = f"Not included: {own_work} (${year + amount:,.0f} over 12 months with it)."
    if inside:
        both = (
            f", not the other steps: ${amount:,.0f} more, ${year + amount:,.0f} in all."
        )
    assert both in said


def test_what_measures_first_is_all_that_the_sum_pays_for() -> None:
    found = assessed(ANSWERS["gather_evidence"], today="fine_tune_own")
    money, cards = money_of(found), plan_of(FRAMEWORK, found).first
    assert money
    assert money.kind == "gather"

    said = asked_sum(FRAMEWORK, found, money, cards)

    assert re.search(r" The (\$[\d,]+|sum asked for) pays for steps? \d", said)
    assert "includes step" not in said


def test_steps_beside_a_way_that_is_there_are_not_in_its_sum() -> None:
    found = found_with(scored("prompt", 76, 80))
    money, cards = money_of(found), plan_of(FRAMEWORK, found).first

    said = asked_sum(FRAMEWORK, found, money, cards)
    made = "; its test made what will run and the cases, so no part of the set-up is "
    assert f"{made}left to pay unless something still has to be built." in said
    assert f"Not included: the team’s own work on step 1, {cards[0].price}." in said


# The step that writes the prompt makes what the sum sets up, and the others find out.
def test_step_that_writes_what_is_advised_is_in_its_set_up() -> None:
    answers: dict[str, Any] = {"tried": ["nothing"], "eval": "none"}
    answers["component"] = "classifier"
    answers |= dict.fromkeys(("quality_gap", "examples"), "unknown")
    answers["goal"] = ["consistency", "task_skill"]
    found = letters(answers=answers, numbers=NOTHING_RUNS)
    money, cards = money_of(found), plan_of(FRAMEWORK, found).first
    assert money
    assert money.chosen.technique == "prompt"
    number, made = next((n, x) for n, x in enumerate(cards, 1) if x.id == "tried")
    assert made.cost.amount

    said = asked_sum(FRAMEWORK, found, money, cards)

    part = f"${money.one_off:,.0f} includes step {number}"
    assert f"The {part} (${made.cost.amount.expected:,.0f}), not the other" in said
    assert within(money, made) == f"part of the ${money.one_off:,.0f} up front"
    rag = replace(money.chosen, technique="rag")
    others = (row for row in money.rows if row != money.chosen)
    assert not within(replace(money, rows=(rag, *others)), made)


def test_nothing_is_said_beside_no_sum() -> None:
    running = letters(scored("prompt", 76, 80))
    cards = plan_of(FRAMEWORK, running).first

    assert not asked_sum(FRAMEWORK, running, money_of(running), cards)
    assert not asked_sum(FRAMEWORK, running, None, cards)


def test_sum_that_shows_answers_has_nothing_beside_it() -> None:
    levels = {q: x for q, x in TRAINING_LEVELS.items() if q != "examples"}
    given = Inputs(codes=read(FRAMEWORK, TRAINING_CASE), levels=levels, numbers=CALLS)
    found = assess_on(FRAMEWORK, given, DAY)
    money, cards = money_of(found), plan_of(FRAMEWORK, found).first
    assert money
    assert money.kind == "show"
    assert cards

    said = asked_sum(FRAMEWORK, found, money, cards)

    assert said
    assert said == asked_now(FRAMEWORK, found, money)


def test_more_cases_say_what_a_case_takes() -> None:
    found = found_with(
        scored("prompt", 26, 40), replace(scored("examples", 33), id="c2")
    )
    card = card_of(found, MORE_CASES)

    assert card.covers.startswith("at 7 minutes a case to find")
    assert card.work == f"{card.hours} hours, {card.price}"
    assert card.price.startswith("$")


@pytest.mark.parametrize(
    ("cases", "sample"),
    [
        (0, "200 cases, so that 5 points show"),
        (80, "120 more cases beside the 80 there: 200 cases, so that 5 points show"),
        (199, "1 more case beside the 199 there: 200 cases, so that 5 points show"),
        (200, "The same 200 cases"),
    ],
)
def test_cases_that_are_there_are_taken(cases: int, sample: str) -> None:
    rows = (scored("retrieval", cases // 2, cases),) if cases else ()
    found = letters(
        *rows, numbers=NOTHING_RUNS, target=None, answers={"quality_gap": "unknown"}
    )

    card = card_of(found, "quality_gap")
    assert card.sample == sample
    assert card.covers == "without collecting cases"


def test_every_step_is_in_the_sum_of_what_the_steps_come_to() -> None:
    found = letters(
        answers={
            "state": "planned",
            "eval": "small_set",
            "quality_gap": "large",
            "examples": "hundreds",
        }
    )
    money, plan = money_of(found), plan_of(FRAMEWORK, found)
    assert money is not None

    said = asked_sum(FRAMEWORK, found, money, plan.first)

    decision, first, *own = plan.first  # to decide takes no work
    assert len(own) > 3
    amounts = [card.cost.amount.expected for card in own if card.cost.amount]
    assert (decision.id, first.id) == (SET_TARGET, ADVISED_TEST)
    test = first.cost.amount
    assert test
    assert test.expected < money.one_off
    part = f"includes step 2 (${test.expected:,.0f}), not the other steps"
    year = money.chosen.year.expected
    both = f"${sum(amounts):,.0f} more, ${year + sum(amounts):,.0f} in all."
    assert said.endswith(f"The ${money.one_off:,.0f} {part}: {both}")
    hours = sum(card.hours for card in plan.first)
    assert f"{len(plan.first)} steps take {hours} hours, $" in plan.takes
    assert replace(plan, first=plan.first[:1]).takes == ""


def test_other_steps_are_not_in_the_sum_nor_the_work_of_a_test_set() -> None:
    found = found_with(scored("prompt", 26, 40), scored("prompt", 33))
    money, plan = money_of(found), plan_of(FRAMEWORK, found)
    assert money is not None
    card = replace(plan.first[0], id="eval", comes_first=False)

    said = beside_sum(replace(plan, others=(card,)), money)
    tested = replace(plan, others=(replace(card, id=ADVISED_TEST),))

    assert said.startswith("The sum asked for pays for none of these hours. Its “Get")
    assert beside_sum(replace(plan, others=()), money) == ""
    assert beside_sum(plan, None) == ""
    assert beside_sum(tested, money) == ""


def test_what_failed_is_not_asked_for_as_there_and_the_test_is_counted_once() -> None:
    found = letters(
        scored("retrieval", 38, 50),
        answers={"goal": ["knowledge"], "tried": ["documents"]},
        numbers=NOTHING_RUNS,
    )
    money, plan = money_of(found, "planned"), plan_of(FRAMEWORK, found)
    assert money
    [test] = plan.first
    assert not money.one_off
    assert test.id == ADVISED_TEST

    said = asked_sum(FRAMEWORK, found, money, plan.first)

    year = money.chosen.year.expected
    assert said == (
        f"Running “Retrieval” costs ${year:,} over 12 months. Making and testing what "
        f"is advised costs $4,000 before that, ${year + 4000:,} in all: go on only if "
        "90 of 100 cases pass."
    )
    # The headline names both sums, too: a board reads one of them on page 1.
    head = head_beside(FRAMEWORK, found, money)
    assert (
        f" costs ${year:,} over 12 months, ${year + 4000:,} with its test" in head.sums
    )
    assert replace(head, sums="") == replace(head_of(found.lead, money), sums="")
    # How many of its cases settle it is said before anybody tests them.
    assert test.passes.endswith("45 of 50")
    assert test.settles == "45 to 49 may be chance, 50 is not"
    # And where all of them cannot, how many can, at the price of their hours.
    assert test.cost.amount is not None
    hour = round(test.cost.amount.expected / test.hours)
    few = replace(test, cases=30, sample="The first 30 cases", name="Test it")
    assert few.settles == (
        f"27 to 30 may be chance; 35 of 35 is not, for 1 hour (${hour}) more"
    )
