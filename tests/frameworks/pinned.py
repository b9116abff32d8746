"""The framework as its golden numbers were worked out: without questions added since.

How many questions apply, which answers are unknown and what could flip a verdict change
with every question. Who adds one need not work them all out again.
"""

from dataclasses import replace

from audits.frameworks.conditions import Condition
from audits.frameworks.schema import Framework

QUESTIONS = frozenset(
    [
        "goal",
        "state",
        "tried",
        "eval",
        "quality_gap",
        "format_need",
        "format_evidence",
        "volume",
        "unit_economics",
        "latency",
        "latency_evidence",
        "domain_vocab",
        "domain_evidence",
        "knowledge_size",
        "change_rate",
        "traceability",
        "examples",
        "example_quality",
        "data_rights",
        "hosting",
        "teacher_rights",
        "regulatory",
        "error_cost",
        "iteration",
        "mlops",
        "team",
        "task_shape",
        "platform",
    ]
)


def pinned(framework: Framework) -> Framework:
    """Return the framework without other questions and the rows that read them.

    A row of the two tables of rules that reads one stays, and fails to be decided: that
    changes what the golden numbers are about.
    """
    added = framework.question_by_id.keys() - QUESTIONS

    def reads_none(*conditions: Condition | None) -> bool:
        return all(added.isdisjoint(framework.read_by(each)) for each in conditions)

    return replace(
        framework,
        questions=tuple(q for q in framework.questions if q.id in QUESTIONS),
        facts=tuple(f for f in framework.facts if reads_none(f.when, f.unless)),
        blockers=tuple(b for b in framework.blockers if reads_none(b.when, b.unless)),
        cautions=tuple(c for c in framework.cautions if reads_none(c.when)),
    )
