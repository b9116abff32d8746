"""A model that passes is not known before one could."""

from datetime import date
from pathlib import Path

import pytest

from audits.frameworks.loading import loader
from audits.frameworks.loading.loader import load
from audits.scoring.history.capability import (
    CapabilityReading,
    known_on,
    verdict_known_on,
)
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs
from tests.frameworks.edited_pack import NEWEST, changed

FRAMEWORK = loader.current()
BEFORE, AFTER = date(2022, 12, 1), date(2023, 3, 14)
# A scored prompt meets the target, so it is kept.
WORKS = Inputs(
    codes={
        "goal": ("task_skill",),
        "state": "none",
        "tried": ("instructions", "examples"),
        "eval": "solid_set",
        "quality_gap": "met",
        "examples": "curated",
        "teacher": "fails",
    },
    levels={"tried": "measured", "eval": "measured", "quality_gap": "measured"},
)


def test_answer_that_a_model_passes_waits_for_the_first_that_could() -> None:
    assert known_on(FRAMEWORK, WORKS, AFTER) == WORKS

    known = known_on(FRAMEWORK, WORKS, BEFORE)

    assert known.codes == {q: x for q, x in WORKS.codes.items() if q != "quality_gap"}
    assert (known.levels, known.numbers) == (WORKS.levels, WORKS.numbers)


@pytest.mark.parametrize("gap", ["large", "often_wrong"])
def test_answer_that_models_fall_short_keeps_its_place(gap: str) -> None:
    short = Inputs(codes={**WORKS.codes, "quality_gap": gap})

    assert known_on(FRAMEWORK, short, BEFORE) == short


def test_chosen_model_without_a_score_counts_from_its_release() -> None:
    chosen = Inputs(codes=WORKS.codes, numbers={"model": "claude-sonnet-5-5"})

    assert "quality_gap" not in known_on(FRAMEWORK, chosen, date(2025, 1, 1)).codes
    assert known_on(FRAMEWORK, chosen, date(2026, 11, 24)) == chosen


def test_reading_counts_verdicts_and_what_was_not_known() -> None:
    machine = TimeMachine(FRAMEWORK, BEFORE, AFTER)
    short = Inputs(codes={**WORKS.codes, "quality_gap": "large"}, levels=WORKS.levels)

    for day, waiting in ((BEFORE, 1), (AFTER, 0)):
        reading = CapabilityReading(day)
        for each in (WORKS, short):
            verdict, is_waiting = verdict_known_on(machine, each, day)
            reading.add(verdict, is_waiting=is_waiting)

        assert reading.waiting == waiting
        known = [
            machine.verdict(known_on(FRAMEWORK, each, day), day)
            for each in (WORKS, short)
        ]
        assert sorted(reading.verdicts.elements()) == sorted(known)


def test_answer_that_a_model_passes_is_marked_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "v2.yaml"
    gap = "text: At the target or above it., good_enough: true}"
    text = changed((gap, "text: At the target or above it.}"), pack=NEWEST)
    file.write_text(text, encoding="utf-8")

    assert known_on(load(file), WORKS, BEFORE) == WORKS
