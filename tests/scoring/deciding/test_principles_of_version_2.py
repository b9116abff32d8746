"""What version 2 advises in made-up cases, each of a principle of docs/method.md."""

from dataclasses import replace
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import Assessment, assess
from audits.scoring.deciding.candidates import (
    Candidate,
    CandidatesTable,
    answers_from,
)
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.explaining.advice_rows import advised_rows
from audits.scoring.explaining.grades.standings import SETTLED
from tests.frameworks.pinned import pinned

# A gate that reads a question added since would be open in these cases.
FRAMEWORK = pinned(published("fine_tuning", 2))
SHOWN = Circumstances(unmarked="documented")
# Clips for a hearing aid: a limit, labels, one fixed job, and nothing scored.
LIMITED: dict[str, Any] = {
    "goal": ["task_skill"],
    "state": "planned",
    "tried": ["nothing"],
    "eval": "none",
    "task_shape": "narrow_stable",
    "component": "generator",
    "examples": "thousands",
    "hosting": "self_host",
}
SCORED = LIMITED | {
    "tried": ["instructions", "examples", "stronger_model"],
    "eval": "solid_set",
    "quality_gap": "large",
    "example_quality": "consistent",
    "data_rights": "clear",
    "platform": "open",
}
READY = {"mlops": "ready", "team": "dedicated"}
# Letters of a house, in its voice.
TASTE = {
    "goal": ["style"],
    "state": "planned",
    "tried": ["instructions", "examples", "stronger_model"],
    "eval": "solid_set",
    "quality_gap": "large",
    "task_shape": "narrow_stable",
    "component": "generator",
    "examples": "thousands",
    "pairs": "many",
    "data_rights": "clear",
    "platform": "open",
    **READY,
}
# Torques of a garage, out of its manuals.
MANUALS: dict[str, Any] = {
    "goal": ["knowledge"],
    "state": "none",
    "component": "generator",
    "knowledge_size": "small",
}


def assessed(answers: dict[str, Any], under: Circumstances = SHOWN) -> Assessment:
    return assess(FRAMEWORK, read(FRAMEWORK, answers), under)


def gates(assessment: Assessment) -> list[str]:
    assert assessment.advice is not None
    return [gate.id for gate in assessment.advice.subject_to]


@pytest.mark.parametrize("state", ["none", "planned", "in_cycle"])
@pytest.mark.parametrize("unmarked", ["asserted", "documented"])
def test_limit_without_a_score_is_measured_first(state: str, unmarked: Any) -> None:
    found = assessed(LIMITED | {"state": state}, Circumstances(unmarked=unmarked))

    assert found.verdict == "gather_evidence"
    assert found.measurements is not None
    assert [x.id for x in found.measurements.experiments] == ["score_prompt"]


def test_limit_trains_once_what_it_allows_was_scored_and_misses() -> None:
    found = assessed(SCORED | READY | {"quality_gap": "small"})

    assert found.verdict == "fine_tune"
    assert found.reasons_measured == ("X8",)
    assert found.lead.startswith(
        "Large hosted models are ruled out by location (your own servers), and the "
        "rest were tested and fall short. "
    )


def test_readiness_counts_alike_for_a_small_gap_and_for_a_large_one() -> None:
    partly = {"mlops": "partial", "team": "borrowed"}

    verdicts = {
        gap: assessed(SCORED | partly | {"quality_gap": gap}).verdict
        for gap in ("small", "large")
    }

    assert set(verdicts.values()) == {"fine_tune_after_mlops"}


def test_training_that_waits_for_readiness_is_not_approved() -> None:
    found = assessed(SCORED | {"mlops": "partial", "team": "dedicated"})

    assert gates(found)[0] == "ready"


@pytest.mark.parametrize(
    ("checker", "is_blocked"),
    [("none", True), ("labels", True), ("partial", True), ("automatic", False)],
)
def test_only_a_check_that_needs_no_labels_makes_up_for_disagreement(
    checker: str, is_blocked: bool
) -> None:
    disputed = {"example_quality": "inconsistent", "checker": checker}

    found = assessed(SCORED | READY | disputed)

    assert (found.blockers == ("labels_disagree",)) is is_blocked
    assert (found.trained_layer is None) is is_blocked


