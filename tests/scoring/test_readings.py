import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import current, published
from audits.scoring import assess
from tests.scoring.letters import letters, scored

FRAMEWORK = published("fine_tuning", 1)
SKILL: dict[str, Code] = {
    "goal": ("task_skill",),
    "quality_gap": "large",
    "tried": "prompt_measured",
    "examples": "thousands",
    "task_shape": "narrow_stable",
    "mlops": "partial",
}
STRANGE: dict[str, Code] = {"domain_vocab": "private", "domain_evidence": "base_fails"}
SLOW: dict[str, Code] = {"latency": "hard", "latency_evidence": "missed"}
SERVERS: dict[str, Code] = {"hosting": "self_host", "task_shape": "narrow_stable"}
ONLY = "Only MLOps holds. Training requires the ability to run a trained model"


@pytest.mark.parametrize(
    ("answers", "holding", "agrees", "because"),
    [
        ({"goal": ("style",)}, 0, True, "The literal test and the verdict agree."),
        ({"goal": ("style",), "mlops": "ready"}, 1, False, ONLY),
        (STRANGE | {"mlops": "ready"}, 2, True, "The literal test and the verdict"),
        (SKILL, 0, False, "None of the article's conditions holds; a measured"),
        (
            STRANGE | {"data_rights": "prohibited"},
            1,
            False,
            "A condition holds, but something forbids training",
        ),
        (
            STRANGE | {"data_rights": "unclear"},
            1,
            False,
            "A condition holds, but rights or labels have to be settled first.",
        ),
    ],
)
def test_literal_test_stands_beside_the_verdict(
    answers: dict[str, Code], holding: int, agrees: bool, because: str
) -> None:
    literal = assess(FRAMEWORK, answers).literal

    assert (literal.holding, literal.agrees) == (holding, agrees)
    assert literal.because.startswith(because)


def test_condition_nobody_has_answered_is_not_known() -> None:
    conditions = {c.id: c.holds for c in assess(FRAMEWORK, {}).literal.conditions}

    assert conditions == {
        "format": False,
        "volume": False,
        "language": False,
        "mlops": None,
    }


@pytest.mark.parametrize(
    ("goal", "split"),
    [
        (("knowledge", "cost_latency"), True),
        (("knowledge", "task_skill", "style"), True),
        (("knowledge", "style"), False),
        (("task_skill", "cost_latency"), False),
    ],
)
def test_facts_mixed_with_skill_or_cost_are_two_calls(
    goal: tuple[str, ...], split: bool
) -> None:
    advice = assess(FRAMEWORK, {"goal": goal}).split_advice

    assert (advice == FRAMEWORK.split.text) is split


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        (SKILL | STRANGE | {"data_rights": "prohibited"}, "blocked"),
        (SKILL, "beyond"),
        (SLOW, "beyond"),
        (SERVERS, "beyond"),
        (STRANGE | {"data_rights": "unclear"}, "unsettled"),
        ({"mlops": "ready", "latency": "hard"}, "only_mlops"),
    ],
)
def test_literal_reading_differs_because(
    answers: dict[str, Code], because: str
) -> None:
    texts = {row.text: row.id for row in FRAMEWORK.literal_test.differences}

    reading = assess(FRAMEWORK, answers, flip_size=0).literal

    assert texts[reading.because] == because


@pytest.mark.parametrize("mlops", ["none", "partial", "ready"])
def test_only_ready_mlops_hold_literally(mlops: str) -> None:
    reading = assess(FRAMEWORK, {"mlops": mlops}, flip_size=0).literal

    assert reading.would_train is (mlops == "ready")


def test_claimed_condition_does_not_hold_literally() -> None:
    claims: dict[str, Code] = {
        "format_need": "bespoke",
        "volume": "gt_10m",
        "domain_vocab": "private",
        "mlops": "none",
    }

    assessment = assess(FRAMEWORK, claims, flip_size=0)

    assert assessment.reasons_claimed == ("C1", "C2", "C3")
    assert [x.holds for x in assessment.literal.conditions] == [False] * 4


def test_question_that_was_not_asked_is_no_gap_in_what_is_known() -> None:
    tested = letters(scored("prompt", 26))
    limits = next(step for step in tested.trace.reasons if step.id == "X8")

    assert "Calls a month" not in limits.unanswered
    assert {"Calls a month", "Speed needed"} <= {*limits.not_asked}
    assert "volume" not in tested.codes


def test_article_is_not_said_to_agree_while_one_of_its_conditions_is_not_known() -> (
    None
):
    answers: dict[str, Code] = {
        "goal": ("knowledge",),
        "state": "none",
        "knowledge_size": "huge",
        "tried": ("demo",),
        "format_evidence": "measured_ok",
        "unit_economics": "acceptable",
        "domain_evidence": "base_ok",
    }

    found = assess(current(), answers).literal

    assert not found.would_train
    assert found.because.startswith("Whether the article would advise training depends")
    assert "Practices to run models (MLOps)" in found.because
    assert "Any one condition would allow it; in this method, " in found.because
