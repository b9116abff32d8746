"""What a kept candidate costs by its results is said, where the plan says less."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_again, assess_on
from audits.scoring.decision_words import decision_words
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.if_nothing import if_nothing, is_advised
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

NUMBERS = {
    "requests": "47000",
    "prefix_tokens": "2000",
    "variable_tokens": "300",
    "output_tokens": "300",
    "model": "gpt-6.2-sol",
    "today": "prompt",
}
CURRENT = ScoredCandidate(
    id="c1",
    kind="prompt",
    cases=150,
    passed=100,
    cost=Decimal("0.0040"),
    sha256="e" * 64,
)
TOP = ScoredCandidate(
    id="c2",
    kind="stronger",
    model="top model prompt",
    cases=150,
    passed=143,
    cost=Decimal("0.009521747"),
    sha256="f" * 64,
)
# Training of which no cheaper way is left to test.
EVERY_WAY = TRAINING_CASE | {"tried": [*TRAINING_CASE["tried"], "optimised", "split"]}


def assessed(*rows: ScoredCandidate, verdict: str = "", **more: str) -> Assessment:
    codes = ANSWERS["prompt_long_context"] if not verdict else EVERY_WAY
    given = Inputs(
        codes=read(current(), codes),
        levels=TRAINING_LEVELS if verdict else LEVELS,
        numbers=NUMBERS | more,
        candidates=Candidates(rows=rows, target=Decimal("0.9")),
    )
    return assess_on(current(), given, date(2026, 11, 29))


def said_of(found: Assessment) -> str:
    money = money_of(found)
    return f"{decision_words(current(), found, money)} {money.parts if money else ''}"


def test_kept_model_that_costs_more_asks_for_more_than_the_plan() -> None:
    found = assessed(CURRENT, TOP)
    assert found.advice
    assert found.advice.step.id == "keep"
    said = said_of(found)

    assert "nothing beyond the current plan" not in said
    # 12 × ($448 + $750) is asked for; the plan is 12 × ($205 + $750).
    assert "This asks for $14,376 ($" in said
    assert " advice costs $2,916 more than the current plan; " in said
    assert said.endswith(
        "“top model prompt (Stronger model)” is priced at $0.009522 a call by its "
        "results file; the plan’s model costs $0.004366."
    )


def test_every_sum_of_a_kept_model_has_the_price_of_its_results() -> None:
    found = assessed(CURRENT, TOP)
    money = money_of(found)
    assert found.costs
    assert money
    assert money.today
    chosen, price = money.chosen, found.costs.plan.of("prompt_tested").price
    assert price

    assert (money.today.technique, chosen.technique) == ("prompt", "prompt_tested")
    assert [money.today.year.expected, chosen.year.expected] == [11460, 14376]
    assert {x.running for x in chosen.calendar.months} == {Decimal(1198)}
    assert chosen.calendar.one_offs == money.today.calendar.one_offs == ()
    assert [money.at_risk, money.saving_year] == [11460, -2916]
    assert price.line.per_request == TOP.cost
    assert "“Prompt” goes on and costs $11,460" in if_nothing(current(), found, money)


def test_range_of_a_price_by_results_is_that_of_the_bill() -> None:
    found = assessed(CURRENT, TOP)
    assert found.costs
    plain, tested = (
        found.costs.plan.of(way).price for way in ("prompt", "prompt_tested")
    )
    assert plain
    assert tested

    more_calls = assessed(CURRENT, TOP, requests="94000").costs
    assert more_calls
    twice = more_calls.plan.of("prompt_tested").price
    assert twice
    bills = [x.month.expected - 750 for x in (plain, tested, twice)]
    calls = Decimal("0.00436560"), Decimal("0.009521747")
    assert bills == [47000 * calls[0], 47000 * calls[1], 94000 * calls[1]]
    shares = [
        (x.month.high - x.month.low) / (x.month.expected - 750) for x in (plain, tested)
    ]
    assert shares[1] > 0
    assert shares[1] < shares[0]  # the people's range is the same in both


def test_assessment_keeps_what_is_priced_by_results_through_its_document() -> None:
    found = assessed(CURRENT, TOP)
    assert found.costs
    assert found.costs.by_results

    again = document.load_text(json.dumps(document.dump(found)))

    assert again == found
    assert assess_again(current(), again).costs == found.costs


def test_another_candidate_than_the_plans_has_its_own_row() -> None:
    cheaper = assessed(replace(CURRENT, passed=145, cost=Decimal("0.001")))
    other = assessed(CURRENT, replace(TOP, kind="optimised", model=""))
    planned = assessed(CURRENT, replace(TOP, kind="optimised", model=""), today="rag")
    said = [each.costs and each.costs.by_results for each in (cheaper, other, planned)]

    # What runs today costs what people pay for it, whatever a test cost.
    assert said[0] is None
    assert said[1]
    assert (said[1].technique, said[1].is_other) == ("prompt_tested", False)
    assert said[2]
    assert said[2].technique == "prompt"


def test_plan_of_another_model_is_not_what_is_advised() -> None:
    for rows, is_so in (
        ((CURRENT, TOP), False),
        ((replace(CURRENT, passed=145),), True),
    ):
        found = assessed(*rows)
        assert is_advised(current(), found, "planned") is is_so


def test_kept_model_that_costs_less_asks_for_less_than_the_plan() -> None:
    said = said_of(assessed(CURRENT, replace(TOP, cost=Decimal("0.001"))))

    assert "This asks for $9,564 ($" in said
    assert " advice costs $1,896 less than the current plan; " in said
    assert "is priced at $0.001 a call by its results file; the plan’s model" in said


def test_kept_model_at_the_price_of_the_plan_needs_no_more_words() -> None:
    money = money_of(assessed(CURRENT, TOP))
    assert money
    assert money.by_results
    planned = money.by_results.planned_call

    said = said_of(assessed(CURRENT, replace(TOP, cost=planned * Decimal("1.05"))))

    assert "This asks for nothing beyond the current plan: $" in said
    assert "results file" not in said


def test_stronger_model_without_a_cost_has_no_known_price() -> None:
    said = said_of(assessed(CURRENT, replace(TOP, cost=None)))

    assert "nothing beyond the current plan" not in said
    assert (
        "What “top model prompt (Stronger model)” costs is not known: its results name "
        "no cost of a call, and the plan’s $"
    ) in said


def test_current_prompt_without_a_cost_costs_what_the_plan_says() -> None:
    kept = replace(CURRENT, passed=140, cost=None)

    assert "This asks for nothing beyond the current plan: $" in said_of(assessed(kept))


@pytest.mark.parametrize(
    ("cost", "is_said"), [(Decimal("0.0095"), True), (None, False)]
)
def test_what_serves_until_a_model_is_trained_says_its_own_price(
    cost: Decimal | None, *, is_said: bool
) -> None:
    rows = CURRENT, replace(TOP, passed=110, cost=cost)
    found, plain = (assessed(*x, verdict="fine_tune") for x in (rows, rows[:1]))
    assert found.trained_layer

    said, money, before = said_of(found), money_of(found), money_of(plain)

    assert ("is priced at $0.0095 a call by its results file" in said) is is_said
    assert (
        "; what “top model prompt (Stronger model)” costs is not" in said
    ) is not is_said
    assert ("$1,197 a month for “Prompt, as tested” until" in said) is is_said
    assert money
    assert before
    # 3 months of $1,197 in the place of $955.
    more = money.chosen.year.expected - before.chosen.year.expected
    assert more == (726 if is_said else 0)
    if is_said:
        assert money.if_it_fails == ("prompt_tested", Decimal(19078 + 12 * 1197))


def test_typed_cost_is_said_to_be_typed() -> None:
    typed = replace(
        *(TOP,),
        sha256="",
        day=date(2026, 11, 25),
        run_by="me",
        link="https://example.com/",
    )

    assert "priced at $0.009522 a call as typed; the plan’s model costs $" in said_of(
        assessed(CURRENT, typed)
    )
