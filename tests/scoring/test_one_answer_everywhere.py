"""What two places tell, both tell alike: reasons, checks, what serves meanwhile."""

from dataclasses import replace
from datetime import date
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.answering.meanings import meanings
from audits.frameworks.loading.loader import current
from audits.reports.appendix.trace_rows import trace_rows
from audits.results.first_action import first_action
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.cards import cards_of
from audits.scoring.explaining.advice_rows import (
    advised_rows,
    approval,
    approval_in_full,
    asked,
)
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.summary.why import deciding_conditions
from audits.wizard.open_points import open_points
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

FRAMEWORK = current()
DAY = date(2026, 11, 24)
# A job that costs too much and is too slow: both are reasons, one is measured.
SLOW: dict[str, Any] = TRAINING_CASE | {
    "goal": ["cost_latency"],
    "state": "none",
    "eval": "production",
    "quality_gap": "met",
    "volume": "gt_10m",
    "unit_economics": "too_high",
    "smaller_model": "fails",
    "latency": "tight",
    "latency_evidence": "missed",
    "teacher_rights": "cleared",
}
SLOW_LEVELS: dict[str, Any] = TRAINING_LEVELS | {
    "unit_economics": "measured",
    "latency_evidence": "measured",
}


def assessed(
    answers: dict[str, Any] = SLOW, levels: dict[str, Any] = SLOW_LEVELS
) -> Assessment:
    codes = read(FRAMEWORK, answers)
    return assess_on(FRAMEWORK, Inputs(codes=codes, levels=levels), DAY)


def test_reason_that_is_only_possible_is_told_so_in_every_place() -> None:
    found = assessed()
    assert "C2" in found.reasons_claimed
    number = len(found.reasons_claimed)
    counted = f"{len(found.reasons_measured)} hold, {number} possible"

    rows = {row.name: row for row in trace_rows(FRAMEWORK, found.trace)}
    literal = {each.id: each.words for each in found.literal.conditions}
    read_by_rules = {
        reading.answer
        for step in found.trace.verdict_rules
        for reading in step.read
        if reading.id == "reasons"
    }

    assert rows["Reason: Money"].result == "Possible"
    assert not rows["Reason: Money"].has_fired
    assert literal["volume"] == "Possible, not measured"
    assert read_by_rules == {counted}


def test_rule_that_matched_says_what_it_did_not_need() -> None:
    [fired] = [s for s in assessed().trace.verdict_rules if s.outcome == "fired"]

    assert fired.id == "distil_small"
    assert "A model to learn from" in fired.unanswered
    assert "A model to learn from" not in {reading.label for reading in fired.known}


# What gives training a price.
PRICED = {
    "requests": "100000",
    "prefix_tokens": "6000",
    "variable_tokens": "500",
    "output_tokens": "300",
}


def priced(levels: dict[str, Any]) -> Assessment:
    codes = read(FRAMEWORK, TRAINING_CASE)
    return assess_on(FRAMEWORK, Inputs(codes=codes, levels=levels, numbers=PRICED), DAY)


def test_training_is_approved_only_once_all_its_checks_are_shown() -> None:
    some = {"tried", "eval", "quality_gap"}
    levels = {q: x for q, x in TRAINING_LEVELS.items() if q in some}
    said, shown = priced(levels).advice, priced(TRAINING_LEVELS).advice
    assert said
    assert shown

    assert (said.standing, shown.standing) == ("not_shown", "approve")
    number = len(said.unproven_answers)
    assert said.unproven == number > 0
    assert approval(said) == (
        f"Do not approve yet: {number} checks are answered without evidence."
    )
    assert shown.unproven == 0
    done = "All checks for training pass: the board can approve it."
    assert approval(shown) == done
    assert approval_in_full(shown) == approval(shown)


def test_training_without_a_price_is_not_approved() -> None:
    unpriced = assessed(TRAINING_CASE, TRAINING_LEVELS)
    assert unpriced.advice

    assert unpriced.advice.standing == "no_price"
    said = "Do not approve yet: training has no price."
    assert approval(unpriced.advice) == approval_in_full(unpriced.advice) == said
    assert asked(FRAMEWORK, unpriced) == "Give training a price, then decide on it."


def test_paper_names_the_answers_that_checks_rest_on_without_evidence() -> None:
    known = dict.fromkeys(TRAINING_CASE, "documented")
    said = {"data_rights", "example_quality"}
    some = {question: known[question] for question in known.keys() - said}
    two, several = priced(some), priced({"quality_gap": "measured", **_TESTED})
    assert two.advice
    assert several.advice

    assert approval_in_full(two.advice) == (
        "Do not approve yet: these checks are answered without evidence: right to "
        "train; agreement of experts (A6); show them first."
    )
    hours = sum(FRAMEWORK.question_by_id[q].hours for q in said)
    assert two.advice.showing_hours == hours
    assert asked(FRAMEWORK, two) == (
        f"Agree to {hours} hours of work to show 2 answers, then decide on training."
    )
    assert ", once 2 answers are shown" in two.headline
    assert two.lead.endswith(
        "Some answers that training rests on still lack a link or file."
    )
    more = len(several.advice.unproven_answers) - 3
    assert more > 0
    assert f" and {more} more (A6); show them first." in approval_in_full(
        several.advice
    )


