"""A paper of version 1 recommends one option, and says what goes with it."""

import json
from pathlib import Path
from typing import Any

import pytest

from audits.frameworks.loading.loader import published
from audits.scoring import Assessment, assess
from audits.scoring.options.options import options
from tests.examples import some_of
from tests.scoring.option_rows import TRAINED, Answers

FRAMEWORK = published("fine_tuning", 1)
CASES = Path(__file__).parents[2] / "audits/frameworks/packs/fine_tuning/v1.cases.jsonl"
LINES = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def named(found: Assessment) -> list[str]:
    return [option.name for option in options(FRAMEWORK, found)]


def test_what_is_trained_is_recommended_and_the_simpler_approach_goes_with_it() -> None:
    answers: Answers = TRAINED | {"eval": ("two_hundred", "rerun")}
    found = assess(FRAMEWORK, answers)
    assert (found.trained_layer, found.context_layer) == ("fine_tune", "few_shot")

    first, second, *others = named(found)

    assert first.endswith(" (recommended)")
    assert second.endswith(" (with it)")
    assert not [name for name in others if name.endswith(("ommended)", "with it)"))]


@pytest.mark.parametrize("line", some_of(LINES, 16), ids=lambda line: str(line["id"]))
def test_every_published_case_has_one_recommended_option(
    line: dict[str, Any],
) -> None:
    answers = {
        key: tuple(code) if isinstance(code, list) else code
        for key, code in line["facts"].items()
    }
    found = assess(FRAMEWORK, answers)

    marked = [name for name in named(found) if name.endswith("(recommended)")]
    chosen = [x.name for x in options(FRAMEWORK, found) if x.is_chosen]

    assert len(marked) == 1
    assert chosen == marked
