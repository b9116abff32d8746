"""What a kept candidate costs by its results is said, where the plan says less."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.decision_words import decision_words
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.if_nothing import is_advised
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


def assessed(*rows: ScoredCandidate, verdict: str = "", **more: str) -> Assessment:
    codes = ANSWERS["prompt_long_context"] if not verdict else TRAINING_CASE
    given = Inputs(
        codes=read(current(), codes),
        levels=TRAINING_LEVELS if verdict else LEVELS,
        numbers=NUMBERS | more,
        candidates=Candidates(rows=rows, target=Decimal("0.9")),
    )
    return assess_on(current(), given, date(2026, 11, 29))


def said_of(found: Assessment) -> str:
    return decision_words(current(), found, money_of(found))


def test_kept_model_that_costs_more_asks_for_more_than_the_plan() -> None:
    found = assessed(CURRENT, TOP)
    assert found.advice
    assert found.advice.step.id == "keep"
    said = said_of(found)

    assert "nothing beyond the current plan" not in said
    assert (
        "“top model prompt (Stronger model)” costs $448 a month at $0.009522 a call by "
        "its results file; the plan says $"
    ) in said
    assert " more over 12 months than the current plan: $" in said


def test_plan_of_another_model_is_not_what_is_advised() -> None:
    for rows, is_so in (
        ((CURRENT, TOP), False),
        ((replace(CURRENT, passed=145),), True),
    ):
        found = assessed(*rows)
        assert is_advised(current(), found, "planned") is is_so


def test_kept_model_that_costs_less_says_so_beside_the_plan() -> None:
    said = said_of(assessed(CURRENT, replace(TOP, cost=Decimal("0.001"))))

    assert "This asks for nothing beyond the current plan: $" in said
    assert "$47 a month at $0.001 a call by its results file; the plan says $" in said


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
    found = assessed(*rows, verdict="fine_tune")
    assert found.trained_layer

    said = said_of(found)

    told = "costs $447 a month at $0.0095 a call by its results file; the plan says $"
    assert (told in said) is is_said


def test_typed_cost_is_said_to_be_typed() -> None:
    typed = replace(
        *(TOP,),
        sha256="",
        day=date(2026, 11, 25),
        run_by="me",
        link="https://example.com/",
    )

    assert "at $0.009522 a call as typed; the plan says $" in said_of(
        assessed(CURRENT, typed)
    )
