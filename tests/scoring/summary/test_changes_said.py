"""Answers that would do the same are named together."""

from datetime import date

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.summary.changes_said import alike, by_doing
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS

FRAMEWORK = current()


def assessed(verdict: str) -> Assessment:
    codes = read(FRAMEWORK, ANSWERS[verdict])
    levels = {name: level for name, level in LEVELS.items() if name in codes}
    return assess_on(FRAMEWORK, Inputs(codes=codes, levels=levels), date(2026, 11, 24))


def test_answers_that_no_condition_tells_apart_are_named_together() -> None:
    found = assessed("few_shot")
    change = next(
        change
        for flip in found.flips
        for change in flip.changes
        if (change.question, change.option) == ("examples", "none")
    )

    assert alike(FRAMEWORK, found, change) == ("1 to 9",)


def test_nobody_measures_what_has_to_be_asked() -> None:
    found = assessed("few_shot")
    said = {
        flip.changes[0].question: by_doing(FRAMEWORK, found, flip)
        for flip in found.flips
        if len(flip.changes) == 1 and flip.way == "measure"
    }

    assert (said["task_shape"], said["example_quality"]) == (
        "Still unknown",
        "Not measured yet",
    )
