"""Which options of a question each condition takes, as an expert would list them."""

from audits.frameworks.evaluation import Code

type Answers = dict[str, Code]

SCORED: Answers = {"tried": "prompt_measured"}
NARROW: Answers = {"task_shape": "narrow_stable"}
SLOW: Answers = SCORED | {"latency": "hard", "latency_evidence": "missed"}
STRANGE: Answers = SCORED | {"domain_vocab": "private", "domain_evidence": "base_fails"}
NOTATION: Answers = SCORED | {
    "format_need": "bespoke",
    "format_evidence": "fails_constrained",
}
SERVERS: Answers = SCORED | NARROW | {"hosting": "self_host"}
SKILL: Answers = SCORED | NARROW | {"goal": ("task_skill",), "quality_gap": "large"}
X1: Answers = SKILL | {"examples": "hundreds"}
DEAR: Answers = SCORED | {"unit_economics": "too_high"}
MET: Answers = {
    "quality_gap": "met",
    "domain_vocab": "general",
    "knowledge_size": "none",
    "traceability": "none",
}
FACTS: Answers = {"goal": ("knowledge",)}
STYLE: Answers = {"goal": ("style",)}
TRAINED: Answers = X1 | {"mlops": "ready", "team": "dedicated"}
BLIND: Answers = {"eval": "none", "tried": "nothing"}


