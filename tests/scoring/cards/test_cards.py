"""Cards of the evidence plan say what to run, and what each outcome would mean."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.answering import answers
from audits.frameworks.loading.loader import current, published
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.tests_of_results import IDS
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import (
    NO_CANDIDATES,
    Candidates,
    ScoredCandidate,
)
from tests.examples import some_of
from tests.scoring.money.test_measuring_money import UNTESTED
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import CALLS

DAY = date(2026, 11, 24)
# Tested, and far below the target; half of what else matters is not known.
TESTED: dict[str, Any] = {
    "goal": ["task_skill"],
    "state": "planned",
    "tried": ["instructions"],
    "eval": "small_set",
    "quality_gap": "large",
    "component": "generator",
}
# What is wrong is not known, nor whether it can be trained away.
BOTH: dict[str, Any] = {
    "state": "planned",
    "component": "classifier",
    "examples": "hundreds",
}
CASES: Mapping[str, dict[str, Any]] = {
    "tested": TESTED,
    "live": TESTED | {"state": "live_tuned", "tried": ["instructions", "examples"]},
    "ready": TRAINING_CASE,
    "ready, not all known": TRAINING_CASE
    | {"data_rights": "unknown", "example_quality": "unknown", "platform": "unknown"},
    "cost": TESTED
    | {"goal": ["cost_latency"], "volume": "gt_10m", "hosting": "device"},
    "format": TESTED | {"goal": ["format"], "format_need": "bespoke"},
}


def assessed(
    given: Mapping[str, Any],
    levels: Mapping[str, Any] = TRAINING_LEVELS,
    numbers: Mapping[str, str] | None = None,
    candidates: Candidates = NO_CANDIDATES,
) -> Assessment:
    inputs = Inputs(
        codes=answers.read(current(), given),
        levels={q: level for q, level in levels.items() if q in given},
        numbers=numbers or {},
        candidates=candidates,
    )
    return assess_on(current(), inputs, DAY)


def cards(given: Mapping[str, Any], **more: Any) -> dict[str, Card]:
    found = cards_of(current(), assessed(given, **more))
    return {card.id: card for card in found}


def test_steps_come_in_the_order_of_the_plan() -> None:
    assessment = assessed(UNTESTED)
    assert assessment.measurements

    found = cards_of(current(), assessment)

    first = [each.id for each in assessment.measurements.experiments]
    then = [each.question for each in assessment.evidence_plan]
    assert (len(first), len(then) > 0) == (1, True)
    assert [card.id for card in found] == first + then
    assert [card.comes_first for card in found] == [True, *[False] * len(then)]
    assert [card.hours for card in found[:1]] == [assessment.measurements.hours]


def test_card_of_a_measurement_says_all_that_it_takes() -> None:
    card = cards_of(current(), assessed(UNTESTED))[0]

    assert (card.id, card.kinds, card.cases) == (
        "score_prompt",
        ("prompt", "stronger"),
        30,
    )
    assert card.asks.endswith("reach your target with a written prompt, untuned?")
    assert (card.sample, card.pass_mark) == (
        "30 to 200 real cases",
        "Set the target first",
    )
    assert card.by_hand == ()


def test_card_of_a_measurement_tells_where_every_result_leads() -> None:
    card = cards_of(current(), assessed(UNTESTED))[0]

    assert [(x.results, x.verdict, x.stays) for x in card.outcomes] == [
        (
            ("Gap to the target: Small",),
            *("few_shot", False),
        ),
        (("Gap to the target: Large",), "fine_tune_after_mlops", False),
        (("Gap to the target: No gap",), "few_shot", False),
    ]
    assert [x.opens for x in card.outcomes] == [(), (), ("Which approach passes",)]


@pytest.mark.parametrize("given", [UNTESTED, UNTESTED | {"hosting": "device"}, BOTH])
def test_results_that_the_plan_names_are_among_those_of_the_card(given: Any) -> None:
    assessment = assessed(given)
    assert assessment.measurements

    card = cards_of(current(), assessment)[0]

    told = {result for each in card.outcomes for result in each.results}
    named = {each.sentence: each.verdict for each in assessment.measurements.outcomes}
    assert named.keys() <= told
    assert {x.verdict for x in card.outcomes if not x.opens} <= {*named.values()}


def test_answer_that_opens_a_question_names_no_verdict() -> None:
    assessment = assessed(TESTED | {"quality_gap": "unknown"})
    opening = {
        option: flip.depends_on
        for flip in assessment.flips
        for option in [flip.changes[0].then]
        if len(flip.changes) == 1 and flip.depends_on
    }
    assert opening

    told = {
        result: outcome.opens
        for card in cards_of(current(), assessment)
        for outcome in card.outcomes
        for result in outcome.results
    }

    found = {option: told[option] for option in opening if option in told}
    assert found
    assert found.items() <= opening.items()


def test_results_that_are_decided_otherwise_by_now_are_left_out() -> None:
    assessment = assessed(UNTESTED)
    assert assessment.measurements
    first, second = assessment.measurements.outcomes
    other = replace(second, verdict="rag", verdict_name="Retrieval")
    before = replace(
        assessment,
        measurements=replace(assessment.measurements, outcomes=(first, other)),
    )

    card = cards_of(current(), before)[0]

    assert [(x.results, x.verdict) for x in card.outcomes] == [
        ((each.sentence,), each.verdict) for each in (first, other)
    ]


def test_two_measurements_at_once_name_each_other() -> None:
    first, second = cards_of(current(), assessed(BOTH))[:2]

    assert (first.id, second.id) == ("count_faults", "score_prompt")
    assert (first.together, second.together) == ((second.name,), (first.name,))
    assert [x.id for x in first.by_hand] == ["goal"]
    assert first.outcomes == second.outcomes
    results = [result for outcome in first.outcomes for result in outcome.results]
    assert len(results) == 12
    assert "What is wrong: Facts; Gap to the target: Large" in results


def test_hours_are_priced_by_the_day_that_the_team_gave() -> None:
    priced = cards(UNTESTED, numbers=CALLS | {"engineer_day": "1000"})
    assumed = cards(UNTESTED, numbers=CALLS)
    unpriced = cards(UNTESTED)

    assert priced["score_prompt"].cost.words == (
        "$3,500 ($2,450 to $7,000), at $1,000 a day."
    )
    assert assumed["score_prompt"].cost.words.endswith(" a day (assumed).")
    assert unpriced["score_prompt"].cost.words == ""


@pytest.mark.parametrize("name", some_of(CASES, 3))
def test_each_outcome_is_what_the_answer_would_give(name: str) -> None:
    given = CASES[name]
    assessment = assessed(given)
    asked = current().question_by_id
    tried = 0

    for card in cards_of(current(), assessment):
        if card.comes_first or card.id in IDS or asked[card.id].kind == "several":
            continue
        option = {each.name: each.id for each in asked[card.id].options}
        for outcome in card.outcomes:
            assert outcome.stays == (outcome.verdict == assessment.verdict)
            if not set(outcome.results) <= option.keys():
                continue  # of several questions at once
            for result in outcome.results:
                told = {**given, card.id: option[result]}
                levels = TRAINING_LEVELS | {card.id: "measured"}
                assert assessed(told, levels).verdict == outcome.verdict, result
                tried += 1
    assert tried or name == "ready"


KNOWLEDGE: dict[str, Any] = {"goal": ["knowledge"], "state": "none"}
TARGET = Candidates(target=Decimal("0.9"))


@pytest.mark.parametrize("step", ["tried", "eval"])
def test_nothing_is_told_of_scores_before_there_is_a_target(step: str) -> None:
    before = cards(KNOWLEDGE)[step]
    after = cards(KNOWLEDGE, candidates=TARGET)[step]

    assert (before.outcomes, before.needs_target) == ((), True)
    assert (len(after.outcomes) > 1, after.needs_target) == (True, False)


@pytest.mark.parametrize(
    ("told", "gap"),
    [
        ("“Written prompt” meets the target", {"quality_gap": "met"}),
        ("“Written prompt” is just below the target", {"quality_gap": "small"}),
        ("“Written prompt” is far below the target", {"quality_gap": "large"}),
    ],
)
def test_scores_lead_where_all_that_they_answer_leads(
    told: str, gap: dict[str, Any]
) -> None:
    passed = {"passed": "prompt"} if gap["quality_gap"] == "met" else {}
    tested = KNOWLEDGE | {"tried": ["instructions"], "eval": "small_set"} | gap | passed
    levels = dict.fromkeys(("tried", "eval", "quality_gap"), "measured")

    card = cards(KNOWLEDGE, candidates=TARGET)["eval"]

    [found] = [x for x in card.outcomes if told in x.results]
    assert found.verdict == assessed(tested, levels).verdict
    assert found.stays == (found.verdict == assessed(KNOWLEDGE).verdict)


def test_each_candidate_that_was_tried_on_a_few_cases_is_named() -> None:
    few = [
        ScoredCandidate(id=f"c{n}", kind="examples", cases=8, passed=3, model=model)
        for n, model in enumerate("ab", 1)
    ]
    found = replace(TARGET, rows=tuple(few))

    card = cards(KNOWLEDGE, candidates=found)["tried"]

    a, b = "“a (Prompt with examples)”", "“b (Prompt with examples)”"
    told = {result: x.verdict for x in card.outcomes for result in x.results}
    assert told == {
        "Only “Written prompt” meets the target": "prompt_long_context",
        f"Only {a} meets the target": "few_shot",
        f"Only {b} meets the target": "few_shot",
        "All meet the target": "prompt_long_context",
        "All are just below the target": "rag",
        "All are far below the target": "rag",
    }


def test_answer_that_takes_more_than_scores_is_told_by_itself() -> None:
    given = {
        "goal": ["cost_latency"],
        "component": "guardrail",
        "examples": "hundreds",
        "latency": "hard",
    }

    card = cards(given, levels={}, candidates=TARGET)["latency_evidence"]

    assert [x.results for x in card.outcomes] == [("Missed",), ("Met",)]
    assert not card.needs_target


def test_nothing_is_said_of_results_that_another_verdict_waits_for() -> None:
    assessment = assessed({"goal": ["knowledge"], "state": "none"})
    before = replace(assessment, verdict="few_shot", verdict_name="Few-shot")

    found = {card.id: card for card in cards_of(current(), before)}

    assert (found["tried"].outcomes, found["tried"].needs_target) == ((), False)


def test_nothing_is_left_where_everything_is_known() -> None:
    assert cards_of(current(), assessed(TRAINING_CASE)) == ()


def test_questions_that_no_results_file_answers_are_answered_by_hand() -> None:
    speaking = UNTESTED | {"goal": ["knowledge"]}
    found = cards(speaking)

    by_hand = {card.id: [x.id for x in card.by_hand] for card in found.values()}
    assert by_hand
    asked = {q for q, left in by_hand.items() if not left}
    assert asked <= {"tried", "eval", "quality_gap", "score_prompt", *IDS}
    assert all(left == [q] for q, left in by_hand.items() if left)


def test_earlier_version_reads_no_candidates() -> None:
    framework = published("fine_tuning", 1)
    inputs = Inputs(
        codes=answers.read(framework, {"goal": ["format"], "format_need": "bespoke"})
    )

    found = cards_of(framework, assess_on(framework, inputs, DAY))

    assert {"tried", "eval"} <= {card.id for card in found}
    assert {card.kinds for card in found} == {()}
    assert [[x.id for x in card.by_hand] for card in found] == [
        [card.id] for card in found
    ]
