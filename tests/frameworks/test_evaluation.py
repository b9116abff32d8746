from dataclasses import replace

import pytest

from audits.frameworks import conditions as c
from audits.frameworks.evaluation import (
    Code,
    EvaluationContext,
    evaluate,
    holds,
    is_certain,
)
from audits.frameworks.loading.loader import published
from audits.frameworks.rules import Fact

FRAMEWORK = published("fine_tuning", 1)

# Three conditions of known worth, for the answers that `at` gives.
YES = c.Is("volume", "gt_10m")
NO = c.Is("volume", "lt_10k")
OPEN = c.Is("latency", "tight")


def at(*conditions: c.Condition | None, **answers: Code) -> EvaluationContext:
    """Return answers to a framework that has these conditions too."""
    parts = tuple(each for each in conditions if each is not None)
    split = replace(FRAMEWORK.split, when=c.All((FRAMEWORK.split.when, *parts)))
    framework = replace(FRAMEWORK, split=split)
    return EvaluationContext(framework, {"volume": "gt_10m"} | answers)


def worth_of(condition: c.Condition, **answers: Code) -> bool | None:
    context = at(condition, **answers)
    worth = evaluate(condition, context)
    assert is_certain(condition, context) is (worth is True)
    return worth


@pytest.mark.parametrize(
    ("parts", "worth"),
    [
        ((), True),
        ((YES,), True),
        ((NO,), False),
        ((OPEN,), None),
        ((YES, YES), True),
        ((YES, NO), False),
        ((YES, OPEN), None),
        ((NO, YES), False),
        ((NO, NO), False),
        ((NO, OPEN), False),
        ((OPEN, YES), None),
        ((OPEN, NO), False),
        ((OPEN, OPEN), None),
    ],
)
def test_all_follows_kleene(
    parts: tuple[c.Condition, ...], *, worth: bool | None
) -> None:
    assert worth_of(c.All(parts)) is worth


@pytest.mark.parametrize(
    ("parts", "worth"),
    [
        ((), False),
        ((YES,), True),
        ((NO,), False),
        ((OPEN,), None),
        ((YES, YES), True),
        ((YES, NO), True),
        ((YES, OPEN), True),
        ((NO, YES), True),
        ((NO, NO), False),
        ((NO, OPEN), None),
        ((OPEN, YES), True),
        ((OPEN, NO), None),
        ((OPEN, OPEN), None),
    ],
)
def test_any_follows_kleene(
    parts: tuple[c.Condition, ...], *, worth: bool | None
) -> None:
    assert worth_of(c.Any(parts)) is worth


@pytest.mark.parametrize(("part", "worth"), [(YES, False), (NO, True), (OPEN, None)])
def test_not_follows_kleene(part: c.Condition, *, worth: bool | None) -> None:
    assert worth_of(c.Not(part)) is worth


@pytest.mark.parametrize(
    ("leaf", "answers", "worth"),
    [
        (c.Is("eval", "none"), {"eval": "none"}, True),
        (c.Is("eval", "none"), {"eval": "solid_set"}, False),
        (c.Is("eval", "none"), {"eval": "unknown"}, None),
        (c.Is("eval", "none"), {}, None),
        (c.In("eval", ("none", "anecdotal")), {"eval": "anecdotal"}, True),
        (c.In("eval", ("none", "anecdotal")), {"eval": "production"}, False),
        (c.In("eval", ("none", "anecdotal")), {}, None),
        (c.Includes("goal", ("style",)), {"goal": ("format", "style")}, True),
        (c.Includes("goal", ("style",)), {"goal": ("format",)}, False),
        (c.Includes("goal", ("style",)), {"goal": "unknown"}, None),
        (c.Includes("goal", ("style",)), {}, None),
        (c.Only("goal", ("style",)), {"goal": ("style",)}, True),
        (c.Only("goal", ("style", "format")), {"goal": ("style",)}, True),
        (c.Only("goal", ("style",)), {"goal": ("style", "format")}, False),
        (c.Only("goal", ("style",)), {"goal": ()}, False),
        (c.Only("goal", ("style",)), {}, None),
        (c.AtLeast("volume", "1m_10m"), {"volume": "1m_10m"}, True),
        (c.AtLeast("volume", "1m_10m"), {"volume": "gt_10m"}, True),
        (c.AtLeast("volume", "1m_10m"), {"volume": "100k_1m"}, False),
        (c.AtLeast("volume", "1m_10m"), {"volume": "unknown"}, None),
        (c.Known("eval", known=True), {"eval": "none"}, True),
        (c.Known("eval", known=True), {"eval": "unknown"}, False),
        (c.Known("eval", known=True), {}, False),
        (c.Known("eval", known=False), {"eval": "none"}, False),
        (c.Known("eval", known=False), {"eval": "unknown"}, True),
        (c.Known("eval", known=False), {}, True),
    ],
)
def test_answer_leaf_is_worth(
    leaf: c.Condition, answers: dict[str, Code], *, worth: bool | None
) -> None:
    assert worth_of(leaf, **answers) is worth


