"""What passed is kept, a trial model counts, and speed is that of what passes."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import published
from audits.scoring import Assessment, assess
from audits.scoring.deciding.candidates import (
    Candidate,
    CandidateKind,
    CandidatesTable,
    answers_from,
)
from audits.scoring.deciding.circumstances import Circumstances, EvidenceLevel
from tests.frameworks.pinned import pinned

# A gate that reads a question added since would be open in these cases.
FRAMEWORK = pinned(published("fine_tuning", 2))
SHOWN = Circumstances(unmarked="measured")
# Number plates at a toll road.
PLATES: dict[str, Any] = {
    "goal": ["task_skill"],
    "state": "none",
    "tried": ["rules", "instructions", "examples", "documents", "specialist"],
    "eval": "solid_set",
    "quality_gap": "met",
    "task_shape": "narrow_stable",
    "component": "generator",
}
# Cracked bottles in a brewery.
BOTTLES: dict[str, Any] = {
    "goal": ["task_skill"],
    "state": "in_cycle",
    "tried": ["specialist"],
    "eval": "solid_set",
    "quality_gap": "large",
    "task_shape": "narrow_stable",
    "component": "vision",
    "examples": "thousands",
    "example_quality": "consistent",
    "data_rights": "clear",
    "platform": "open",
    "mlops": "ready",
    "team": "dedicated",
}


def assessed(answers: dict[str, Any], under: Circumstances = SHOWN) -> Assessment:
    return assess(FRAMEWORK, read(FRAMEWORK, answers), under)


@pytest.mark.parametrize(
    ("passed", "verdict", "headline"),
    [
        ("rules", "untuned_model", "Use the rules that you tested: they meet"),
        (
            "prompt",
            "prompt_long_context",
            "Use a written prompt: it meets the target.",
        ),
        (
            "examples",
            "few_shot",
            "Use examples in the prompt: it meets the target.",
        ),
        (
            "documents",
            "prompt_long_context",
            "Use the prompt that holds all its documents: it meets the target.",
        ),
        ("retrieval", "rag", "Use retrieval: it meets the target."),
        ("model", "untuned_model", "Use the ready-made or classical model that you"),
    ],
)
def test_what_passed_is_kept_whatever_else_was_scored(
    passed: str, verdict: str, headline: str
) -> None:
    found = assessed(PLATES | {"passed": passed})

    assert found.verdict == verdict
    assert found.headline.startswith(headline)


def test_rules_alone_may_meet_the_target() -> None:
    found = assessed(
        PLATES | {"tried": ["rules"], "passed": "rules", "state": "planned"}
    )

    assert found.verdict == "untuned_model"


def test_rows_tell_which_approach_passed() -> None:
    rows = (
        Candidate(kind="prompt", cases=1200, score=0.49, level="measured"),
        Candidate(kind="retrieval", cases=1200, score=0.78, level="measured"),
    )
    codes = read(FRAMEWORK, PLATES | {"tried": ["nothing"]})

    found = answers_from(CandidatesTable(rows=rows, target=0.75), codes, {})
    under = Circumstances(levels=found.levels, failed=found.failed, best=found.best)

    assert found.codes["passed"] == "retrieval"
    assert assess(FRAMEWORK, found.codes, under).verdict == "rag"


@pytest.mark.parametrize(
    # Without a target a row tells nothing by itself, and the answer by hand counts.
    "target",
    [0.75, None],
)
def test_if_the_best_missed_by_far_all_that_was_tried_did(
    target: float | None,
) -> None:
    rows = (Candidate(kind="prompt", cases=1200, score=0.3, level="measured"),)
    codes = read(FRAMEWORK, PLATES | {"tried": ["examples"], "quality_gap": "large"})

    found = answers_from(CandidatesTable(rows=rows, target=target), codes, {})

    assert found.codes["quality_gap"] == "large"
    assert found.failed == frozenset({"instructions", "examples"})


# A hotel's service manual of 40 pages, pasted whole or searched.
def test_documents_in_the_prompt_are_kept_where_search_falls_short() -> None:
    manual = PLATES | {
        "goal": ["knowledge"],
        "tried": ["documents", "hybrid"],
        "knowledge_size": "small",
        "change_rate": "monthly",
        "passed": "documents",
    }

    found = assessed(manual)

    assert (found.verdict, found.context_layer) == ("prompt_long_context",) * 2
    assert assessed(manual | {"passed": "retrieval"}).verdict == "rag"


@pytest.mark.parametrize(
    ("kind", "passed"),
    [
        ("rules", "rules"),
        ("prompt", "documents"),
        ("examples", "examples"),
        ("retrieval", "documents"),
        ("hybrid", "retrieval"),
    ],
)
def test_rows_of_other_kinds_leave_documents_in_the_prompt_as_said(
    kind: CandidateKind, passed: str
) -> None:
    row = Candidate(kind=kind, cases=1200, score=0.96, level="measured")

    found = answers_from(
        CandidatesTable(rows=(row,), target=0.95), {"passed": "documents"}, {}
    )

    assert (found.codes["passed"], found.levels["passed"]) == (passed, "measured")


@pytest.mark.parametrize(
    ("score", "trial"), [(0.95, "meets"), (0.9, "closer"), (0.75, "no_better")]
)
def test_tuned_row_is_a_trial(score: float, trial: str) -> None:
    rows = (
        Candidate(kind="specialist", cases=400, score=0.71, level="measured"),
        Candidate(kind="tuned", cases=400, score=score, level="measured"),
    )

    found = answers_from(CandidatesTable(rows=rows, target=0.95), {}, {})

    assert found.codes["trial"] == trial


@pytest.mark.parametrize("trial", ["closer", "meets"])
def test_trial_that_does_much_better_is_not_paused_for_a_score(trial: str) -> None:
    found = assessed(BOTTLES | {"trial": trial})

    assert found.verdict == "fine_tune"
    assert found.advice is not None
    assert [gate.id for gate in found.advice.subject_to] == ["strongest"]
    assert "a trial model does much better" in found.lead


@pytest.mark.parametrize("trial", ["none", "no_better", "unknown"])
def test_without_such_a_trial_the_strongest_is_scored_first(trial: str) -> None:
    assert assessed(BOTTLES | {"trial": trial}).verdict == "gather_evidence"


def test_trial_that_is_only_said_to_do_better_counts_for_nothing() -> None:
    said = Circumstances(unmarked="measured", levels={"trial": "asserted"})

    found = assessed(BOTTLES | {"trial": "meets"}, said)

    assert found.verdict == "gather_evidence"


SLOW = {
    "goal": ["cost_latency"],
    "latency": "tight",
    "latency_evidence": "missed",
}


@pytest.mark.parametrize("passes", [{"quality_gap": "met"}, {"teacher": "passes"}])
def test_speed_is_that_of_a_model_that_passes(passes: dict[str, str]) -> None:
    found = assessed(BOTTLES | SLOW | passes)

    assert found.reasons_measured == ("X2",)
    assert found.lead.startswith("The quickest model that passes the test is too slow")


def test_training_for_speed_is_not_approved_where_nothing_passes() -> None:
    found = assessed(BOTTLES | SLOW)

    assert found.reasons_measured == ("X2",)
    assert found.lead.startswith("The quickest model that was timed is too slow")
    assert found.advice is not None
    assert "speed" in [gate.id for gate in found.advice.subject_to]


# Fees of a registry, by the table of an ordinance; sales of a bakery, by the day.
@pytest.mark.parametrize(
    ("shape", "step"),
    [("rules", "Let a program compute"), ("table", "Use a classical model on the")],
)
@pytest.mark.parametrize("state", ["none", "planned"])
def test_what_a_program_or_a_table_settles_needs_no_language_model(
    shape: str, step: str, state: str
) -> None:
    found = assessed(
        BOTTLES
        | {"task_shape": shape, "component": "generator", "state": state}
        | {"tried": ["examples", "stronger_model"]}
    )

    assert found.verdict == "untuned_model"
    assert found.headline.startswith(step)
    assert found.trained_layer is None


@pytest.mark.parametrize(
    ("trial", "source"), [("no_better", "taught"), ("none", "reviewed")]
)
def test_small_part_learns_from_other_labels_if_a_trial_on_its_own_failed(
    trial: str, source: str
) -> None:
    found = assessed(
        BOTTLES
        | {"goal": ["cost_latency"], "component": "classifier", "state": "planned"}
        | {"tried": ["examples"], "quality_gap": "met", "trial": trial}
        | {"unit_economics": "too_high", "volume": "1m_10m", "smaller_model": "fails"}
    )

    assert found.verdict == "train_small_part"
    assert found.advice is not None
    assert found.advice.label_source.id == source


def test_answer_that_is_not_known_keeps_a_verdict_from_being_settled() -> None:
    told = {**BOTTLES, "trial": "unknown"}

    found = assess(FRAMEWORK, read(FRAMEWORK, told), SHOWN).completeness

    assert found is not None
    assert (found.is_settled, "fine_tune" in found.possible) == (False, True)
    assert "trial" in [each.question for each in found.not_known]


def test_tuned_model_that_a_simpler_approach_matches_is_replaced_at_once() -> None:
    found = assessed(
        PLATES | {"state": "live_tuned", "incumbent": "beaten", "passed": "examples"}
    )

    assert found.verdict == "stop_fine_tuning"
    assert found.headline.startswith("Replace the live model with examples in")


@pytest.mark.parametrize(("cases", "test_set"), [(29, None), (30, "small_set")])
def test_row_counts_from_30_cases_on(cases: int, test_set: str | None) -> None:
    rows = (Candidate(kind="prompt", cases=cases, score=0.9, level="measured"),)

    found = answers_from(CandidatesTable(rows=rows, target=0.95), {}, {})

    assert found.codes.get("eval") == test_set


@pytest.mark.parametrize("test_set", ["solid_set", "production"])
@pytest.mark.parametrize("given", ["documented", "measured"])
@pytest.mark.parametrize("cases", [60, 200])
def test_rows_leave_a_larger_test_set_that_is_shown_as_it_was_given(
    cases: int, given: EvidenceLevel, test_set: str
) -> None:
    rows = (Candidate(kind="prompt", cases=cases, score=0.9, level="measured"),)

    found = answers_from(
        CandidatesTable(rows=rows, target=0.95), {"eval": test_set}, {"eval": given}
    )

    assert (found.codes["eval"], found.levels["eval"]) == (test_set, given)


@pytest.mark.parametrize("test_set", ["solid_set", "production"])
@pytest.mark.parametrize("given", [None, "asserted"])
@pytest.mark.parametrize("cases", [199, 200])
def test_rows_show_their_cases_and_no_more(
    cases: int, given: EvidenceLevel | None, test_set: str
) -> None:
    rows = (Candidate(kind="prompt", cases=cases, score=0.9, level="measured"),)
    levels: dict[str, EvidenceLevel] = {"eval": given} if given else {}

    found = answers_from(
        CandidatesTable(rows=rows, target=0.95), {"eval": test_set}, levels
    )

    assert (found.codes["eval"], found.levels["eval"]) == ("small_set", "measured")


SIMPLER = Candidate(
    kind="prompt", cases=400, score=0.9, level="measured", tested="ours"
)
LIVE = Candidate(kind="tuned", cases=400, score=0.7, level="measured", tested="ours")
ON_OTHER_CASES = Candidate(
    kind="tuned",
    cases=400,
    score=0.75,
    level="measured",
    tested="others",
    apart=(("ours", 0),),
)


def test_live_model_on_other_cases_is_not_beaten() -> None:
    rows = (SIMPLER, ON_OTHER_CASES)

    found = answers_from(CandidatesTable(rows=rows), {}, {})

    assert found.apart == {"incumbent": rows}
    assert "incumbent" not in found.codes


def test_live_model_is_beaten_whatever_cases_its_successor_ran_on() -> None:
    rows = (SIMPLER, LIVE, ON_OTHER_CASES)

    found = answers_from(CandidatesTable(rows=rows), {}, {})

    assert found.codes["incumbent"] == "beaten"
    assert found.apart == {}


def test_trained_model_costs_less_if_it_does_than_the_cheapest_that_passes() -> None:
    # 100 calls: 200 for the trained model, and 100 or 300 for the others.
    rows = tuple(
        Candidate(
            kind="prompt", cases=400, score=1, cost=Decimal(cost), level="measured"
        )
        for cost in (1, 3)
    )
    table = CandidatesTable(
        rows=rows,
        target=0.9,
        requests=Decimal(100),
        trained_call=Decimal(1),
        trained_month=Decimal(100),
    )

    assert answers_from(table, {}, {}).codes["cost_case"] == "hosted_cheaper"


@pytest.mark.parametrize("score", [0.7, 0.71])
def test_live_model_is_not_beaten_by_what_chance_explains(score: float) -> None:
    rows = (replace(SIMPLER, score=score), LIVE)

    found = answers_from(CandidatesTable(rows=rows), {}, {})

    assert "incumbent" not in found.codes
