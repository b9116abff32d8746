"""What a step promises comes true when its results are entered, and so it stays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on, decide_on
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.cases.reruns import RERUN_CASES
from audits.scoring.cards.closing import card_of_check
from audits.scoring.cards.outcome_rows import outcome_rows
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.what_if.changes import changed, changes_of

ON = date(2026, 12, 1)
# A pilot with a large model passes and is too dear; only its own people say so.
INVOICES: dict[str, Any] = {
    "goal": ("cost_latency",),
    "state": "planned",
    "tried": ("instructions", "examples"),
    "eval": "solid_set",
    "quality_gap": "met",
    "passed": "examples",
    "task_shape": "narrow_stable",
    "component": "extractor",
    "examples": "thousands",
    "trial": "none",
    "unit_economics": "too_high",
    "latency": "relaxed",
    "volume": "10k_100k",
    "smaller_model": "not_scored",
    "hosting": "region_bound",
    "teacher": "passes",
    "mlops": (),
    "example_quality": "consistent",
}
TARGET = Candidates(target=Decimal("0.95"))
INPUTS = Inputs(
    codes=INVOICES, levels=dict.fromkeys(INVOICES, "asserted"), candidates=TARGET
)
PROMPT = ScoredCandidate(id="c1", kind="prompt", cases=200, passed=178, sha256="a" * 64)
EXAMPLES = replace(PROMPT, id="c2", kind="examples")
SMALLER = replace(PROMPT, id="c3", kind="smaller")


def results(*rows: ScoredCandidate) -> Inputs:
    return replace(INPUTS, candidates=replace(TARGET, rows=rows))


def step(inputs: Inputs, name: str) -> Card:
    found = cards_of(current(), assess_on(current(), inputs, ON), inputs)
    return next(card for card in found if card.id == name)


def verdict_of(inputs: Inputs) -> str:
    return decide_on(current(), inputs, ON).verdict


def test_results_that_are_entered_lead_where_their_step_says() -> None:
    card = step(INPUTS, "show_results")
    led = {x: each.verdict for each in card.outcomes for x in each.results}

    for passed, result in ((194, "No gap"), (189, "Small"), (150, "Large")):
        uploaded = results(PROMPT, replace(EXAMPLES, passed=passed))
        assert verdict_of(uploaded) == led[result], result
    [row] = outcome_rows(card)
    assert (row.results, row.verdict) == ("Any result", "train_small_part")
    # The file has 200 cases; whether they run again, it does not say.
    assert card.besides == (("Test set", "30 or more cases"),)
    assert card.how.endswith("not that they run again after every change.")
    small = replace(INPUTS, codes=INVOICES | {"eval": "small_set"})
    assert step(small, "show_results").besides == ()


def test_one_result_leads_to_one_verdict_on_every_page() -> None:
    found = assess_on(current(), INPUTS, ON)
    [flip] = (x for x in found.flips if x.changes[0].question == "smaller_model")

    assert (flip.changes[0].option, flip.verdict) == ("fails", "gather_evidence")
    assert verdict_of(results(replace(SMALLER, passed=100))) == flip.verdict
    assert verdict_of(results(replace(SMALLER, passed=196))) == found.verdict
    worse, same = step(INPUTS, "smaller_model").outcomes
    assert (worse.verdict, same.stays) == (flip.verdict, True)


def test_each_answer_that_is_looked_up_leads_where_its_step_says() -> None:
    card, question = step(INPUTS, "examples"), current().question_by_id["examples"]
    options = {each.name: each.id for each in question.options}
    led = {options[x]: each.verdict for each in card.outcomes for x in each.results}

    assert {*led} >= {"few", "hundreds", "thousands"}
    for option, verdict in led.items():
        given = replace(
            INPUTS,
            codes=INVOICES | {"examples": option},
            levels={**INPUTS.levels, "examples": "measured"},
        )
        assert verdict_of(given) == verdict, option


def test_one_test_is_one_step_and_answers_what_it_tests() -> None:
    uploaded = results(PROMPT, replace(EXAMPLES, passed=194))
    found = assess_on(current(), uploaded, ON)
    cards = cards_of(current(), found, uploaded)

    [card] = (card for card in cards if card.kinds == ("smaller",))
    assert card.name == "Test a smaller hosted model on the same 200 cases"
    assert [each.id for each in card.answers] == ["smaller_model"]


def test_step_of_the_test_set_shows_no_price() -> None:
    uploaded = results(PROMPT, replace(EXAMPLES, passed=194))
    found = assess_on(current(), uploaded, ON)
    cards = cards_of(current(), found, uploaded)

    assert found.advice
    assert "price" in {each.id for each in found.advice.subject_to}
    assert card_of_check(current(), found, "price", cards) is None
    # Nobody waits for cases that run again: no check of this approval asks for them.
    assert RERUN_CASES not in {each.id for each in cards}


def test_test_on_the_same_cases_has_a_row_for_each() -> None:
    assert step(INPUTS, "smaller_model").cases == 200
    small = replace(INPUTS, codes=INVOICES | {"eval": "small_set"})
    assert step(small, "smaller_model").cases == 30


def test_answer_that_only_has_to_be_shown_says_so() -> None:
    found = assess_on(current(), INPUTS, ON)
    said = {
        x.then for flip in found.flips for x in flip.changes if x.question == "eval"
    }

    assert said == {"30 or more cases", "200 or more cases (as now, but shown)"}


def test_scenario_of_a_change_leads_where_it_says() -> None:
    found = assess_on(current(), INPUTS, ON)
    alone = [flip for flip in found.flips if not flip.depends_on]

    assert len(alone) > 20
    for flip in alone:
        then = changed(INPUTS, changes_of(current(), found, flip))
        assert verdict_of(then) == flip.verdict, flip.sentence
