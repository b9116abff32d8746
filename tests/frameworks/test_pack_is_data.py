"""A question, an option's effect and a rule change by editing the YAML alone."""

import re
import textwrap
from pathlib import Path

import pytest

from audits.frameworks.conditions import In
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import PACKS, load
from audits.frameworks.schema import Framework
from audits.scoring import assess
from tests.frameworks.edited_pack import NEWEST, changed, line_of, problems_of

ROOT = Path(__file__).parents[2]
PACK = (PACKS / "fine_tuning" / "v1.yaml").read_text(encoding="utf-8")

# One narrow job with a large measured gap, enough examples and the means to train.
TRAINABLE: dict[str, Code] = {
    "goal": ("task_skill",),
    "task_shape": "narrow_stable",
    "quality_gap": "large",
    "tried": "rag_measured",
    "eval": "solid_set",
    "examples": "thousands",
    "mlops": "ready",
}


def edited(directory: Path, *edits: tuple[str, str]) -> Framework:
    """Return the published framework as it is after some edits of its file."""
    text = PACK
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = directory / "v1.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_unedited_copy_is_the_published_framework(tmp_path: Path) -> None:
    framework = edited(tmp_path)

    assert framework == load(PACKS / "fine_tuning" / "v1.yaml")
    assert assess(framework, TRAINABLE).verdict == "fine_tune"


def test_question_is_reworded(tmp_path: Path) -> None:
    framework = edited(
        tmp_path, ("How exact must the shape of the output be?", "What shape?")
    )

    assert framework.question_by_id["format_need"].text == "What shape?"
    assert assess(framework, TRAINABLE).verdict == "fine_tune"


def test_question_is_added_and_a_blocker_reads_it(tmp_path: Path) -> None:
    framework = edited(
        tmp_path,
        (
            "\ncomputed:\n",
            """
  - id: works_council
    section: ability
    kind: one
    label: Works council
    text: Does the works council agree?
    hint: In writing.
    why: Some agreements forbid training on what staff wrote.
    used: A no closes training.
    find_out: Ask its chair. One week.
    hours: 40
    sources: [terms]
    options:
      - {id: agreed, name: It agrees, text: In writing., no_push: No reason to train}
      - {id: against, name: It objects, text: Or has not said., push: {fine_tune: -3}}

computed:
""",
        ),
        (
            "\n# With opinions instead of",
            """
  - id: council_objects
    text: The works council objects
    when: {question: works_council, is: against}

# With opinions instead of""",
        ),
        (
            "\ncontext_rules:\n",
            """
  - id: council
    name: Works council
    text: The works council objects.
    mend: Ask for its consent.
    when: {fact: council_objects}
    sources: [terms]

context_rules:
""",
        ),
    )

    asked = assess(framework, {**TRAINABLE, "works_council": "agreed"})
    refused = assess(framework, {**TRAINABLE, "works_council": "against"})

    assert asked.verdict == "fine_tune"
    assert refused.verdict == "few_shot"
    assert refused.blockers == ("council",)


def test_push_of_an_option_is_changed(tmp_path: Path) -> None:
    framework = edited(
        tmp_path,
        (
            "text: More than 5 points below., push: {fine_tune: 2}",
            "text: More than 5 points below., push: {fine_tune: 3, rag: 1}",
        ),
    )

    before = {p.technique: p.total for p in assess(edited(tmp_path), TRAINABLE).pushes}
    after = {p.technique: p.total for p in assess(framework, TRAINABLE).pushes}

    assert after == before | {
        "fine_tune": before["fine_tune"] + 1,
        "rag": before["rag"] + 1,
    }


def test_verdict_of_a_rule_is_changed(tmp_path: Path) -> None:
    framework = edited(
        tmp_path,
        ("verdict: fine_tune, when:", "verdict: gather_evidence, when:"),
    )

    assert assess(framework, TRAINABLE).verdict == "gather_evidence"


def test_condition_of_a_rule_is_changed(tmp_path: Path) -> None:
    framework = edited(
        tmp_path,
        (
            "{blocked: false}, {fact: can_run_training}",
            "{blocked: false}, {fact: can_run_training}, "
            "{question: eval, is: production}",
        ),
    )

    with_small_proof = assess(framework, TRAINABLE)
    with_proof = assess(framework, {**TRAINABLE, "eval": "production"})

    assert with_small_proof.verdict == "fine_tune_after_mlops"
    assert with_proof.verdict == "fine_tune"


def test_rules_swap_places(tmp_path: Path) -> None:
    lines = PACK.splitlines(keepends=True)
    train = next(line for line in lines if "{id: train," in line)
    later = next(line for line in lines if "{id: train_later," in line)
    file = tmp_path / "swapped.yaml"
    file.write_text(PACK.replace(train + later, later + train), encoding="utf-8")

    framework = load(file)

    assert assess(framework, TRAINABLE).verdict == "fine_tune_after_mlops"


def test_question_and_fact_of_the_recipe_load(tmp_path: Path) -> None:
    recipes = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    blocks = re.findall(r"   ```yaml\n(.*?)   ```", recipes, re.DOTALL)
    question, fact = (textwrap.dedent(block) for block in blocks[:2])
    edits = (
        ("\ncomputed:\n", f"\n{textwrap.indent(question, '  ')}\ncomputed:\n"),
        ("\nfacts:\n", f"\n{fact}"),
    )
    file = tmp_path / "v2.yaml"
    file.write_text(changed(*edits, pack=NEWEST), encoding="utf-8")

    framework = load(file)

    assert framework.facts[0].when == In("fallback", ("nobody",))
    assert framework.question_by_id["fallback"].changes_by == "work"


@pytest.mark.parametrize(
    ("question", "old", "new", "message"),
    [
        ("eval", "better: later", "", "needs `better: later` or `better: earlier`"),
        (
            "hosting",
            "kind: one",
            "kind: one\n    better: later",
            "is for `changes_by: work`, and not for `kind: several`",
        ),
    ],
)
def test_work_says_which_options_are_better(
    tmp_path: Path, question: str, old: str, new: str, message: str
) -> None:
    before, start, after = NEWEST.partition(f"  - id: {question}\n")
    text = f"{before}{start}{after.replace(old, new, 1)}"

    [problem] = problems_of(tmp_path / "v2.yaml", text)

    assert (problem.key, problem.message) == (f"questions[{question}].better", message)
    assert problem.line == line_of(text, start)
