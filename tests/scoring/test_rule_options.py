"""Each option that a rule names, where another test names only its first."""

from collections.abc import Mapping

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import assess

FRAMEWORK = published("fine_tuning", 1)

FACTS: dict[str, Code] = {"goal": ("knowledge",)}
LIVE: dict[str, Code] = {"state": "live_tuned"}
BROAD: dict[str, Code] = {"task_shape": "broad", "platform": "open"}
BLIND: dict[str, Code] = {"eval": "none", "tried": "nothing"}
NOTATION: dict[str, Code] = {
    "format_need": "bespoke",
    "format_evidence": "fails_constrained",
}
STRANGE: dict[str, Code] = {"domain_vocab": "private", "domain_evidence": "base_fails"}
MET: dict[str, Code] = {
    "quality_gap": "met",
    "domain_vocab": "general",
    "knowledge_size": "none",
}


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"latency": "hard", "tried": "informal"}, "claims_first"),
        ({"latency": "hard", "eval": "anecdotal"}, "claims_first"),
        ({"latency": "hard", "state": "planned"}, "claims_first"),
        (FACTS | LIVE, "stop_cycle"),
        (FACTS | {"state": "failed_or_paused"}, "stop_cycle"),
        (LIVE | {"goal": ("consistency",)}, "stop_cycle"),
        (LIVE | {"goal": ("reasoning_agent",)}, "stop_cycle"),
        (LIVE | {"goal": ("format", "task_skill", "cost_latency")}, "no_training"),
        (FACTS | LIVE | BLIND | {"regulatory": "high_risk"}, "measure_live"),
        (FACTS | LIVE | BLIND | {"regulatory": "internal"}, "stop_cycle"),
        (LIVE | {"platform": "unavailable"}, "freeze_closing"),
        (LIVE | {"platform": "open"}, "no_training"),
    ],
)
def test_verdict_rule_fires_for(answers: Mapping[str, Code], rule: str) -> None:
    steps = assess(FRAMEWORK, answers).trace.verdict_rules

    assert [step.id for step in steps if step.outcome == "fired"] == [rule]


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        (
            FACTS | {"knowledge_size": "medium", "hosting": "self_host"},
            "facts_own_servers",
        ),
        (FACTS | {"knowledge_size": "small"}, "facts_fit"),
        ({"goal": ("consistency",)}, "examples_teach"),
        ({"goal": ("consistency",), "examples": "none"}, "instructions"),
        (MET | {"tried": "informal"}, "instructions"),
        ({"tried": "prompt_measured"}, "instructions"),
        ({"tried": "fewshot_measured"}, "instructions"),
        ({"tried": "rag_measured"}, "instructions"),
    ],
)
def test_context_rule_fires_for(answers: Mapping[str, Code], rule: str) -> None:
    steps = assess(FRAMEWORK, answers).trace.context_rules

    assert [step.id for step in steps if step.outcome == "fired"] == [rule]


@pytest.mark.parametrize(
    ("answers", "blockers"),
    [
        (BROAD | NOTATION, ()),
        (BROAD | NOTATION | {"eval": "none"}, ()),
        (BROAD | STRANGE, ()),
        (BROAD | STRANGE | {"eval": "none"}, ()),
        (BROAD | {"format_need": "free"}, ("broad_task",)),
    ],
)
def test_broad_job_is_let_pass_for(
    answers: Mapping[str, Code], blockers: tuple[str, ...]
) -> None:
    assert assess(FRAMEWORK, answers).blockers == blockers
