"""The answers that several tests give: one case to train for, one to retrieve for."""

from typing import Any

# A measured large gap in one narrow job, with all it takes to train.
TRAINING_CASE: dict[str, Any] = {
    "goal": ["task_skill"],
    "state": "planned",
    "tried": ["instructions", "examples", "stronger_model"],
    "eval": "solid_set",
    "quality_gap": "large",
    "task_shape": "narrow_stable",
    "component": "generator",
    "examples": "thousands",
    "hosting": "cloud_ok",
    "mlops": ["versioned", "suite", "rollback", "retraining"],
    "team": "dedicated",
    "example_quality": "consistent",
    "data_rights": "clear",
    "platform": "open",
}
# Nothing shows how these are known; no check of an approval reads them.
WITHOUT_LEVEL = {"state", "component", "hosting"}
# Without them, a measurement is only asserted, and nothing is trained on it. Every
# other answer is documented, since the checks of an approval may read it.
TRAINING_LEVELS: dict[str, Any] = {
    **{q: "documented" for q in TRAINING_CASE if q not in WITHOUT_LEVEL},
    "tried": "measured",
    "quality_gap": "measured",
    "example_quality": "measured",
}
RETRIEVAL_CASE: dict[str, Any] = {
    "goal": ["knowledge"],
    "state": "none",
    "knowledge_size": "huge",
    "change_rate": "weekly",
    "traceability": "required",
}
# With all that can change its verdict, so that it can be signed off.
FIRM_RETRIEVAL_CASE: dict[str, Any] = {
    **RETRIEVAL_CASE,
    "tried": ["demo"],
    "task_shape": "broad",
    "component": "generator",
}
# The same need as version 1 of the framework asked for it.
FIRST_TRAINING_CASE: dict[str, Any] = {
    "goal": ["task_skill"],
    "state": "planned",
    "tried": ["instructions", "examples"],
    "eval": ["two_hundred", "rerun"],
    "quality_gap": "large",
    "examples": "thousands",
    "example_quality": "consistent",
    "data_rights": "clear",
    "mlops": ["versioned", "suite", "rollback", "retraining"],
    "team": "dedicated",
    "task_shape": "narrow_stable",
}
# With all that can change its verdict, so that it can be signed off.
FIRM_FIRST_TRAINING_CASE: dict[str, Any] = {
    **FIRST_TRAINING_CASE,
    "domain_evidence": "unknown",
    "platform": "unknown",
}