_TESTED = {"tried": "measured", "eval": "documented", "examples": "documented"}


def test_work_to_show_is_asked_for_and_not_the_training() -> None:
    levels = {q: x for q, x in TRAINING_LEVELS.items() if q != "data_rights"}
    waiting, approved = money_of(priced(levels)), money_of(priced(TRAINING_LEVELS))
    assert waiting
    assert approved

    assert (waiting.kind, waiting.recommended) == ("show", None)
    assert waiting.measuring
    assert waiting.measuring.hours == FRAMEWORK.question_by_id["data_rights"].hours
    assert waiting.asks.startswith("This asks for $")
    assert waiting.asks.endswith(" to show them. Training needs a second approval.")
    assert waiting.parts.startswith("The 12 months of training from now cost $")
    assert waiting.at_risk is None
    assert (approved.kind, approved.measuring) == ("train", None)


def test_training_waits_until_something_shows_what_is_wrong() -> None:
    levels = {q: x for q, x in TRAINING_LEVELS.items() if q != "goal"}
    found, shown = priced(levels), priced(TRAINING_LEVELS)
    assert found.advice
    assert shown.advice

    assert found.verdict == shown.verdict
    assert (found.advice.standing, shown.advice.standing) == ("not_shown", "approve")
    assert found.advice.unproven_answers == ("What is wrong",)
    assert found.advice.showing_hours == FRAMEWORK.question_by_id["goal"].hours
    assert approval_in_full(found.advice).startswith("Do not approve yet: ")
    assert "what is wrong" in approval_in_full(found.advice)


def test_approval_names_every_measurement_that_the_check_asks_to_prove() -> None:
    levels = {q: x for q, x in TRAINING_LEVELS.items() if q != "examples"}
    found = priced(levels)
    assert found.advice
    assert found.advice.standing == "not_shown"

    points = open_points(FRAMEWORK, found)

    asked = {each.label for each in points.unproven}
    assert asked == {"Good examples"}
    assert asked <= set(found.advice.unproven_answers)


def test_row_of_a_reason_names_the_measured_gap_that_carries_it() -> None:
    rows = deciding_conditions(FRAMEWORK, assessed(TRAINING_CASE, TRAINING_LEVELS))

    [skill] = [row for row in rows if row.condition == "Skill"]
    gap = "Untuned results miss the target by over 5 points"
    assert skill.found.startswith(gap)


def test_answer_that_is_only_said_is_not_called_open() -> None:
    levels = {q: x for q, x in TRAINING_LEVELS.items() if q != "example_quality"}
    found = assessed(TRAINING_CASE, levels)
    plan = {each.question: each for each in found.evidence_plan}
    cards = {card.id: card for card in cards_of(FRAMEWORK, found)}

    assert plan["example_quality"].because == (
        "This answer is only asserted. A measurement could change the verdict."
    )
    card = cards["example_quality"]
    assert card.because == plan["example_quality"].because
    assert {outcome.stays for outcome in card.outcomes} == {True, False}


def test_what_is_measured_first_is_not_listed_again() -> None:
    found = assessed(
        {
            "goal": ["task_skill"],
            "state": "planned",
            "tried": ["demo"],
            "eval": "anecdotal",
            "quality_gap": "large",
            "component": "generator",
            "task_shape": "narrow_stable",
            "examples": "thousands",
            "hosting": "cloud_ok",
            "volume": "100k_1m",
            "data_rights": "clear",
        },
        {},
    )
    assert found.measurements
    assert [each.id for each in found.measurements.experiments] == ["score_prompt"]

    assert {"tried", "eval", "quality_gap"}.isdisjoint(
        each.question for each in found.evidence_plan
    )
    assert asked(FRAMEWORK, found) == (
        f"Agree to {found.measurements.hours} hours of measurements, then decide."
    )


def test_what_serves_meanwhile_is_what_the_headline_names() -> None:
    found = assessed()
    first = first_action(FRAMEWORK, found)
    assert first
    [meanwhile] = [row.says for row in first.rest if row.label == "Meanwhile"]

    assert "Meanwhile you may use examples in the prompt" in found.headline
    assert meanwhile.startswith(
        "Until the trained model is as good, you may use examples in the prompt "
        "(even the quickest model was too slow). "
    )
    assert "examples in the prompt may serve only until the trained model" in found.lead


def test_live_model_serves_until_the_new_one_is_better() -> None:
    means = meanings(FRAMEWORK, {"state": "live_tuned"})
    found = replace(assessed(), means=means)

    rows = {row.label: row.says for row in advised_rows(FRAMEWORK, found)}

    assert rows["Meanwhile"] == "Keep the live model"