FACT_ROWS: list[tuple[str, Answers, str, str]] = [
    ("fact weak_eval", {}, "eval", "none anecdotal"),
    ("fact nothing_scored", {}, "tried", "nothing informal"),
    (
        "fact something_scored",
        {},
        "tried",
        "prompt_measured fewshot_measured rag_measured",
    ),
    ("fact needs_facts", {}, "goal", "knowledge"),
    ("fact needs_facts", {"knowledge_size": "small"}, "traceability", "required"),
    ("fact facts_only", {}, "goal", "knowledge"),
    ("fact cost_may_matter", {}, "volume", "gt_10m"),
    ("fact narrow_task", {}, "task_shape", "narrow_stable narrow_shifting"),
    ("fact narrow_skill", NARROW, "goal", "task_skill"),
    ("fact special_language", {}, "domain_vocab", "niche private"),
    ("fact fast", {}, "latency", "tight hard"),
    ("fact can_run_training", {}, "mlops", "ready"),
    ("fact can_run_training", {"mlops": "ready"}, "team", "dedicated"),
    ("fact training_touched", {}, "state", "in_cycle live_tuned failed_or_paused"),
    ("fact wrong_cure", {}, "goal", "knowledge style consistency reasoning_agent"),
    ("fact language_ok", {}, "domain_vocab", "general"),
    ("fact language_ok", {"domain_vocab": "niche"}, "domain_evidence", "base_ok"),
    ("fact facts_stand_still", {}, "knowledge_size", "none"),
    ("fact facts_stand_still", {"knowledge_size": "small"}, "change_rate", "static"),
    ("fact works_today", MET, "quality_gap", "met"),
    (
        "fact works_today",
        MET | {"knowledge_size": "small", "change_rate": "static"},
        "traceability",
        "none helpful",
    ),
    ("fact enough_examples", {}, "examples", "curated hundreds thousands"),
    ("fact examples_first", {}, "goal", "style consistency"),
    (
        "fact examples_first",
        STYLE,
        "examples",
        "curated hundreds thousands unlabelled_logs",
    ),
]
VOLUMES_THAT_MATTER = "100k_1m 1m_10m gt_10m"
REASON_ROWS: list[tuple[str, Answers, str, str]] = [
    ("measured C1", NOTATION, "format_need", "schema bespoke"),
    ("measured C1", NOTATION, "format_evidence", "fails_constrained"),
    ("claimed C1", {"format_evidence": "unknown"}, "format_need", "bespoke"),
    ("claimed C1", NOTATION, "format_evidence", "not_measured fails_unconstrained"),
    ("measured C2", SCORED, "prefix_cost", "material"),
    ("measured C2", DEAR, "volume", VOLUMES_THAT_MATTER),
    ("measured C2", DEAR | {"volume": "gt_10m"}, "unit_economics", "too_high"),
    (
        "measured C2",
        DEAR | {"volume": "gt_10m"},
        "prefix_cost",
        "not_computed material",
    ),
    ("claimed C2", {}, "unit_economics", "too_high"),
    ("claimed C2", {"volume": "gt_10m"}, "unit_economics", "not_computed"),
    ("claimed C2", {}, "volume", "gt_10m"),
    ("measured C3", STRANGE, "domain_vocab", "niche private"),
    ("measured C3", STRANGE, "domain_evidence", "base_fails"),
    ("claimed C3", STRANGE, "domain_evidence", "not_tested"),
    ("measured X1", X1, "goal", "task_skill"),
    ("measured X1", X1, "quality_gap", "large"),
    ("measured X1", X1, "tried", "prompt_measured fewshot_measured rag_measured"),
    ("measured X1", X1, "examples", "hundreds thousands"),
    ("measured X1", X1, "example_quality", "not_checked consistent"),
    (
        "measured X1",
        X1 | {"domain_vocab": "industry"},
        "domain_evidence",
        "not_tested base_fails",
    ),
    ("claimed X1", X1 | {"tried": "unknown"}, "quality_gap", "large"),
    ("claimed X1", SKILL, "examples", "unlabelled_logs"),
    (
        "claimed X1",
        SKILL | {"quality_gap": "unknown"},
        "examples",
        "hundreds thousands unlabelled_logs",
    ),
    ("measured X2", SLOW, "latency", "tight hard"),
    ("measured X2", SLOW, "latency_evidence", "missed"),
    ("claimed X2", SLOW, "latency_evidence", "not_measured"),
    ("measured X3", SERVERS, "hosting", "self_host"),
    ("measured X3", SERVERS, "task_shape", "narrow_stable narrow_shifting"),
    ("measured X3", SERVERS, "unit_economics", "not_computed too_high"),
    ("measured X3", SERVERS, "volume", f"10k_100k {VOLUMES_THAT_MATTER}"),
    ("claimed X3", SCORED, "hosting", "self_host"),
]
BLOCKER_ROWS: list[tuple[str, Answers, str, str]] = [
    ("blocker rights_prohibited", {}, "data_rights", "prohibited"),
    ("blocker too_few_examples", {}, "examples", "none few"),
    ("blocker platform_unavailable", {}, "platform", "unavailable"),
    ("blocker broad_task", {}, "task_shape", "broad"),
]
FIT = FACTS | {"hosting": "cloud_ok"}
CONTEXT_ROWS: list[tuple[str, Answers, str, str]] = [
    ("context keep_prompt", MET, "tried", "prompt_measured"),
    ("context keep_examples", MET, "tried", "fewshot_measured"),
    ("context keep_retrieval", MET, "tried", "rag_measured"),
    (
        "context facts_own_servers",
        FACTS | {"hosting": "self_host"},
        "knowledge_size",
        "small medium",
    ),
    (
        "context facts_own_servers",
        FACTS | {"knowledge_size": "small"},
        "hosting",
        "self_host",
    ),
    ("context facts_fit", FIT, "knowledge_size", "small medium"),
    (
        "context facts_fit",
        FIT | {"knowledge_size": "small"},
        "context_fit",
        "fits tight",
    ),
    ("context facts_retrieved", FIT, "knowledge_size", "large huge"),
    ("context facts_unsized", {}, "goal", "knowledge"),
    ("context examples_teach", {}, "examples", "curated hundreds thousands"),
    ("context examples_teach", STYLE, "example_quality", "not_checked consistent"),
    (
        "context examples_teach",
        {"examples": "hundreds", "knowledge_size": "none"},
        "goal",
        "knowledge format style consistency task_skill cost_latency",
    ),
]
SMALL_SET = TRAINED | {"eval": "small_set"}
CLAIMED: Answers = {"latency": "hard"}
# A teacher is asked about, and speed is no reason.
SOON: Answers = {"mlops": "partial", "latency": "tight", "latency_evidence": "met"}
VERDICT_ROWS: list[tuple[str, Answers, str, str]] = [
    ("verdict settle_rights", TRAINED, "data_rights", "unclear"),
    ("verdict settle_labels", SLOW, "example_quality", "inconsistent"),
    ("verdict prove_at_stake", SMALL_SET, "regulatory", "regulated high_risk"),
    ("verdict prove_at_stake", SMALL_SET, "error_cost", "high"),
    (
        "verdict prove_at_stake",
        SMALL_SET | {"error_cost": "high"},
        "eval",
        "small_set",
    ),
    ("verdict distil_small", SLOW, "quality_gap", "met small"),
    ("verdict distil_small", SLOW, "teacher_rights", "cleared"),
    # A format or a skill is learnt by training, not from a teacher.
    ("verdict distil_small", NOTATION | SOON, "teacher_rights", ""),
    ("verdict distil_small", X1 | SOON, "teacher_rights", ""),
    (
        "verdict distil_small",
        SLOW | {"quality_gap": "met"},
        "mlops",
        "partial ready",
    ),
    ("verdict train", TRAINED, "mlops", "ready"),
    ("verdict claims_first", CLAIMED, "eval", "none anecdotal"),
    ("verdict claims_first", CLAIMED, "tried", "nothing informal"),
    ("verdict claims_first", CLAIMED | SCORED, "state", "planned"),
    (
        "verdict measure_live",
        FACTS | BLIND | {"regulatory": "regulated"},
        "state",
        "live_tuned",
    ),
    (
        "verdict measure_live",
        FACTS | BLIND | {"state": "live_tuned"},
        "regulatory",
        "regulated high_risk",
    ),
    ("verdict stop_cycle", FACTS, "state", "in_cycle live_tuned failed_or_paused"),
    (
        "verdict freeze_closing",
        {"state": "live_tuned"},
        "platform",
        "closing unavailable",
    ),
    ("verdict freeze_closing", {"platform": "closing"}, "state", "live_tuned"),
    ("verdict plan_blind", BLIND, "state", "planned"),
]
DISTILLED = SLOW | {"quality_gap": "met"}
CAUTION_ROWS: list[tuple[str, Answers, str, str]] = [
    ("caution teacher_barred", DISTILLED, "teacher_rights", "barred"),
    ("caution teacher_unclear", DISTILLED, "teacher_rights", "unclear"),
    ("caution closing", TRAINED, "platform", "closing"),
    ("caution restricted_data", TRAINED, "data_rights", "restricted"),
    ("caution labels_unchecked", TRAINED, "example_quality", "not_checked"),
    ("caution safety_retest", TRAINED, "regulatory", "regulated high_risk"),
    ("caution safety_retest", TRAINED, "error_cost", "high"),
    ("caution moving_rules", TRAINED, "task_shape", "narrow_shifting"),
    (
        "caution moving_rules",
        NOTATION | {"eval": "solid_set", "mlops": "ready", "team": "dedicated"},
        "task_shape",
        "narrow_shifting",
    ),
    ("caution region", TRAINED, "hosting", "region_bound"),
]
SHOWN_ROWS: list[tuple[str, Answers, str, str]] = [
    ("shown format_evidence", {}, "format_need", "schema bespoke"),
    ("shown latency_evidence", {}, "latency", "tight hard"),
    ("shown domain_evidence", {}, "domain_vocab", "industry niche private"),
    ("shown change_rate", {}, "knowledge_size", "small medium large huge"),
    ("shown traceability", {}, "knowledge_size", "small medium large huge"),
    (
        "shown example_quality",
        {},
        "examples",
        "few curated hundreds thousands unlabelled_logs",
    ),
    ("shown teacher_rights", {}, "goal", "cost_latency"),
    ("shown teacher_rights", {}, "unit_economics", "too_high"),
    ("shown teacher_rights", {}, "latency", "tight hard"),
    ("shown teacher_rights", {}, "hosting", "self_host"),
    ("shown teacher_rights", {}, "examples", "unlabelled_logs"),
]
ROWS = [
    *FACT_ROWS,
    *REASON_ROWS,
    *BLOCKER_ROWS,
    *CONTEXT_ROWS,
    *VERDICT_ROWS,
    *CAUTION_ROWS,
    *SHOWN_ROWS,
]
