from collections.abc import Mapping

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import assess
from audits.scoring.explaining.grades.standings import ReasonStanding

FRAMEWORK = published("fine_tuning", 1)

BESPOKE = {"format_need": "bespoke"}
SKILL: dict[str, Code] = {"goal": ("task_skill",), "task_shape": "narrow_stable"}
GAP = SKILL | {"quality_gap": "large", "tried": "fewshot_measured"}
X1 = GAP | {"examples": "hundreds"}
SERVERS: dict[str, Code] = {"hosting": "self_host", "task_shape": "narrow_shifting"}


def standing_of(reason_id: str, answers: Mapping[str, Code]) -> ReasonStanding:
    reasons = assess(FRAMEWORK, answers).trace.reasons
    return next(reason.standing for reason in reasons if reason.id == reason_id)


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        (BESPOKE | {"format_evidence": "fails_constrained"}, "measured"),
        (
            {"format_need": "schema", "format_evidence": "fails_constrained"},
            "measured",
        ),
        (BESPOKE | {"format_evidence": "not_measured"}, "claimed"),
        (BESPOKE | {"format_evidence": "fails_unconstrained"}, "claimed"),
        (BESPOKE | {"format_evidence": "unknown"}, "claimed"),
        (BESPOKE, "claimed"),
        (BESPOKE | {"format_evidence": "measured_ok"}, "absent"),
        (
            {"format_need": "schema", "format_evidence": "fails_unconstrained"},
            "absent",
        ),
        ({"format_need": "free"}, "absent"),
        ({"format_need": "loose", "format_evidence": "fails_constrained"}, "absent"),
        ({"format_need": "schema"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_format_stands(answers: dict[str, Code], standing: ReasonStanding) -> None:
    assert standing_of("C1", answers) == standing


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        ({"unit_economics": "too_high", "volume": "100k_1m"}, "measured"),
        ({"unit_economics": "too_high", "volume": "gt_10m"}, "measured"),
        ({"prefix_cost": "material"}, "measured"),
        ({"unit_economics": "too_high"}, "claimed"),
        ({"unit_economics": "too_high", "volume": "unknown"}, "claimed"),
        ({"unit_economics": "not_computed", "volume": "gt_10m"}, "claimed"),
        ({"volume": "gt_10m"}, "claimed"),
        ({"unit_economics": "too_high", "volume": "10k_100k"}, "absent"),
        (
            {
                "unit_economics": "too_high",
                "volume": "10k_100k",
                "prefix_cost": "not_computed",
            },
            "absent",
        ),
        ({"unit_economics": "acceptable", "volume": "gt_10m"}, "absent"),
        ({"unit_economics": "acceptable", "prefix_cost": "material"}, "absent"),
        (
            {
                "unit_economics": "too_high",
                "volume": "gt_10m",
                "prefix_cost": "immaterial",
            },
            "absent",
        ),
        ({"volume": "1m_10m"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_money_stands(answers: dict[str, Code], standing: ReasonStanding) -> None:
    assert standing_of("C2", answers) == standing


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        ({"domain_vocab": "niche", "domain_evidence": "base_fails"}, "measured"),
        ({"domain_vocab": "private", "domain_evidence": "base_fails"}, "measured"),
        ({"domain_vocab": "niche", "domain_evidence": "not_tested"}, "claimed"),
        ({"domain_vocab": "private"}, "claimed"),
        ({"domain_vocab": "niche", "domain_evidence": "base_ok"}, "absent"),
        ({"domain_vocab": "industry", "domain_evidence": "base_fails"}, "absent"),
        ({"domain_vocab": "general"}, "absent"),
        (
            {
                "goal": ("knowledge",),
                "domain_vocab": "niche",
                "domain_evidence": "base_fails",
            },
            "absent",
        ),
        (
            {
                "goal": ("knowledge", "task_skill"),
                "domain_vocab": "niche",
                "domain_evidence": "base_fails",
            },
            "measured",
        ),
        ({"domain_evidence": "base_fails"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_language_stands(answers: dict[str, Code], standing: ReasonStanding) -> None:
    assert standing_of("C3", answers) == standing


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        (X1, "measured"),
        (X1 | {"examples": "thousands", "task_shape": "narrow_shifting"}, "measured"),
        (X1 | {"tried": "prompt_measured"}, "measured"),
        (X1 | {"tried": "informal"}, "claimed"),
        (X1 | {"tried": "unknown"}, "claimed"),
        (X1 | {"quality_gap": "unknown"}, "claimed"),
        (GAP | {"examples": "unlabelled_logs"}, "claimed"),
        (GAP | {"examples": "thousands", "tried": "nothing"}, "claimed"),
        (GAP, "claimed"),
        (X1 | {"quality_gap": "small"}, "absent"),
        (X1 | {"quality_gap": "met"}, "absent"),
        (GAP | {"examples": "curated"}, "absent"),
        (X1 | {"task_shape": "broad"}, "absent"),
        (X1 | {"goal": ("style",)}, "absent"),
        (X1 | {"example_quality": "inconsistent"}, "absent"),
        (
            X1 | {"domain_vocab": "industry", "domain_evidence": "base_ok"},
            "absent",
        ),
        (X1 | {"task_shape": "unknown"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_skill_stands(answers: dict[str, Code], standing: ReasonStanding) -> None:
    assert standing_of("X1", answers) == standing


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        ({"latency": "tight", "latency_evidence": "missed"}, "measured"),
        ({"latency": "hard", "latency_evidence": "missed"}, "measured"),
        ({"latency": "hard", "latency_evidence": "not_measured"}, "claimed"),
        ({"latency": "tight"}, "claimed"),
        ({"latency": "tight", "latency_evidence": "met"}, "absent"),
        ({"latency": "interactive", "latency_evidence": "missed"}, "absent"),
        ({"latency": "relaxed"}, "absent"),
        ({"latency_evidence": "missed"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_speed_stands(answers: dict[str, Code], standing: ReasonStanding) -> None:
    assert standing_of("X2", answers) == standing


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        (SERVERS, "measured"),
        (SERVERS | {"task_shape": "narrow_stable"}, "measured"),
        (SERVERS | {"unit_economics": "too_high", "volume": "10k_100k"}, "measured"),
        ({"hosting": "self_host"}, "claimed"),
        ({"hosting": "self_host", "task_shape": "broad"}, "absent"),
        (SERVERS | {"hosting": "cloud_ok"}, "absent"),
        (SERVERS | {"hosting": "region_bound"}, "absent"),
        (SERVERS | {"unit_economics": "acceptable"}, "absent"),
        (SERVERS | {"volume": "lt_10k"}, "absent"),
        ({"task_shape": "narrow_stable"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_hosting_stands(answers: dict[str, Code], standing: ReasonStanding) -> None:
    assert standing_of("X3", answers) == standing


@pytest.mark.parametrize(
    ("proof", "standing"),
    [
        ("none", "claimed"),
        ("anecdotal", "claimed"),
        ("small_set", "measured"),
        ("solid_set", "measured"),
        ("production", "measured"),
        ("unknown", "measured"),
    ],
)
def test_reason_without_a_test_set_is_only_claimed(
    proof: str, standing: ReasonStanding
) -> None:
    answers: dict[str, Code] = {"latency": "hard", "latency_evidence": "missed"}

    assert standing_of("X2", answers | {"eval": proof}) == standing


def test_reason_says_how_it_stands_in_its_own_words() -> None:
    words = FRAMEWORK.reasons[0].words

    said = {
        standing_of("C1", answers): assess(FRAMEWORK, answers).trace.reasons[0].because
        for answers in (
            BESPOKE | {"format_evidence": "fails_constrained"},
            BESPOKE,
            {"format_need": "free"},
            {},
        )
    }

    assert said == {
        "measured": words.measured,
        "claimed": words.claimed,
        "absent": words.absent,
        "unknown": words.unknown,
    }
