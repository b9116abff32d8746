"""Version 2 as its golden numbers were worked out: without questions added since.

How many questions apply, which answers are unknown and what could flip a verdict change
with every question. Who adds one need not work them all out again.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.conditions import Condition
from audits.frameworks.evaluation import Code
from audits.frameworks.question_order import QuestionOrder
from audits.frameworks.schema import Framework
from audits.frameworks.to_training import PathsToTraining
from audits.scoring import assess
from audits.scoring.deciding.circumstances import Circumstances

QUESTIONS = frozenset(
    [
        *("goal", "state", "tried", "eval", "quality_gap", "passed", "task_shape"),
        *("incumbent", "retry", "component", "examples", "trial", "traceability"),
        *("knowledge_size", "change_rate", "checker", "pairs", "unit_economics"),
        *("latency", "latency_evidence", "volume", "smaller_model", "format_need"),
        *("format_evidence", "domain_vocab", "domain_evidence", "hosting", "teacher"),
        *("mlops", "team", "example_quality", "data_rights", "platform"),
        *("teacher_rights", "regulatory", "error_cost", "iteration", "tenants"),
        "portability",
    ]
)


def added(framework: Framework) -> tuple[str, ...]:
    """Return the questions that were added since, in document order."""
    return tuple(q.id for q in framework.questions if q.id not in QUESTIONS)


def pinned(framework: Framework) -> Framework:
    """Return the framework without other questions and the rows that read them.

    A row of the two tables of rules that reads one stays, and fails to be decided: that
    changes what the golden numbers are about.
    """
    since = set(added(framework))

    def reads_none(*conditions: Condition | None) -> bool:
        return all(since.isdisjoint(framework.read_by(each)) for each in conditions)

    return replace(
        framework,
        questions=tuple(q for q in framework.questions if q.id in QUESTIONS),
        facts=tuple(f for f in framework.facts if reads_none(f.when, f.unless)),
        blockers=tuple(b for b in framework.blockers if reads_none(b.when, b.unless)),
        ruled_out=tuple(r for r in framework.ruled_out if reads_none(r.when)),
        gates=tuple(g for g in framework.gates if reads_none(g.holds, g.applies)),
        cautions=tuple(c for c in framework.cautions if reads_none(c.when)),
        question_order=_without(framework.question_order, since),
        contradictions=tuple(
            row for row in framework.contradictions if since.isdisjoint(row.answers)
        ),
        to_training=_paths(framework.to_training, since),
    )


def read_by(framework: Framework, case: Mapping[str, Any]) -> dict[str, Code]:
    """Return the answers of a case to the questions that the framework has.

    A case may answer questions added since, which a pinned framework does not have.
    """
    return read(framework, {q: case[q] for q in framework.answerable if q in case})


def answering_the_rest(
    framework: Framework, case: Mapping[str, Any], under: Circumstances
) -> dict[str, Any]:
    """Return a case with the questions added since answered, and its verdict as it was.

    Of each that the case leaves out, the first option is picked that changes nothing.
    """
    found, before = dict(case), pinned(framework)
    verdict = assess(before, read_by(before, case), under).verdict
    left = (q for q in added(framework) if q not in case)
    for question in map(framework.question_by_id.__getitem__, left):
        parts = question.ticks or question.options
        picks = [p.id if question.kind == "one" else [p.id] for p in parts]
        tried = ({**found, question.id: pick} for pick in picks)
        found = next(
            given
            for given in tried
            if assess(framework, read(framework, given), under).verdict == verdict
        )
    return found


def _paths(paths: PathsToTraining | None, since: set[str]) -> PathsToTraining | None:
    if paths is None:
        return None
    ready = {q: code for q, code in paths.ready.items() if q not in since}
    needs = tuple(need for need in paths.needs if since.isdisjoint(need))
    return PathsToTraining(ready=ready, needs=needs)


def _without(order: QuestionOrder | None, since: set[str]) -> QuestionOrder | None:
    if order is None:
        return None
    kept = {
        part: tuple(q for q in getattr(order, part) if q not in since)
        for part in ("first", "once_needed")
    }
    then = tuple(row for row in order.then if since.isdisjoint(row.questions))
    return replace(order, then=then, **kept)
