"""Answers that lead to each of the twelve verdicts of version 2."""

from typing import Any

from tests.scoring.worked_cases import RETRIEVAL_CASE, TRAINING_CASE, TRAINING_LEVELS

_LIVE: dict[str, Any] = {
    "goal": ["task_skill"],
    "state": "live_tuned",
    "tried": ["instructions"],
    "eval": "solid_set",
    "quality_gap": "small",
    "task_shape": "narrow_stable",
    "incumbent": "meets",
    "component": "generator",
    "examples": "thousands",
    "hosting": "cloud_ok",
    "platform": "open",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "prompt_long_context": {
        "goal": ["task_skill"],
        "state": "none",
        "tried": ["instructions"],
        "eval": "solid_set",
        "quality_gap": "met",
        "component": "generator",
    },
    "few_shot": {
        "goal": ["style"],
        "state": "none",
        "tried": ["instructions"],
        "eval": "small_set",
        "quality_gap": "small",
        "component": "generator",
        "examples": "curated",
    },
    "rag": RETRIEVAL_CASE,
    "untuned_model": {
        "goal": ["task_skill"],
        "state": "none",
        "component": "speech",
        "hosting": "device",
    },
    "train_small_part": TRAINING_CASE | {"component": "classifier"},
    "distil": TRAINING_CASE
    | {
        "goal": ["cost_latency"],
        "quality_gap": "met",
        "latency": "hard",
        "latency_evidence": "missed",
        "teacher": "passes",
        "data_rights": "unclear",
        "platform": "closing",
    },
    "fine_tune": TRAINING_CASE,
    "fine_tune_after_mlops": TRAINING_CASE | {"mlops": [], "team": "none"},
    "stop_fine_tuning": RETRIEVAL_CASE | {"state": "in_cycle"},
    "gather_evidence": TRAINING_CASE
    | {"tried": ["demo"], "quality_gap": "unknown", "eval": "none"},
    "keep": _LIVE,
    "migrate": _LIVE | {"platform": "closing"},
}
LEVELS: dict[str, Any] = TRAINING_LEVELS | {
    "incumbent": "measured",
    "latency_evidence": "measured",
    "teacher": "measured",
}
# A new model is needed for speed, and what serves meanwhile was tested.
SLOW: dict[str, Any] = ANSWERS["distil"] | {"tried": ["instructions", "examples"]}
