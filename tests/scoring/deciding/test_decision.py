from collections.abc import Mapping

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import assess
from audits.scoring.deciding.decision import decide
from audits.scoring.explaining.trace_shapes import Step

FRAMEWORK = published("fine_tuning", 1)

SLOW: dict[str, Code] = {"latency": "hard", "latency_evidence": "missed"}
STRANGE: dict[str, Code] = {"domain_vocab": "private", "domain_evidence": "base_fails"}
MET: dict[str, Code] = {
    "quality_gap": "met",
    "domain_vocab": "general",
    "knowledge_size": "none",
}
FACTS: dict[str, Code] = {"goal": ("knowledge",)}
BLIND: dict[str, Code] = {"eval": "none", "tried": "nothing"}

CONTEXT_RULES: list[tuple[str, Mapping[str, Code], str]] = [
    ("keep_prompt", MET | {"tried": "prompt_measured"}, "prompt_long_context"),
    ("keep_examples", MET | {"tried": "fewshot_measured"}, "few_shot"),
    ("keep_retrieval", MET | {"tried": "rag_measured"}, "rag"),
    (
        "facts_own_servers",
        FACTS | {"knowledge_size": "small", "hosting": "self_host"},
        "rag",
    ),
    ("facts_fit", FACTS | {"knowledge_size": "medium"}, "prompt_long_context"),
    ("facts_retrieved", FACTS | {"knowledge_size": "large"}, "rag"),
    ("facts_unsized", FACTS, "rag"),
    ("examples_teach", {"examples": "curated"}, "few_shot"),
    ("instructions", {}, "prompt_long_context"),
]

VERDICT_RULES: list[tuple[str, Mapping[str, Code], str]] = [
    ("settle_rights", SLOW | {"data_rights": "unclear"}, "gather_evidence"),
    ("settle_labels", SLOW | {"example_quality": "inconsistent"}, "gather_evidence"),
    (
        "prove_at_stake",
        SLOW | {"eval": "small_set", "error_cost": "high"},
        "gather_evidence",
    ),
    ("distil_small", SLOW | {"quality_gap": "met"}, "distil"),
    ("train", STRANGE | {"mlops": "ready"}, "fine_tune"),
    ("train_later", STRANGE, "fine_tune_after_mlops"),
    (
        "claims_first",
        {"latency": "hard", "tried": "nothing"},
        "gather_evidence",
    ),
    (
        "measure_live",
        FACTS | BLIND | {"state": "live_tuned", "regulatory": "regulated"},
        "gather_evidence",
    ),
    ("stop_cycle", {"goal": ("style",), "state": "in_cycle"}, "stop_fine_tuning"),
    (
        "freeze_closing",
        {"state": "live_tuned", "platform": "closing"},
        "stop_fine_tuning",
    ),
    ("plan_blind", BLIND | {"state": "planned"}, "gather_evidence"),
    (
        "need_blocked",
        SLOW | {"data_rights": "prohibited"},
        "prompt_long_context",
    ),
    ("no_training", {}, "prompt_long_context"),
]


def outcomes(steps: tuple[Step, ...]) -> dict[str, str]:
    return {step.id: step.outcome for step in steps}


def expected(steps: tuple[Step, ...], fired: str) -> dict[str, str]:
    """Return the outcomes of a table of which this row fires."""
    ids = [step.id for step in steps]
    place = ids.index(fired)
    return {
        row: "fired" if row == fired else "not_fired" if at < place else "not_reached"
        for at, row in enumerate(ids)
    }


def test_every_rule_has_its_row_here() -> None:
    assert [r[0] for r in CONTEXT_RULES] == [r.id for r in FRAMEWORK.context_rules]
    assert [r[0] for r in VERDICT_RULES] == [r.id for r in FRAMEWORK.verdict_rules]


@pytest.mark.parametrize(
    ("rule", "answers", "layer"), CONTEXT_RULES, ids=[row[0] for row in CONTEXT_RULES]
)
def test_context_rule_fires(rule: str, answers: Mapping[str, Code], layer: str) -> None:
    assessment = assess(FRAMEWORK, answers)

    steps = assessment.trace.context_rules
    assert assessment.context_layer == layer
    assert outcomes(steps) == expected(steps, rule)


@pytest.mark.parametrize(
    ("rule", "answers", "verdict"), VERDICT_RULES, ids=[row[0] for row in VERDICT_RULES]
)
def test_verdict_rule_fires(
    rule: str, answers: Mapping[str, Code], verdict: str
) -> None:
    assessment = assess(FRAMEWORK, answers)

    steps = assessment.trace.verdict_rules
    assert assessment.verdict == verdict
    assert outcomes(steps) == expected(steps, rule)


@pytest.mark.parametrize(
    ("rule", "answers"),
    [row[:2] for row in VERDICT_RULES],
    ids=[row[0] for row in VERDICT_RULES],
)
def test_verdict_rule_needs_each_of_these_answers(
    rule: str, answers: Mapping[str, Code]
) -> None:
    for left_out in answers:
        fewer = {q: code for q, code in answers.items() if q != left_out}

        fired = outcomes(assess(FRAMEWORK, fewer).trace.verdict_rules)[rule]

        assert fired != "fired", left_out


