import re
from pathlib import Path

import pytest

from audits.frameworks.loading.loader import load, published
from audits.strict_yaml.problems import Problem, RefusedFileError
from tests.frameworks.edited_pack import (
    NEWEST,
    PACK,
    changed,
    check_all_refused,
    line_of,
    problems_of,
)

# Places of the published file that are changed more than once.
LABEL = "label: What is wrong"
STATE = "state_question: state"
SETTLE = "{blocked: false}, {question: data_rights, is: unclear}"
FACTS = "{id: knowledge, name: Facts, "


# Each row: the text replaced, its replacement, a text on the line at fault, the key
# and the message.
SHAPES = {
    "unknown key": (
        STATE,
        f"{STATE}\nsumary: x",
        "sumary",
        "sumary",
        'unknown key (did you mean "summary"?)',
    ),
    "unknown key whose value is on the next line": (
        STATE,
        f"{STATE}\nsumary:\n  - x",
        "sumary",
        "sumary",
        'unknown key (did you mean "summary"?)',
    ),
    "unknown key of an option": (
        FACTS,
        f"{FACTS}tick: x, ",
        FACTS,
        "questions[goal].options[knowledge].tick",
        'unknown key (did you mean "ticked"?)',
    ),
    "unknown technique": (
        "push: {distil: 2, prompt: 1}",
        "push: {distill: 2, prompt: 1}",
        "distill: 2",
        "questions[goal].options[cost_latency].push.distill",
        'unknown key (did you mean "distil"?)',
    ),
    "missing key": (
        f"    {LABEL}\n",
        "",
        "- id: goal\n",
        "questions[goal].label",
        "is missing",
    ),
    "missing key of an option": (
        FACTS,
        "{id: knowledge, ",
        "{id: knowledge, text",
        "questions[goal].options[knowledge].name",
        "is missing",
    ),
    "missing technique": (
        "techniques: {prompt: Prompt with long context, ",
        "techniques: {",
        "#",
        "techniques.prompt",
        "is missing",
    ),
    "doubled key": (
        "version: 1\n",
        "version: 1\nversion: 2\n",
        "version: 2",
        "version",
        "given already on line 4",
    ),
    "number for text": (
        LABEL,
        "label: 12",
        "label: 12",
        "questions[goal].label",
        'must be text; write "12" in quotes',
    ),
    "bare no for text": (
        LABEL,
        "label: no",
        "label: no",
        "questions[goal].label",
        'must be text; write "no" in quotes',
    ),
    "empty text": (
        LABEL,
        'label: ""',
        'label: ""',
        "questions[goal].label",
        "must not be empty",
    ),
    "list for text": (
        LABEL,
        "label: [What is wrong]",
        "label: [What",
        "questions[goal].label",
        "must be text",
    ),
    "text for a number": (
        "version: 1\n",
        "version: one\n",
        "version: one",
        "version",
        "must be a whole number",
    ),
    "fraction for a number": (
        "medium_unknowns: 2",
        "medium_unknowns: 2.5",
        "medium_unknowns",
        "confidence.medium_unknowns",
        "must be a whole number",
    ),
    "bare no for true or false": (
        SETTLE,
        SETTLE.replace("false", "no"),
        "{blocked: no}",
        "verdict_rules[settle_rights].when.all[2].blocked",
        "must be true or false",
    ),
    "quoted text for true or false": (
        SETTLE,
        SETTLE.replace("false", '"false"'),
        '{blocked: "false"}',
        "verdict_rules[settle_rights].when.all[2].blocked",
        "must be true or false",
    ),
    "text for a list": (
        "sources: [ruler, art_replaced]",
        "sources: ruler",
        "sources: ruler\n",
        "computed[context_fit].sources",
        "must be a list",
    ),
    "text for a mapping": (
        "unproven_when: {fact: unproven}",
        "unproven_when: unproven",
        "unproven_when",
        "unproven_when",
        "must be a mapping of keys to values",
    ),
    "unknown kind of question": (
        "kind: several",
        "kind: severl",
        "kind: severl",
        "questions[goal].kind",
        'unknown value "severl" (did you mean "several"?)',
    ),
}


def test_each_of_these_shapes_is_refused(tmp_path: Path) -> None:
    check_all_refused(tmp_path / "v1.yaml", SHAPES.values())


def test_several_mistakes_come_in_one_list_in_line_order(tmp_path: Path) -> None:
    text = changed(
        (SETTLE, SETTLE.replace("false", "no")),
        (LABEL, "label: 12"),
        (STATE, f"{STATE}\nsumary: x"),
    )

    problems = problems_of(tmp_path / "v1.yaml", text)

    assert problems == (
        Problem(
            line_of(text, "sumary"),
            "sumary",
            'unknown key (did you mean "summary"?)',
        ),
        Problem(
            line_of(text, "label: 12"),
            "questions[goal].label",
            'must be text; write "12" in quotes',
        ),
        Problem(
            line_of(text, "{blocked: no}"),
            "verdict_rules[settle_rights].when.all[2].blocked",
            "must be true or false",
        ),
    )


def test_blocker_is_excepted_only_from_laws_of_forgetting(tmp_path: Path) -> None:
    (at,) = re.findall(r"  - id: broad_task\n.*\n", NEWEST)
    edit = (at, f"{at}    excepted_from: {{S2: A reason, S9: A reason}}\n")
    text = changed(edit, pack=NEWEST)

    assert problems_of(tmp_path / "v2.yaml", text) == (
        Problem(
            line_of(text, "excepted_from: {S2: A reason, S9"),
            "blockers[broad_task].excepted_from.S9",
            "unknown key (one of S2, S3, S4)",
        ),
    )


def test_refusal_names_the_file_the_line_and_the_key(tmp_path: Path) -> None:
    file = tmp_path / "v1.yaml"
    file.write_text(changed((LABEL, "label: 12")), encoding="utf-8")
    line = line_of(PACK, LABEL)

    with pytest.raises(RefusedFileError) as caught:
        load(file)

    assert str(caught.value) == (
        f'v1.yaml:{line}: questions[goal].label: must be text; write "12" in quotes'
    )


def test_version_that_does_not_ship_is_refused() -> None:
    with pytest.raises(
        LookupError, match="no framework fine_tuning version 99 in this release"
    ):
        published("fine_tuning", 99)
