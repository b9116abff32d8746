from pathlib import Path

from audits.strict_yaml.problems import Problem
from tests.frameworks.edited_pack import PACK, check_all_refused, problems_of

# Places of the published file that are changed more than once.
TRAIN_LATER = "verdict: fine_tune_after_mlops"


# Each row: the text replaced, its replacement, a text on the line at fault, the key
# and the message.
REFERENCES = {
    "section of a question": (
        "id: format_need\n    section: format",
        "id: format_need\n    section: fromat",
        "section: fromat",
        "questions[format_need].section",
        'no section "fromat" (did you mean "format"?)',
    ),
    "source of a question": (
        "sources: [lora_land, cases]\n    options:\n      - {id: met",
        "sources: [lora_lnd, cases]\n    options:\n      - {id: met",
        "lora_lnd",
        "questions[quality_gap]",
        'no source "lora_lnd" (did you mean "lora_land"?)',
    ),
    "source of a computed value": (
        "sources: [ruler, art_replaced]",
        "sources: [rular, art_replaced]",
        "rular",
        "computed[context_fit]",
        'no source "rular" (did you mean "ruler"?)',
    ),
    "source of a rule": (
        "sources: [art_hidden, art_sense]}",
        "sources: [art_hiden, art_sense]}",
        "art_hiden",
        "verdict_rules[train_later].sources",
        'no source "art_hiden" (did you mean "art_hidden"?)',
    ),
    "question of the state": (
        "state_question: state",
        "state_question: stat",
        "state_question",
        "state_question",
        'no question "stat" (did you mean "state"?)',
    ),
    "question of the faults": (
        "faults_question: goal",
        "faults_question: gaol",
        "faults_question",
        "faults_question",
        'no question "gaol" (did you mean "goal"?)',
    ),
    "state of which several may be picked": (
        "state_question: state",
        "state_question: goal",
        "state_question",
        "state_question",
        "must be a question that one option answers",
    ),
    "tick of an option": (
        "ticked: [demo]",
        "ticked: [dmo]",
        "dmo",
        "questions[tried].options[informal]",
        'no tick "dmo" (did you mean "demo"?)',
    ),
    "ticks that no option waits for": (
        "name: None, text: Nobody checks., ",
        "name: None, text: Nobody checks., ticks_at_least: 1, ",
        "id: eval",
        "questions[eval]",
        "no option applies when nothing is ticked",
    ),
    "ticks of a question that takes one option": (
        "id: mlops\n    section: ability\n    kind: ticks",
        "id: mlops\n    section: ability\n    kind: one",
        "id: mlops",
        "questions[mlops].ticks",
        "need kind: ticks, and kind: ticks needs them",
    ),
    "doubled option": (
        "{id: format, name: Format,",
        "{id: knowledge, name: Format,",
        "{id: knowledge, name: Format,",
        "goal.options",
        'id "knowledge" is used twice',
    ),
    "doubled tick": (
        "{id: monitoring, ",
        "{id: suite, ",
        "Monitoring with owner",
        "mlops.ticks",
        'id "suite" is used twice',
    ),
    "doubled rule": (
        "{id: plan_blind,",
        "{id: stop_cycle,",
        "Measure before the plan",
        "verdict_rules",
        'id "stop_cycle" is used twice',
    ),
    "option called unknown": (
        "{id: internal, ",
        "{id: unknown, ",
        "{id: unknown, ",
        "questions[regulatory].options[unknown]",
        '"unknown" is an answer to every question',
    ),
    "option without a push and without a reason for none": (
        ", no_push: A right to train is no reason to train}",
        "}",
        "licence that allows it",
        "questions[data_rights].options[clear]",
        "needs either push, or no_push with the reason",
    ),
    "option with a push and a reason for none": (
        "no_push: A right to train is no reason to train}",
        "push: {prompt: 1}, no_push: A right to train is no reason to train}",
        "licence that allows it",
        "questions[data_rights].options[clear]",
        "needs either push, or no_push with the reason",
    ),
    "computed value without a push": (
        ", no_push: Nothing was computed}\n      - {id: immaterial",
        "}\n      - {id: immaterial",
        "The numbers are missing",
        "computed[prefix_cost].options[not_computed]",
        "needs either push, or no_push with the reason",
    ),
    "push beyond the scale": (
        "push: {distil: 2, prompt: 1}",
        "push: {distil: 4, prompt: 1}",
        "push: {distil: 4, prompt: 1}",
        "questions[goal].options[cost_latency]",
        "a push must be from -3 to 3",
    ),
    "row without a condition before the last": (
        f"{TRAIN_LATER}, when: {{all: [{{any_reason: measured}}, {{blocked: false}}]}}",
        TRAIN_LATER,
        "id: train_later",
        "verdict_rules[train_later]",
        "has no condition, so no row after it can be reached",
    ),
    "last row with a condition": (
        'remains.", verdict: context_layer, ',
        'remains.", verdict: context_layer, when: {blocked: true}, ',
        "id: no_training",
        "verdict_rules[no_training]",
        "the last row must have no condition",
    ),
    "day that is none": (
        'published: "2026-11-25"',
        'published: "2026-11-31"',
        "2026-11-31",
        "published",
        "must be a day, written like 2026-11-25",
    ),
    "state without a headline": (
        "      planned: Use retrieval. Do not start fine-tuning yet.\n",
        "",
        "name: Retrieval (RAG)",
        "verdicts.rag.headlines",
        'no headline for the state "planned"',
    ),
    "headline of a state that is no option": (
        "      planned: Use retrieval. Do not start fine-tuning yet.\n",
        "      planned: Use retrieval.\n      planed: Use retrieval.\n",
        "planed",
        "verdicts.rag.headlines",
        'no state "planed" (did you mean "planned"?)',
    ),
}


def test_each_of_these_references_is_refused(tmp_path: Path) -> None:
    check_all_refused(tmp_path / "v1.yaml", REFERENCES.values())


def test_table_without_rows_is_refused(tmp_path: Path) -> None:
    start, end = PACK.index("verdict_rules:\n"), PACK.index("cautions:\n")
    text = f"{PACK[:start]}verdict_rules: []\n\n{PACK[end:]}"

    problems = problems_of(tmp_path / "v1.yaml", text)

    assert problems == (Problem(1, "verdict_rules", "must have at least one row"),)