@pytest.mark.parametrize(
    ("agreement", "labels", "choices"),
    [
        ("not_checked", "open", "open"),
        ("mostly", "blocked", "met"),
        ("consistent", "met", "met"),
    ],
)
def test_choices_need_less_agreement_than_labels(
    agreement: str, labels: str, choices: str
) -> None:
    agreed = {"example_quality": agreement}

    assert _bar(assessed(SCORED | READY | agreed), "labels") == labels
    assert _bar(assessed(TASTE | agreed), "choices") == choices


def _bar(found: Assessment, gate: str) -> str:
    if found.blockers:
        assert found.trained_layer is None
        return "blocked"
    assert found.trained_layer == "fine_tune"
    return "open" if gate in gates(found) else "met"


def test_number_of_searched_tokens_wins_over_a_small_answer() -> None:
    computed: dict[str, Code] = {"search_fit": "exceeds"}
    answers = read(FRAMEWORK, MANUALS)

    assert assess(FRAMEWORK, answers, SHOWN).verdict == "prompt_long_context"
    assert assess(FRAMEWORK, {**answers, **computed}, SHOWN).verdict == "rag"


def test_best_row_serves_and_what_misses_beside_one_that_passes_is_dropped() -> None:
    def rows(target: float) -> Assessment:
        table = CandidatesTable(
            target=target,
            rows=(
                Candidate(kind="examples", cases=400, score=0.86, level="measured"),
                Candidate(kind="retrieval", cases=400, score=0.84, level="measured"),
                Candidate(kind="stronger", cases=400, score=0.80, level="measured"),
            ),
        )
        found = answers_from(table, read(FRAMEWORK, SCORED | READY), {})
        under = replace(
            SHOWN, levels=found.levels, failed=found.failed, best=found.best
        )
        return assess(FRAMEWORK, found.codes, under)

    missed, passed = rows(0.95), rows(0.85)

    assert missed.headline.endswith(
        "Meanwhile use the prompt with examples that you tested, "
        "but only where people check every answer."
    )
    assert passed.verdict == "few_shot"


def test_fallback_is_the_best_so_far_once_something_was_scored() -> None:
    found = assessed(SCORED | READY)

    assert "instructions" not in found.lead
    assert found.headline.endswith(
        "Meanwhile use the best approach that you tested, "
        "but only where people check every answer."
    )


def test_faults_are_counted_before_a_planned_training() -> None:
    uncounted = {"goal": ["none_counted"], "state": "planned", "tried": ["demo"]}

    found = assessed(uncounted | {"eval": "anecdotal", "component": "generator"})

    assert found.verdict == "gather_evidence"
    assert found.measurements
    assert found.measurements.experiments[0].id == "count_faults"
    # It counts the faults on a test set, so neither is listed again.
    assert [x.question for x in found.evidence_plan] == ["tried"]


def test_nothing_about_labels_is_found_out_where_no_training_is_in_sight() -> None:
    found = assessed(
        MANUALS
        | {"knowledge_size": "huge", "tried": ["instructions"], "eval": "small_set"}
        | {"quality_gap": "large", "traceability": "required", "change_rate": "daily"}
        | {"task_shape": "broad"}
    )

    assert found.verdict == "rag"
    assert found.evidence_plan == ()


def test_kept_model_has_no_step_no_kind_of_training_and_its_own_return() -> None:
    found = assessed(SCORED | READY | {"state": "live_tuned", "incumbent": "meets"})

    assert found.verdict == "keep"
    assert [row.label for row in advised_rows(FRAMEWORK, found)] == [
        "Part of the system"
    ]
    assert found.advice is not None
    said = [trigger.says for trigger in found.advice.triggers]
    assert said == [row.says for row in FRAMEWORK.verdicts["keep"].come_back]


