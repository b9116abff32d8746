"""What is proposed, and what leads to training, changes by editing the YAML alone."""

from pathlib import Path
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current, load
from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.assess import assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.summary.actions import (
    actions,
    changes_in_order,
    is_another_use_case,
)
from audits.scoring.summary.to_training import to_training
from tests.frameworks.edited_pack import NEWEST, changed
from tests.scoring.live_prompts import LIVE_FACTS, LIVE_PROMPT
from tests.scoring.worked_cases import TRAINING_CASE

ASSERTED = Circumstances(unmarked="asserted")
SKILL = LIVE_PROMPT | {"goal": ["task_skill"], "examples": "few", "checker": "none"}


def edited(directory: Path, *edits: tuple[str, str]) -> Framework:
    file = directory / "v2.yaml"
    file.write_text(changed(*edits, pack=NEWEST), encoding="utf-8")
    return load(file)


def assessed(
    framework: Framework, answers: dict[str, Any], under: Circumstances = ASSERTED
) -> Assessment:
    return assess(framework, read(framework, answers), under)


def proposed(
    framework: Framework, answers: dict[str, Any], under: Circumstances = ASSERTED
) -> set[tuple[str, str]]:
    found = actions(framework, assessed(framework, answers, under))
    return {(x.question, x.option) for flip in found for x in flip.changes}


def test_part_that_is_known_at_once_is_not_found_out(tmp_path: Path) -> None:
    faults = {"goal": ["task_skill"], "state": "none"}
    before = proposed(current(), faults)
    assert ("component", "retriever") in before

    framework = edited(
        tmp_path, ('text: "It finds passages."}', "known_at_once: true}")
    )

    assert ("component", "retriever") not in proposed(framework, faults)


def test_work_does_not_aim_at_an_option_without_an_aim(tmp_path: Path) -> None:
    measured = Circumstances(unmarked="measured")
    few = TRAINING_CASE | {"examples": "few"}
    [aim] = aims(current(), few, measured)

    text = NEWEST[NEWEST.index(f"      - {{id: {aim}, name") :].partition("\n")[0]
    framework = edited(tmp_path, (text, f"{text[:-1]}, no_aim: true}}"))

    assert aim not in aims(framework, few, measured)


def aims(
    framework: Framework, answers: dict[str, Any], under: Circumstances
) -> set[str]:
    found = proposed(framework, answers, under)
    return {option for question, option in found if question == "examples"}


def test_team_is_not_told_to_swap_reviewed_examples_for_clicks() -> None:
    measured = Circumstances(unmarked="measured")

    for held in ("few", "curated", "hundreds", "thousands"):
        assert "clicks" not in aims(current(), SKILL | {"examples": held}, measured)
        assert "clicks" not in aims(
            current(), TRAINING_CASE | {"examples": held}, measured
        )


def test_change_that_another_answer_rules_out_is_not_told(tmp_path: Path) -> None:
    answers = LIVE_FACTS | {
        "tried": ["instructions"],
        "quality_gap": "often_wrong",
        "knowledge_size": "none",
        "task_shape": "narrow_stable",
    }
    assert ("tried", "documents") not in told(current(), answers)

    search = 'Retrieval: passages found for each request."\n        tests: [rag]'
    framework = edited(
        tmp_path,
        (
            f"{search}\n        ruled_out_by: {{knowledge_size: [none]}}\n",
            f"{search}\n        ruled_out_by: {{knowledge_size: [huge]}}\n",
        ),
    )

    assert ("tried", "documents") in told(framework, answers)


def told(framework: Framework, answers: dict[str, Any]) -> set[tuple[str, str]]:
    found = changes_in_order(framework, assessed(framework, answers))
    return {(x.question, x.option) for flip in found for x in flip.changes}


def test_use_case_is_another_where_the_file_says_so(tmp_path: Path) -> None:
    defined = {"task_shape", "component", "domain_vocab"}
    before = current()
    assert others(before) <= defined
    assert "task_shape" in others(before)

    question = "[lora_land, cases]\n    options:\n      - {id: narrow_stable"
    framework = edited(
        tmp_path,
        (
            f"    defines_use_case: true\n    sources: {question}",
            f"    sources: {question}",
        ),
    )

    assert others(framework) == others(before) - {"task_shape"}


def others(framework: Framework) -> set[str]:
    found = changes_in_order(framework, assessed(framework, SKILL))
    return {
        change.question
        for flip in found
        if is_another_use_case(framework, flip)
        for change in flip.changes
        if change.way == "world"
    }


def test_paths_to_training_are_those_of_the_file(tmp_path: Path) -> None:
    before = current()
    path = to_training(before, assessed(before, SKILL))
    assert path
    assert "Automatic check" not in {label for label, *_ in path.answers}
    start = NEWEST.index("    - {quality_gap: large}\n")
    rows = NEWEST[start : NEWEST.index("\nquestion_order:\n")]

    framework = edited(
        tmp_path,
        (rows, "    - {quality_gap: large, checker: automatic}\n"),
        ("    examples: hundreds\n    example_quality", "    example_quality"),
    )
    path = to_training(framework, assessed(framework, SKILL))

    assert path
    assert path.verdict
    assert "Automatic check" in {label for label, *_ in path.answers}


def test_without_paths_in_the_file_none_is_looked_for(tmp_path: Path) -> None:
    start, end = NEWEST.index("to_training:\n"), NEWEST.index("question_order:\n")

    framework = edited(tmp_path, (NEWEST[start:end], ""))

    assert to_training(framework, assessed(framework, SKILL)) is None
