"""A change that lets another question decide leads to no one verdict."""

from datetime import date
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.deciding.flips import Flip
from audits.scoring.exchange import document
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.summary.actions import actions
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS

FRAMEWORK = current()
DAY = date(2026, 11, 28)
PASSED = "Which approach passes"


def assessed(name: str, *, open_only: bool = False, **answers: Any) -> Assessment:
    codes = read(FRAMEWORK, {**ANSWERS[name], **answers})
    levels = {q: level for q, level in LEVELS.items() if q in codes}
    inputs = Inputs(codes=codes, levels=levels)
    return assess_on(FRAMEWORK, inputs, DAY, open_only=open_only)


def no_gap(found: Assessment) -> Flip:
    return next(
        flip
        for flip in found.flips
        if [(x.question, x.option) for x in flip.changes] == [("quality_gap", "met")]
    )


def test_no_gap_depends_on_what_then_meets_the_target() -> None:
    found = assessed("train_small_part")

    flip = no_gap(found)

    assert flip.depends_on == (PASSED,)
    assert flip.sentence == (
        f"If “Gap to the target” were “No gap”: it would depend on “{PASSED}”."
    )
    [first, *_] = actions(FRAMEWORK, found)
    assert first == flip
    assert document.load(document.dump(found)) == found


@pytest.mark.parametrize(
    "name", ["prompt_long_context", "train_small_part", "fine_tune", "stop_fine_tuning"]
)
def test_panel_and_check_of_a_draft_say_alike_on_what_a_change_depends(
    name: str,
) -> None:
    panel = assessed(name, open_only=True, quality_gap="unknown")
    check = assessed(name, quality_gap="unknown")

    told = {flip.changes: flip for flip in check.flips}
    assert any(flip.depends_on for flip in panel.flips)
    assert [told[flip.changes] for flip in panel.flips] == [*panel.flips]


def test_what_leads_to_one_verdict_says_so_and_comes_first() -> None:
    found = assessed("few_shot")

    first, *_, last = actions(FRAMEWORK, found)

    assert first.depends_on == ()
    assert last.depends_on == (PASSED,)


def test_an_answer_that_was_given_before_says_which_verdict_follows() -> None:
    found = assessed("train_small_part", passed="rules")

    flip = no_gap(found)

    assert flip.depends_on == ()
    assert flip.verdict == "untuned_model"
