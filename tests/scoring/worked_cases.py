"""The answers that several tests give: one case to train for, one to retrieve for."""

from typing import Any

# A measured large gap in one narrow job, with all it takes to train.
TRAINING_CASE: dict[str, Any] = {
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
RETRIEVAL_CASE: dict[str, Any] = {
    "goal": ["knowledge"],
    "state": "none",
    "knowledge_size": "huge",
    "change_rate": "weekly",
    "traceability": "required",
}
