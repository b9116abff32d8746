from pathlib import Path

from tests.frameworks.edited_pack import check_all_refused

# Places of the published file that are changed more than once.
UNPROVEN = "unproven_when: {fact: unproven}"
SETTLE = "{blocked: false}, {question: data_rights, is: unclear}"
C1_STANDS = "{any: [{reason: C1, stands: [measured, claimed]}"
NARROW_SKILL = "{question: goal, includes: [task_skill]}, {fact: narrow_task}"


# Each row: the text replaced, its replacement, a text on the line at fault, the key
# and the message.
CONDITIONS = {
    "unknown kind of condition": (
        UNPROVEN,
        "unproven_when: {fct: unproven}",
        "{fct: unproven}",
        "unproven_when",
        'a condition needs exactly one kind (did you mean "fact"?)',
    ),
    "two kinds of condition": (
        UNPROVEN,
        "unproven_when: {fact: unproven, blocked: false}",
        "unproven_when",
        "unproven_when",
        'a condition needs exactly one kind (did you mean "fact"?)',
    ),
    "condition with a key of another kind": (
        UNPROVEN,
        "unproven_when: {fact: unproven, in: [none]}",
        "unproven_when",
        "unproven_when.in",
        "does not go with fact",
    ),
    "condition without parts": (
        UNPROVEN,
        "unproven_when: {all: []}",
        "unproven_when",
        "unproven_when.all",
        "must not be empty",
    ),
    "question without a test": (
        SETTLE,
        "{blocked: false}, {question: data_rights, iss: unclear}",
        "iss: unclear",
        "verdict_rules[settle_rights].when.all[3]",
        "needs exactly one of is, in, includes, only, at_least, known",
    ),
    "reason without statuses": (
        C1_STANDS,
        "{any: [{reason: C1}",
        "{reason: C1}",
        "blockers[broad_task].unless.any[1].stands",
        "is missing",
    ),
    "reason with an unknown standing": (
        C1_STANDS,
        "{any: [{reason: C1, stands: [mesured]}",
        "mesured",
        "blockers[broad_task].unless.any[1].stands",
        'unknown value "mesured" (did you mean "measured"?)',
    ),
    "`includes` where one option is picked": (
        "{question: mlops, is: ready}, unless:",
        "{question: mlops, includes: [ready]}, unless:",
        "id: can_run_training",
        "facts[can_run_training].when",
        "one option is picked; use `is` or `in`",
    ),
    "`is` where several may be picked": (
        NARROW_SKILL,
        "{question: goal, is: task_skill}, {fact: narrow_task}",
        "id: narrow_skill",
        "facts[narrow_skill].when",
        "several may be picked; use `includes`",
    ),
    "`at_least` of a question without an order": (
        "{question: volume, at_least: 100k_1m}",
        "{question: latency, at_least: tight}",
        "at_least: tight",
        "reasons[C2].when",
        "`at_least` needs an ordered question",
    ),
    "visible by a later question": (
        "visible: {when: {question: format_need, in: [schema, bespoke]}",
        "visible: {when: {question: latency, in: [tight, hard]}",
        "visible: {when: {question: latency, in: [tight, hard]}",
        "questions[format_evidence].visible.when",
        'no question "latency" comes before this one',
    ),
    "question that is not asked": (
        NARROW_SKILL,
        "{question: gaol, includes: [task_skill]}, {fact: narrow_task}",
        "id: narrow_skill",
        "facts[narrow_skill].when",
        'no question "gaol" (did you mean "goal"?)',
    ),
    "option that is not offered": (
        NARROW_SKILL,
        "{question: goal, includes: [task_skil]}, {fact: narrow_task}",
        "id: narrow_skill",
        "facts[narrow_skill].when",
        'no option "task_skil" (did you mean "task_skill"?)',
    ),
    "fact that is not there": (
        UNPROVEN,
        "unproven_when: {fact: weak_evl}",
        "unproven_when",
        "unproven_when",
        'no fact "weak_evl" (did you mean "weak_eval"?)',
    ),
    "fact that comes later": (
        NARROW_SKILL,
        "{question: goal, includes: [task_skill]}, {fact: examples_first}",
        "id: narrow_skill",
        "facts[narrow_skill].when",
        'no fact "examples_first" (did you mean "examples_fit"?)',
    ),
    "reason that is not there": (
        "{only_reasons: [C2, X2, X3]}",
        "{only_reasons: [C2, X2, X33]}",
        "X33",
        "verdict_rules[distil_small].when",
        'no reason "X33" (did you mean "X3"?)',
    ),
    "reasons before they are decided": (
        UNPROVEN,
        "unproven_when: {any_reason: measured}",
        "#",
        "unproven_when",
        "reasons are not decided yet at this point",
    ),
    "blockers before they are decided": (
        "when: {all: [{fact: works_today}, {question: tried, is: prompt_measured}]}",
        "when: {all: [{blocked: false}, {question: tried, is: prompt_measured}]}",
        "#",
        "context_rules[keep_prompt].when",
        "blockers are not decided yet at this point",
    ),
}


def test_each_of_these_conditions_is_refused(tmp_path: Path) -> None:
    check_all_refused(tmp_path / "v1.yaml", CONDITIONS.values())
