"""A reason is absent only if something shows it, not if nobody has looked."""

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.explaining.grades.standings import ReasonStanding

FRAMEWORK = published("fine_tuning", 2)
UNDER = Circumstances(unmarked="measured")
# Reviewed labels for one narrow job of a language model, which judges wrongly.
SKILL: dict[str, Code] = {
    "goal": ("task_skill",),
    "component": "generator",
    "task_shape": "narrow_stable",
    "examples": "thousands",
    "example_quality": "reviewed",
    "quality_gap": "large",
    "eval": "solid_set",
    "tried": ("instructions", "examples", "stronger_model"),
}


@pytest.mark.parametrize(
    ("changed", "standing"),
    [
        ({}, "measured"),
        ({"tried": ("instructions",)}, "unknown"),  # the strongest model may close it
        ({"tried": ("nothing",)}, "unknown"),
        ({"eval": "anecdotal"}, "unknown"),  # a test set may show it
        ({"quality_gap": "met"}, "absent"),
        ({"quality_gap": "met", "tried": ("instructions",)}, "absent"),
        ({"task_shape": "broad", "tried": ("instructions",)}, "absent"),
    ],
)
def test_reason_is_not_known_until_somebody_looks(
    changed: dict[str, Code], standing: ReasonStanding
) -> None:
    trace = assess(FRAMEWORK, SKILL | changed, UNDER, flip_size=0).trace

    found = next(reason for reason in trace.reasons if reason.id == "X1")

    assert found.standing == standing