@pytest.mark.parametrize(
    ("when", "unless", "worth"),
    [
        (YES, None, True),
        (NO, None, False),
        (OPEN, None, None),
        (YES, YES, False),
        (YES, OPEN, True),
        (c.Any((NO, c.All((YES, YES)))), None, True),
    ],
)
def test_fact_is_worth_its_condition_wherever_it_is_read(
    when: c.Condition, unless: c.Condition | None, *, worth: bool | None
) -> None:
    context = at(when, unless)
    fact = Fact(id="told", text="", when=when, unless=unless)
    framework = replace(context.framework, facts=(*FRAMEWORK.facts, fact))
    context = EvaluationContext(framework, context.answers)
    leaf = c.FactHolds("told")

    assert context.facts["told"] is worth
    assert evaluate(leaf, context) is worth
    assert evaluate(c.All((YES, leaf)), context) is worth
    assert evaluate(c.Any((NO, leaf)), context) is worth
    assert evaluate(c.Not(leaf), context) is (None if worth is None else not worth)


@pytest.mark.parametrize(
    ("leaf", "worth"),
    [
        (c.ReasonStands("C1", ("measured",)), True),
        (c.ReasonStands("C2", ("measured", "claimed")), True),
        (c.ReasonStands("C2", ("measured",)), False),
        (c.ReasonStands("C3", ("absent",)), True),
        (c.AnyReason("measured"), True),
        (c.AnyReason("claimed"), True),
        (c.AnyReason("absent"), True),
        (c.OnlyReasons(("C1",)), True),
        (c.OnlyReasons(("C1", "X2")), True),
        (c.OnlyReasons(("C2", "C3")), False),
        (c.Blocked(blocked=True), True),
        (c.Blocked(blocked=False), False),
    ],
)
def test_leaf_on_what_is_decided_is_worth(leaf: c.Condition, *, worth: bool) -> None:
    place = at()
    place.reasons.update({"C1": "measured", "C2": "claimed", "C3": "absent"})
    place.blocked = True

    assert evaluate(leaf, place) is worth


@pytest.mark.parametrize(
    ("leaf", "worth"),
    [
        (c.AnyReason("measured"), False),
        (c.OnlyReasons(("C1",)), False),
        (c.Blocked(blocked=True), False),
        (c.Blocked(blocked=False), True),
    ],
)
def test_leaf_where_nothing_is_decided_is_worth(
    leaf: c.Condition, *, worth: bool
) -> None:
    assert worth_of(leaf) is worth


@pytest.mark.parametrize(
    ("when", "unless", "worth"),
    [
        (None, None, True),
        (YES, None, True),
        (NO, None, False),
        (OPEN, None, None),
        (None, YES, False),
        (None, NO, True),
        (None, OPEN, True),
        (YES, YES, False),
        (YES, NO, True),
        (YES, OPEN, True),
        (NO, OPEN, False),
        (OPEN, YES, False),
        (OPEN, NO, None),
        (OPEN, OPEN, None),
    ],
)
def test_unless_cancels_only_what_is_known(
    when: c.Condition | None, unless: c.Condition | None, *, worth: bool | None
) -> None:
    assert holds(when, unless, at(when, unless)) is worth


def test_leaves_of_a_tree_come_left_to_right() -> None:
    tree = c.All((YES, c.Any((c.Not(NO), OPEN)), c.Blocked(blocked=True)))

    assert c.leaves(tree) == (YES, NO, OPEN, c.Blocked(blocked=True))


@pytest.mark.parametrize(
    ("leaf", "subject"),
    [
        (YES, "volume"),
        (c.Known("goal", known=True), "goal"),
        (c.FactHolds("fast"), "fast"),
        (c.MarketReaches("largest_window", 1), "largest_window"),
        (c.MarketExists("enforced_output", exists=True), "enforced_output"),
        (c.ReasonStands("C1", ("measured",)), "C1"),
        (c.AnyReason("claimed"), "reasons"),
        (c.OnlyReasons(("C1",)), "reasons"),
        (c.Blocked(blocked=True), "blockers"),
    ],
)
def test_subject_of_a_leaf_is_what_it_reads(leaf: c.Leaf, subject: str) -> None:
    assert c.subject(leaf) == subject


def test_condition_reads_each_subject_once_and_facts_by_what_they_read() -> None:
    [rule] = [row for row in FRAMEWORK.verdict_rules if row.id == "claims_first"]

    assert list(FRAMEWORK.read_by(rule.when)) == [
        *("reasons", "blockers", "eval", "tried", "state")
    ]
