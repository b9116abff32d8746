"""A sentence of version 2 says only the half of a condition that holds."""

from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.scoring.deciding.flips import flips
from tests.scoring.deciding.test_principles_of_version_2 import (
    FRAMEWORK,
    MANUALS,
    READY,
    SCORED,
    SHOWN,
    assessed,
)


@pytest.mark.parametrize("answers", [MANUALS, {"goal": ["task_skill"]}])
def test_nobody_stays_with_what_does_not_exist_yet(answers: dict[str, Any]) -> None:
    nothing = {"state": "none", "tried": ["nothing"]}
    scored = {"tried": ["instructions"], "eval": "small_set", "quality_gap": "large"}

    assert assessed(answers | nothing).headline.startswith("Start with a written ")
    assert assessed(answers | scored).headline.startswith("Stay with a prompt: ")


def test_knowledge_that_was_counted_is_not_called_uncounted() -> None:
    counted = assessed(MANUALS | {"knowledge_size": "huge"})
    uncounted = assessed({**MANUALS, "knowledge_size": "unknown"})

    assert "does not fit in the context window, so use retrieval" in counted.lead
    assert "nothing shows that the text to be searched fits" in uncounted.lead


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        ("large", "falls short by more than 5 points"),
        ("often_wrong", "gets more than 20 of 100 answers wrong"),
    ],
)
@pytest.mark.parametrize(
    ("hosting", "place"), [("self_host", "On your own servers"), ("device", "On the ")]
)
def test_gap_and_place_are_those_of_the_case(
    gap: str, said: str, hosting: str, place: str
) -> None:
    found = assessed(SCORED | READY | {"quality_gap": gap, "hosting": hosting})

    assert found.lead.count(said) == 2
    assert place in found.lead


def test_part_learns_from_what_there_is() -> None:
    part = SCORED | READY | {"component": "classifier", "hosting": "cloud_ok"}

    assert "the reviewed examples that you have" in assessed(part).headline
    clicks = assessed(part | {"examples": "clicks"})
    assert "the clicks or machine labels that you have" in clicks.headline


def test_live_model_moves_for_what_ends() -> None:
    live = SCORED | READY | {"state": "live_tuned"}

    base = assessed(live | {"platform": "closing", "incumbent": "meets"})
    rules = assessed(live | {"incumbent": "outdated"})

    assert "rules" not in base.lead
    assert "base model" not in rules.lead


def test_flips_of_another_world_come_last() -> None:
    found = flips(FRAMEWORK, read(FRAMEWORK, SCORED), 2, SHOWN)

    worlds = [flip.way == "world" for flip in found]

    assert worlds == sorted(worlds)
    assert {len(flip.changes) for flip in found if flip.way != "world"} == {1, 2}
