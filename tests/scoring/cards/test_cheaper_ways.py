"""What is cheaper than training stays a step for as long as nobody tested it."""

from dataclasses import replace
from typing import Any

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.cheaper_ways import CHEAPER, cheaper_ways
from audits.scoring.explaining.advice import STRONGER_TEST, WAY_TEST
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.summary.first_steps import FirstStep, first_steps
from audits.scoring.summary.plan import plan_of
from tests.scoring.mail import FRAMEWORK, mail
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.what_if.test_changes import DAY, inputs_of

# A part that sorts, with enough labels for training to be the simple fix.
INVOICES: dict[str, Any] = {
    "goal": ["task_skill"],
    "state": "planned",
    "component": "classifier",
    "examples": "thousands",
    "task_shape": "narrow_stable",
    "mlops": ["versioned"],
    "team": "borrowed",
    "traceability": "none",
    "latency": "relaxed",
    "hosting": "cloud_ok",
}
TODAY = scored("prompt", 168, 200)
EXAMPLES = scored("examples", 181, 200, id="c2")


def steps_after(*rows: ScoredCandidate, target: str | None = "0.95") -> list[FirstStep]:
    inputs = replace(
        inputs_of(INVOICES, {"examples": "documented"}),
        candidates=candidates(*rows, target=target),
    )
    assessment = assess_on(current(), inputs, DAY)
    assert assessment.verdict == "train_small_part"
    return list(first_steps(assessment, plan_of(current(), assessment, inputs).first))


def cheaper(steps: list[FirstStep]) -> list[str]:
    return [each.card.id for each in steps if each.card.because == CHEAPER]


def test_what_was_never_tested_stays_a_step_once_results_lead_to_training() -> None:
    stronger, way, *others = steps_after(TODAY, EXAMPLES)

    assert (stronger.card.id, way.card.id) == (STRONGER_TEST, WAY_TEST)
    assert stronger.card.name == "Test a stronger model on the same 200 cases"
    assert (stronger.card.hours, stronger.card.kinds) == (8, ("stronger",))
    assert stronger.then == (
        "“It meets the target” would lead to “prompt (improved "
        "after its failed test)”; other results keep the verdict."
    )
    assert way.card.name == ("Test examples picked by search on the same 200 cases")
    assert (way.card.hours, way.card.pass_mark) == (24, "95 of 100 cases pass")
    assert way.then == (
        "“It meets the target” would lead to “few-shot”; "
        "other results keep the verdict."
    )
    # What money is asked for comes after them.
    assert others
    assert not cheaper(others)


def test_stronger_model_that_was_tested_is_no_step() -> None:
    steps = steps_after(TODAY, EXAMPLES, scored("stronger", 182, 200, id="c3"))

    assert cheaper(steps) == [WAY_TEST]


def test_nothing_is_told_of_a_test_without_a_target() -> None:
    assert not cheaper(steps_after(TODAY, EXAMPLES, target=None))


def test_asking_counsel_is_two_hours_of_work_and_a_week_of_waiting() -> None:
    inputs = replace(
        inputs_of(INVOICES, {"examples": "documented"}),
        candidates=candidates(TODAY, EXAMPLES, target="0.95"),
    )
    assessment = assess_on(current(), inputs, DAY)

    [card] = (
        card
        for card in plan_of(current(), assessment, inputs).cards
        if card.id == "data_rights"
    )

    assert (card.hours, card.work) == (2, "2 hours")
    assert card.waiting == "then about 5 working days of waiting"
    step = FirstStep(card=card, then="", within="part of the $200 up front")
    assert step.takes == (
        "2 hours, part of the $200 up front, then about 5 working days of waiting"
    )


def test_failed_test_sends_nobody_back_to_the_step_before_it() -> None:
    found = mail(example_quality="consistent")
    stronger, split, *_ = cards_of(FRAMEWORK, found)
    assert (stronger.id, split.id) == (STRONGER_TEST, WAY_TEST)

    assert all("stronger model" not in x.then.told for x in split.outcomes)


def names_of(answers: dict[str, Any]) -> list[str]:
    """Return the cheaper ways to test, once one was tested."""
    levels = dict.fromkeys(answers, "measured")
    given = replace(
        inputs_of(answers, levels), candidates=candidates(EXAMPLES, target="0.95")
    )
    assessment = assess_on(current(), given, DAY)
    assert assessment.verdict == "train_small_part"
    return [card.name for card in cheaper_ways(current(), assessment, given)]


def test_way_that_leaves_a_limit_missed_whatever_it_scores_is_no_step() -> None:
    limit = {"latency": "hard", "latency_evidence": "missed"}
    goals = {"goal": ["task_skill", "cost_latency"]}

    assert names_of(INVOICES | goals) != []
    assert names_of(INVOICES | goals | limit) == []