def test_model_whose_base_ends_moves_to_a_successor_where_the_simple_way_misses() -> (
    None
):
    found = assessed(
        {**SCORED, **READY, "hosting": "cloud_ok", "quality_gap": "small"}
        | {"state": "live_tuned", "incumbent": "meets", "platform": "closing"}
    )

    assert found.verdict == "migrate"
    assert found.advice is not None
    assert found.advice.destination is not None
    assert found.advice.destination.id == "retrain"
    assert found.reasons_message == "No reason to train again is shown"


@pytest.mark.parametrize(
    ("answers", "again"),
    [
        ({"quality_gap": "small"}, ["migrate_1", "migrate_base"]),
        ({"quality_gap": "met"}, ["migrate_passed", "migrate_base"]),
        (
            {"quality_gap": "met", "platform": "open", "incumbent": "outdated"},
            ["migrate_passed", "migrate_rules"],
        ),
    ],
    ids=["nothing passed", "passed", "rules change"],
)
def test_move_is_decided_again_for_what_can_still_happen(
    answers: dict[str, str], again: list[str]
) -> None:
    found = assessed(
        {**SCORED, **READY, "hosting": "cloud_ok", "state": "live_tuned"}
        | {"incumbent": "meets", "platform": "closing"}
        | answers
    )

    assert found.verdict == "migrate"
    assert found.advice is not None
    assert [trigger.id for trigger in found.advice.triggers] == again


def test_live_voice_that_misses_is_kept_until_something_better_is_shown() -> None:
    found = assessed(
        TASTE | {"state": "live_tuned", "incumbent": "misses", "retry": "nothing"}
    )

    assert (found.verdict, found.blockers) == ("keep", ("training_failed",))
    assert "Set a date" in found.headline


def test_teacher_that_is_barred_is_said_to_be() -> None:
    paid = {
        "goal": ["cost_latency"],
        "quality_gap": "met",
        "unit_economics": "too_high",
        "volume": "gt_10m",
        "smaller_model": "fails",
    }

    barred = assessed(SCORED | READY | paid | {"teacher_rights": "barred"})
    unclear = assessed(SCORED | READY | paid | {"teacher_rights": "unclear"})

    assert "teacher_barred" in gates(barred)
    assert "teacher" not in gates(barred)
    assert "teacher" in gates(unclear)


def test_article_that_trains_only_for_its_means_is_told_so() -> None:
    assert assessed(TASTE | {"example_quality": "consistent"}).literal.because == (
        "Read literally, the article allows training because MLOps is mature. On "
        "matters of taste it advises against training. This method trains for reasons "
        "of its own, and never because MLOps is mature."
    )
    both = assessed(
        SCORED | READY | {"domain_vocab": "private", "domain_evidence": "base_fails"}
    )
    assert both.literal.because == FRAMEWORK.literal_test.agree
    neither = assessed({"goal": ["knowledge"], "state": "planned"})
    # Nobody is asked about MLOps here, and it alone would allow training.
    assert neither.literal.because.startswith(
        "Whether the article would advise training"
    )
    unlike = assessed({"goal": ["knowledge"], "state": "planned"} | READY)
    assert unlike.literal.because.startswith("Only MLOps holds.")


def test_step_that_is_about_no_layer_has_a_sentence_of_its_own() -> None:
    found = assessed(
        {**SCORED, "hosting": "cloud_ok", "goal": ["cost_latency"]}
        | {"quality_gap": "met", "unit_economics": "too_high"}
        | {"smaller_model": "passes", "volume": "100k_1m"}
    )

    assert found.headline == (
        "Move to the smaller hosted model that passed, with examples in the prompt. "
        "Do not start training yet."
    )


def test_what_is_not_known_keeps_a_case_from_being_called_settled() -> None:
    answers = read(FRAMEWORK, TASTE | READY | {"example_quality": "consistent"})
    rest = {q.id: "unknown" for q in FRAMEWORK.questions if q.id not in answers}

    found = assess(FRAMEWORK, {**answers, **rest, "example_quality": "unknown"}, SHOWN)

    assert found.open_questions == ()
    assert found.unsettled > 0
    assert found.completeness_message != SETTLED
