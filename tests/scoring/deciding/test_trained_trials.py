"""Trials of a trained model: beside a live one, and where no target is written."""

from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import published
from audits.scoring import Assessment, assess
from audits.scoring.deciding.candidates import (
    Candidate,
    CandidatesTable,
    answers_from,
)
from audits.scoring.deciding.circumstances import Circumstances
from tests.scoring.worked_cases import TRAINING_CASE

FRAMEWORK = published("fine_tuning", 2)
SHOWN = Circumstances(unmarked="measured")
SCORED = TRAINING_CASE | {"component": "vision", "tried": ["specialist"]}


def assessed(answers: dict[str, Any], under: Circumstances = SHOWN) -> Assessment:
    return assess(FRAMEWORK, read(FRAMEWORK, answers), under)


# Laundry, sorted by a ready-made model that gets 82 of 100 bags right.
LAUNDRY = SCORED | {"state": "none", "quality_gap": "some_wrong"}
TARGET = (
    "First write down a target based on what a wrong answer costs, and compare the "
    "trial model with it. Until then use an untuned model. Do not start training."
)


@pytest.mark.parametrize("trial", ["closer", "meets"])
@pytest.mark.parametrize("tried", [["specialist"], ["specialist", "stronger_model"]])
def test_trial_without_a_target_asks_for_the_target(
    trial: str, tried: list[str]
) -> None:
    found = assessed(LAUNDRY | {"trial": trial, "tried": tried})

    assert found.verdict == "gather_evidence"
    assert found.measurements
    assert [x.id for x in found.measurements.experiments] == ["write_target"]
    told = {outcome.verdict for outcome in found.measurements.outcomes}
    assert told == {"untuned_model", "fine_tune"}


@pytest.mark.parametrize("trial", ["none", "no_better", "unknown"])
def test_without_such_a_trial_and_a_target_an_untuned_model_serves(trial: str) -> None:
    found = assessed(LAUNDRY | {"trial": trial})

    assert found.verdict == "untuned_model"
    assert found.advice
    assert found.advice.step.id == "stronger_model"


def test_trial_that_no_measurement_lets_train_still_asks_for_the_target() -> None:
    found = assessed(LAUNDRY | {"trial": "closer", "examples": "few"})

    assert (found.verdict, found.headline) == ("untuned_model", TARGET)


def test_trial_without_a_target_that_is_only_said_counts_for_nothing() -> None:
    said = Circumstances(unmarked="measured", levels={"trial": "asserted"})

    assert assessed(LAUNDRY | {"trial": "closer"}, said).verdict == "untuned_model"


@pytest.mark.parametrize(
    ("score", "by_hand", "trial"),
    [
        (0.95, "some_wrong", "closer"),
        (0.9, "some_wrong", "no_better"),
        (0.95, "unknown", None),
    ],
)
def test_tuned_row_is_a_trial_without_a_target_if_that_is_said(
    score: float, by_hand: str, trial: str | None
) -> None:
    rows = (
        Candidate(kind="specialist", cases=400, score=0.82, level="measured"),
        Candidate(kind="tuned", cases=400, score=score, level="measured"),
    )

    found = answers_from(CandidatesTable(rows=rows), {"quality_gap": by_hand}, {})

    assert found.codes.get("trial") == trial


# Damaged parcels, seen by a detector that is live at 70%; its successor has 86%.
PARCELS = SCORED | {
    "state": "live_tuned",
    "tried": ["specialist", "stronger_model"],
    "incumbent": "misses",
    "retry": "nothing",
}


@pytest.mark.parametrize("trial", ["closer", "meets"])
def test_live_model_that_misses_yields_to_a_successor_that_does_better(
    trial: str,
) -> None:
    found = assessed(PARCELS | {"trial": trial})

    assert (found.verdict, found.blockers) == ("fine_tune", ())
    assert found.headline.startswith("Fine-tune a new model")


@pytest.mark.parametrize("trial", ["none", "no_better", "unknown"])
def test_live_model_that_misses_is_kept_while_no_successor_is_better(
    trial: str,
) -> None:
    found = assessed(PARCELS | {"trial": trial})

    assert (found.verdict, found.blockers) == ("keep", ("training_failed",))


