"""The framework that ships is proved; edited ones are found out."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from audits.frameworks import conditions as c
from audits.frameworks.loading.loader import PACKS, load, published
from audits.frameworks.schema import Framework
from audits.scoring.proofs.golden import golden
from audits.scoring.proofs.parts import ProofProblem
from audits.scoring.proofs.proving import problems, unused

FRAMEWORK = published("fine_tuning", 1)
FOLDER = PACKS / "fine_tuning"
PACK = (FOLDER / "v1.yaml").read_text(encoding="utf-8")
FACTS, VERDICT_RULES = "\nfacts:\n", "\nverdict_rules:\n"
NO_TRAINING = "\n  - {id: no_training,"

# These contradict each other, since one who needs no exact format is asked no more.
NEVER = (
    "{all: [{question: format_need, is: free}, "
    "{question: format_evidence, known: true}]}"
)
ALWAYS = "{any: [{question: team, known: true}, {question: team, known: false}]}"


def edited(directory: Path, *edits: tuple[str, str]) -> Framework:
    """Return the published framework as it is after some edits of its file."""
    text = PACK
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = directory / "v1.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def fact(an_id: str, when: str) -> tuple[str, str]:
    return FACTS, f"{FACTS}  - {{id: {an_id}, text: Made up, {when}}}\n"


def rule(an_id: str, when: str, before: str = NO_TRAINING) -> tuple[str, str]:
    row = (
        f"\n  - {{id: {an_id}, name: Made up, text: Made up., verdict: distil, {when}, "
        "sources: [terms]}"
    )
    return before, row + before


# So does `tests/frameworks/test_check.py`, in every run.
@pytest.mark.thorough
def test_everything_in_the_framework_can_come_about() -> None:
    assert problems(FRAMEWORK) == ()


def test_everything_in_the_framework_is_used() -> None:
    assert unused(FRAMEWORK) == ()


def test_published_cases_and_boundaries_are_met() -> None:
    cases, boundaries = FOLDER / "v1.cases.jsonl", FOLDER / "v1.boundaries.jsonl"

    missed = {problem.where for problem in golden(FRAMEWORK, cases)}

    assert golden(FRAMEWORK, boundaries) == ()
    assert golden(FRAMEWORK, cases, may_miss=3) == ()
    assert len(missed) == 3


def test_dead_rule_comes_with_the_rule_that_shadows_it(tmp_path: Path) -> None:
    lines = PACK.splitlines(keepends=True)
    train = next(line for line in lines if "{id: train," in line)
    later = next(line for line in lines if "{id: train_later," in line)

    framework = edited(tmp_path, (train + later, later + train))

    assert problems(framework) == (
        ProofProblem("verdicts[fine_tune]", "no answers give this verdict"),
        ProofProblem(
            "verdict_rules[train]",
            "never fires: “train_later” comes before it and holds whenever it does",
        ),
    )


def test_dead_rule_comes_with_the_rules_that_shadow_it_together(
    tmp_path: Path,
) -> None:
    framework = edited(tmp_path, rule("late", "when: {any_reason: measured}"))

    assert problems(framework) == (
        ProofProblem(
            "verdict_rules[late]",
            "never fires: “train_later”, “need_blocked” come before it, and one holds "
            "whenever it does",
        ),
    )


# What a fact x says, with the place at fault, and what is said of it.
SETTLED = [
    (f"when: {NEVER}", "facts[x].when", "never holds"),
    (f"when: {ALWAYS}", "facts[x].when", "always holds"),
    ("when: {fact: y}, unless: {fact: y}", "facts[x]", "never holds"),
    (
        f"when: {{any: [{{fact: y}}, {NEVER}]}}",
        "facts[x].when.any[2]",
        "never holds",
    ),
    (
        f"when: {{all: [{{fact: y}}, {{not: {NEVER}}}]}}",
        "facts[x].when.all[2]",
        "always holds",
    ),
    (
        "when: {all: [{fact: y}, {market: largest_window, at_least: 0}]}",
        "facts[x].when.all[2]",
        "always holds",
    ),
]


def test_conditions_that_are_settled_beforehand_are_found(tmp_path: Path) -> None:
    made = "".join(
        f"  - {{id: x{number}, text: Made up, {when}}}\n"
        for number, (when, _, _) in enumerate(SETTLED)
    )
    other = "  - {id: y, text: Made up, when: {question: state, is: planned}}\n"

    framework = edited(tmp_path, (FACTS, f"{FACTS}{other}{made}"))

    assert Counter(problems(framework)) == Counter(
        ProofProblem(where.replace("[x]", f"[x{number}]"), sentence)
        for number, (_, where, sentence) in enumerate(SETTLED)
    )


def test_rule_that_cancels_itself_is_found(tmp_path: Path) -> None:
    planned = "{question: state, is: planned}"

    framework = edited(tmp_path, rule("odd", f"when: {planned}, unless: {planned}"))

    assert problems(framework) == (
        ProofProblem(
            "verdict_rules[odd]", "never fires: it never holds when it is asked"
        ),
    )


def test_rule_whose_condition_never_holds_is_found_once(tmp_path: Path) -> None:
    framework = edited(tmp_path, rule("odd", f"when: {NEVER}"))

    assert problems(framework) == (
        ProofProblem("verdict_rules[odd].when", "never holds"),
    )


def test_question_that_is_never_asked_is_found(tmp_path: Path) -> None:
    old = "{question: format_need, in: [schema, bespoke]}, because: Asked because the"
    new = (
        "{all: [{question: format_need, is: free}, {question: format_need, known: "
        "false}]}, because: Asked because the"
    )

    found = problems(edited(tmp_path, (old, new)))

    where = "questions[format_evidence].visible.when"
    assert found[0] == ProofProblem(where, "never holds")


def test_answers_without_a_row_are_found() -> None:
    rules = FRAMEWORK.verdict_rules

    found = problems(replace(FRAMEWORK, verdict_rules=rules[:-1]))

    assert [problem.where for problem in found] == ["verdict_rules", "verdicts"]
    assert found[0].sentence.startswith("no row fires for ")


def test_answers_without_a_row_are_named() -> None:
    others = c.In("state", ("none", "in_cycle", "live_tuned", "failed_or_paused"))
    but_planned = c.Any((c.Known("state", known=False), others))
    last = replace(FRAMEWORK.verdict_rules[-1], when=but_planned)

    found = problems(replace(FRAMEWORK, verdict_rules=(last,)))

    [gap] = [problem for problem in found if problem.where == "verdict_rules"]
    assert "state: planned" in gap.sentence


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        (fact("idle", "when: {question: state, is: planned}"), "facts[idle]"),
        (
            (
                "\nmarket:\n",
                "\nmarket:\n  - {id: idle, label: Idle, text: Idle, unit: x, "
                "assumed: 1}\n",
            ),
            "market[idle]",
        ),
        (
            ("\nsources:\n", "\nsources:\n  idle: {title: Idle}\n"),
            "sources[idle]",
        ),
        (
            (
                "\ncomputed:\n",
                "\ncomputed:\n  - {id: idle, label: Idle, text: Idle, sources: [terms],"
                " options: [{id: x, name: X, text: X., no_push: Idle}]}\n",
            ),
            "computed[idle]",
        ),
        (
            ("ticked_any: [instructions, stronger_model]", "ticked: [documents]"),
            "questions[tried].options[prompt_measured]",
        ),
    ],
)
def test_what_nothing_uses_is_found(
    tmp_path: Path, edit: tuple[str, str], where: str
) -> None:
    found = unused(edited(tmp_path, edit))

    assert [problem.where for problem in found] == [where]


def test_option_that_takes_every_tick_can_be_ticked(tmp_path: Path) -> None:
    some = "name: Four or five, text: Nearly all practices., ticks_at_least: 4"
    every = some.replace("ticks_at_least: 4", "ticks_at_least: 5")

    assert unused(edited(tmp_path, (some, every))) == ()


def written(directory: Path, **expected: object) -> Path:
    """Return a file with the one case of a style that is wrong."""
    case = {"id": "style", "facts": {"goal": ["style"]}, **expected}
    file = directory / "cases.jsonl"
    file.write_text(json.dumps(case), "utf-8")
    return file


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        (
            {"acceptable_verdicts": ["rag", "distil"]},
            "gets few_shot, not rag or distil",
        ),
        (
            {"acceptable_verdicts": ["few_shot"], "context_layers": ["rag"]},
            "gets the layer few_shot, not rag",
        ),
        (
            {"acceptable_verdicts": ["few_shot"], "trained_layer": "distil"},
            "trains None, not distil",
        ),
    ],
)
def test_case_with_another_verdict_is_found(
    tmp_path: Path, expected: dict[str, object], sentence: str
) -> None:
    file = written(tmp_path, **expected)

    assert golden(FRAMEWORK, file) == (ProofProblem("style", sentence),)
    assert golden(FRAMEWORK, file, may_miss=1) == ()


def test_case_as_it_should_be_is_none(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        acceptable_verdicts=["few_shot"],
        context_layers=["few_shot"],
        trained_layer=None,
    )

    assert golden(FRAMEWORK, file) == ()


def test_case_that_cannot_be_read_is_found_however_many_may_miss(
    tmp_path: Path,
) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "odd", "facts": {"team": "borowed"}}\n{', "utf-8")

    found = golden(FRAMEWORK, file, may_miss=9)

    assert [problem.where for problem in found] == ["line 1", "line 2"]
    assert "team" in found[0].sentence


def test_cases_that_are_missing_are_found(tmp_path: Path) -> None:
    (problem,) = golden(FRAMEWORK, tmp_path / "v9.cases.jsonl")

    assert problem.where == "v9.cases.jsonl"


def test_what_needs_no_solver_imports_none() -> None:
    program = "import sys, audits.scoring.proofs.proving; sys.exit('z3' in sys.modules)"

    subprocess.run([sys.executable, "-c", program], check=True)
