"""Only what is true of the answers so far is said to be why a question is asked."""

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.answering.asked_because import why_asked
from audits.frameworks.loading.loader import published

FRAMEWORK = published("fine_tuning", 2)
PART = {
    "goal": ["cost_latency"],
    "state": "none",
    "tried": ["instructions"],
    "task_shape": "narrow_stable",
    "component": "classifier",
    "examples": "thousands",
}


@pytest.mark.parametrize(
    ("gap", "says"),
    [
        ("met", "a small part costs too much"),
        ("small", "a small part costs too much"),
        ("large", "the gap is large and the strongest model was not tested"),
        ("some_wrong", "there is no target and some answers are wrong"),
        (
            "often_wrong",
            "answers are often wrong and the strongest model was not tested",
        ),
    ],
)
def test_trial_is_asked_for_because_of_what_is_wrong(gap: str, says: str) -> None:
    codes = read(FRAMEWORK, PART | {"quality_gap": gap})

    assert why_asked(FRAMEWORK, "trial", codes) == f"Asked because {says}"


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("planned", "training a model is a possibility here"),
        ("live_tuned", "a tuned model is live"),
    ],
)
def test_tuning_service_is_asked_for_a_live_model_or_a_new_one(
    state: str, says: str
) -> None:
    codes = read(FRAMEWORK, PART | {"quality_gap": "large", "state": state})

    assert why_asked(FRAMEWORK, "platform", codes) == f"Asked because {says}"
