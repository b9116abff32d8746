"""Tables of version 2 with one row changed, each so that it breaks a law."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from audits.frameworks import conditions as c
from audits.frameworks.loading.loader import published
from audits.frameworks.schema import Framework

FRAMEWORK = published("fine_tuning", 2)


def edited(table: str, row_id: str, **changes: Any) -> Framework:
    """Return the framework with some fields of one row replaced.

    A change that is a function is given what was there.
    """
    rows = getattr(FRAMEWORK, table)
    assert row_id in {row.id for row in rows}
    edits: dict[str, Any] = {
        table: tuple(_with(row, changes) if row.id == row_id else row for row in rows)
    }
    return replace(FRAMEWORK, **edits)


def _with(row: Any, changes: dict[str, Any]) -> Any:
    made = {
        name: change(getattr(row, name)) if callable(change) else change
        for name, change in changes.items()
    }
    return replace(row, **made)


def also(*parts: c.Condition) -> Callable[[c.Condition], c.Condition]:
    return lambda when: c.All((when, *parts))


def instead(*parts: c.Condition) -> Callable[[c.Condition], c.Condition]:
    return lambda when: c.Any((when, *parts))


CHECKABLE = c.FactHolds("checkable")
CHECKED = c.FactHolds("independent_check")
DISAGREE = c.In("example_quality", ("inconsistent",))
TRAINS = c.AnyReason("measured")
NOT_BLOCKED = c.Blocked(blocked=False)
SKILL = c.Includes("goal", ("task_skill",))
# An answer that only strengthens the case.
_STRENGTHENS = next(
    q
    for q in FRAMEWORK.questions
    if q.section == FRAMEWORK.strengthening_section and q.kind == "one"
)
STRENGTHENED = c.In(_STRENGTHENS.id, (_STRENGTHENS.options[-1].id,))
# What is proved, by law: a name for the fault, and the tables that have it.
PROVED: list[tuple[str, str, Framework]] = [
    (
        "S2",
        "blocker that a blank lifts",
        edited(
            "blockers",
            "labels_disagree",
            when=c.All((DISAGREE, c.Not(CHECKED))),
            unless=None,
        ),
    ),
    (
        "S2",
        "small part that nothing argues for",
        edited("reasons", "X6", when=instead(c.Lacks(c.In("checker", ("none",))))),
    ),
    (
        "S3",
        "gate that is waived where a model is live",
        edited("gates", "platform", holds=instead(c.FactHolds("small_part"))),
    ),
    (
        "S3",
        "gate that good news alone opens",
        edited("gates", "price", holds=instead(c.ReasonStands("X8", ("measured",)))),
    ),
    (
        "S4",
        "worst answer that forbids what a blank does not",
        edited("blockers", "broad_task", when=instead(c.In("team", ("none",)))),
    ),
    (
        "S5",
        "blocker that a claim lifts",
        edited(
            "blockers",
            "broad_task",
            when=instead(c.Proven(c.In("quality_gap", ("small",)))),
        ),
    ),
    (
        "S9",
        "test set that need not be shown",
        edited(
            "reasons",
            "X2",
            when=c.All((c.FactHolds("fast"), c.In("latency_evidence", ("missed",)))),
        ),
    ),
    (
        "S9",
        "training in spite of a blocker",
        edited("verdict_rules", "train", when=c.All((TRAINS, c.FactHolds("can_run")))),
    ),
    (
        "S13",
        "means that are a reason",
        edited("reasons", "X1", when=instead(c.In("mlops", ("ready",)))),
    ),
    (
        "S13",
        "plan that is a reason",
        edited("reasons", "X1", when=instead(c.In("state", ("planned",)))),
    ),
    (
        "S17",
        "limit without data",
        edited("facts", "limit_data", when=instead(c.FactHolds("limit"))),
    ),
    (
        "S17",
        "limit that is not shown to leave a miss",
        edited("reasons", "X8", when=c.FactHolds("limit_case")),
    ),
    (
        "S9",
        "count of labels that need not be shown",
        edited("reasons", "X6", when=lambda when: c.All(when.parts[:2])),
    ),
    (
        "S18",
        "check against the labels themselves",
        edited("blockers", "labels_disagree", unless=CHECKABLE),
    ),
    (
        "S19",
        "limit that nobody need be able to run",
        edited("verdict_rules", "train", when=c.All((TRAINS, NOT_BLOCKED))),
    ),
    (
        "S17",
        "baseline that is not asked for",
        edited("gates", "baseline", applies=c.ReasonStands("X3", ("measured",))),
    ),
]
# What is proved of one set of answers, by an example of it.
OF_ONE_USE_CASE = {"S6", "S10", "S11", "S12", "S14"}
# What is tried on random answers alone.
TRIED: list[tuple[str, Framework]] = [
    ("S6", edited("step_rules", "write", when=None)),
    ("S8", edited("verdict_rules", "gather", when=c.FactHolds("something_scored"))),
    ("S10", edited("reasons", "C2", when=lambda w: c.All(w.parts[:-2]), unless=None)),
    (
        "S11",
        edited("facts", "limit_case", when=lambda when: c.All(when.parts[:-1])),
    ),
    ("S18", edited("blockers", "labels_disagree", unless=CHECKABLE)),
    ("S12", edited("reasons", "X1", when=lambda when: c.All(when.parts[1:-1]))),
    ("S14", edited("verdict_rules", "keep_live", unless=None)),
    ("S15", edited("reasons", "C3", when=also(STRENGTHENED))),
]