def test_successor_that_is_only_said_to_be_better_counts_for_nothing() -> None:
    said = Circumstances(unmarked="measured", levels={"trial": "asserted"})

    assert assessed(PARCELS | {"trial": "meets"}, said).verdict == "keep"


def test_successor_needs_those_who_run_it() -> None:
    found = assessed(PARCELS | {"trial": "closer", "mlops": "none"})

    assert found.verdict == "fine_tune_after_mlops"


def test_untuned_model_is_scored_first_where_none_was() -> None:
    unscored = PARCELS | {"tried": ["nothing"], "quality_gap": "unknown"}

    found = assessed(unscored | {"trial": "closer"})

    assert found.verdict == "gather_evidence"
    assert assessed(unscored | {"trial": "no_better"}).verdict == "keep"


def test_live_model_that_only_a_simpler_approach_beats_stays_blocked() -> None:
    found = assessed(PARCELS | {"incumbent": "beaten", "trial": "closer"})

    assert found.blockers == ("training_failed",)


@pytest.mark.parametrize(
    ("scores", "incumbent", "trial"),
    [
        ((0.7,), "misses", None),
        ((0.7, 0.86), "misses", "closer"),
        ((0.7, 0.78), "misses", "no_better"),
        ((0.7, 0.9), "misses", "meets"),
    ],
)
def test_first_tuned_row_is_the_live_model_and_the_next_its_successor(
    scores: tuple[float, ...], incumbent: str, trial: str | None
) -> None:
    rows = tuple(
        Candidate(kind="tuned", cases=400, score=score, level="measured")
        for score in scores
    )
    ready_made = Candidate(kind="specialist", cases=400, score=0.5, level="measured")

    found = answers_from(
        CandidatesTable(rows=(ready_made, *rows), target=0.9),
        {"state": "live_tuned"},
        {},
    )

    assert found.codes.get("incumbent") == incumbent
    assert found.codes.get("trial") == trial


def test_simpler_approach_that_matches_a_tuned_model_only_has_to_take_over() -> None:
    found = assessed(
        PARCELS | {"incumbent": "beaten", "tried": ["specialist", "examples"]}
    )

    assert found.verdict == "stop_fine_tuning"
    assert found.headline == (
        "Do not retrain the live model, since a simpler approach scores as well. Next "
        "step: run the approach that scores as well in parallel with the live model, "
        "then switch to it."
    )


def test_live_model_that_only_misses_waits_for_what_scores_better() -> None:
    found = assessed(PARCELS | {"task_shape": "broad"})

    assert found.verdict == "stop_fine_tuning"
    assert "as soon as the replacement scores better" in found.headline


# Photos of trays: cooks agree on 87 of 100, the target is 86, and a ready-made model
# has 55.
TRAYS = SCORED | {
    "component": "inspector",
    "state": "none",
    "example_quality": "mostly",
}


@pytest.mark.parametrize("trial", ["closer", "meets"])
def test_trial_that_does_much_better_outweighs_doubt_about_labels(trial: str) -> None:
    found = assessed(TRAYS | {"trial": trial})

    assert (found.verdict, found.blockers) == ("fine_tune", ())
    assert found.advice
    assert found.advice.step.id == "settle_labels"
    assert found.advice.subject_to[0].id == "labels"


@pytest.mark.parametrize(
    "change",
    [
        {"trial": "no_better"},
        {"trial": "unknown"},
        {"eval": "small_set"},
    ],
)
def test_doubt_about_labels_blocks_without_such_a_trial_on_200_cases(
    change: dict[str, Any],
) -> None:
    found = assessed(TRAYS | {"trial": "closer"} | change)

    assert found.blockers == ("labels_unsettled",)
    assert found.trained_layer is None


def test_trial_that_is_only_said_leaves_the_labels_in_doubt() -> None:
    said = Circumstances(unmarked="measured", levels={"trial": "asserted"})

    found = assessed(TRAYS | {"trial": "meets"}, said)

    assert found.blockers == ("labels_unsettled",)


def test_no_trial_outweighs_labels_on_which_experts_disagree() -> None:
    found = assessed(TRAYS | {"trial": "meets", "example_quality": "inconsistent"})

    assert (found.verdict, found.blockers) == ("untuned_model", ("labels_disagree",))