@pytest.mark.parametrize(
    ("answers", "blockers"),
    [
        ({}, ()),
        ({"data_rights": "prohibited"}, ("rights_prohibited",)),
        ({"data_rights": "unclear"}, ()),
        ({"examples": "none"}, ("too_few_examples",)),
        ({"examples": "few"}, ("too_few_examples",)),
        ({"examples": "curated"}, ()),
        ({"platform": "unavailable"}, ("platform_unavailable",)),
        ({"platform": "closing"}, ()),
        ({"task_shape": "broad"}, ("broad_task",)),
        (STRANGE | {"task_shape": "broad"}, ()),
        ({"format_need": "bespoke", "task_shape": "broad"}, ()),
        (SLOW | {"task_shape": "broad"}, ("broad_task",)),
        (
            {"data_rights": "prohibited", "examples": "few", "task_shape": "broad"},
            ("rights_prohibited", "too_few_examples", "broad_task"),
        ),
    ],
)
def test_blocker_holds(answers: Mapping[str, Code], blockers: tuple[str, ...]) -> None:
    assessment = assess(FRAMEWORK, answers)

    assert assessment.blockers == blockers
    steps = assessment.trace.blockers
    assert [step.id for step in steps] == [row.id for row in FRAMEWORK.blockers]
    assert {step.id for step in steps if step.outcome == "fired"} == set(blockers)


def test_blocker_whose_answer_is_not_known_is_not_said_to_be_absent() -> None:
    found = outcomes(assess(FRAMEWORK, {"data_rights": "unknown"}).trace.blockers)
    allowed = outcomes(assess(FRAMEWORK, {"data_rights": "allowed"}).trace.blockers)

    assert found["rights_prohibited"] == "unknown"
    assert allowed["rights_prohibited"] == "not_fired"
    # What is known to cancel a blocker leaves nothing open.
    strange = assess(FRAMEWORK, STRANGE | {"task_shape": "unknown"})
    assert outcomes(strange.trace.blockers)["broad_task"] == "not_fired"


@pytest.mark.parametrize(
    "blocking",
    [
        {"data_rights": "prohibited"},
        {"examples": "few"},
        {"platform": "unavailable"},
        {"task_shape": "broad"},
    ],
    ids=str,
)
def test_blocker_closes_training_for_a_measured_reason(
    blocking: Mapping[str, Code],
) -> None:
    free = assess(FRAMEWORK, {**SLOW, "quality_gap": "met"})

    closed = assess(FRAMEWORK, {**SLOW, "quality_gap": "met", **blocking})

    assert free.trained_layer == "distil"
    assert closed.trained_layer is None
    assert closed.reasons_measured == ("X2",)


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        (STRANGE | {"mlops": "ready", "team": "dedicated"}, "fine_tune"),
        (STRANGE | {"mlops": "ready", "team": "borrowed"}, "fine_tune_after_mlops"),
        (STRANGE | {"mlops": "ready", "team": "none"}, "fine_tune_after_mlops"),
        (STRANGE | {"mlops": "partial"}, "fine_tune_after_mlops"),
        (SLOW | {"quality_gap": "small", "mlops": "partial"}, "distil"),
        (SLOW | {"quality_gap": "met", "mlops": "none"}, "fine_tune_after_mlops"),
        (SLOW | {"quality_gap": "large", "mlops": "ready"}, "fine_tune"),
        (SLOW | {"quality_gap": "large", "teacher_rights": "cleared"}, "distil"),
        (SLOW | STRANGE | {"quality_gap": "met", "mlops": "ready"}, "fine_tune"),
    ],
)
def test_means_and_teacher_choose_how_to_train(
    answers: Mapping[str, Code], verdict: str
) -> None:
    assert assess(FRAMEWORK, answers).verdict == verdict


@pytest.mark.parametrize(
    ("answers", "layer"),
    [
        (FACTS | {"knowledge_size": "small", "context_fit": "exceeds"}, "rag"),
        (FACTS | {"knowledge_size": "huge"}, "rag"),
        (FACTS | {"knowledge_size": "none"}, "prompt_long_context"),
        ({"traceability": "required"}, "rag"),
        ({"goal": ("style",)}, "few_shot"),
        ({"goal": ("style",), "examples": "few"}, "prompt_long_context"),
        ({"goal": ("style", "reasoning_agent")}, "prompt_long_context"),
        ({"examples": "thousands"}, "few_shot"),
        ({"examples": "unlabelled_logs"}, "prompt_long_context"),
        (
            {"examples": "hundreds", "example_quality": "inconsistent"},
            "prompt_long_context",
        ),
    ],
)
def test_context_layer_is(answers: Mapping[str, Code], layer: str) -> None:
    assert assess(FRAMEWORK, answers).context_layer == layer


@pytest.mark.parametrize("answers", [answers for _, answers, _ in VERDICT_RULES])
def test_a_table_yields_in_order_each_row_that_holds(
    answers: Mapping[str, Code],
) -> None:
    at, readers = decide(FRAMEWORK, answers).at, FRAMEWORK.readers

    for rows in (
        *(FRAMEWORK.blockers, FRAMEWORK.reasons),
        *(FRAMEWORK.context_rules, FRAMEWORK.verdict_rules),
    ):
        one_by_one = [row for row, holds in readers.table(rows) if holds(at)]
        assert [*readers.holding(rows)(at)] == one_by_one
