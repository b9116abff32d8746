"""A change that lets another question decide leads to no one verdict."""

from datetime import date
from typing import Any

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
PASSED = "What meets the target"


def assessed(name: str, **answers: Any) -> Assessment:
    codes = read(FRAMEWORK, {**ANSWERS[name], **answers})
    levels = {q: level for q, level in LEVELS.items() if q in codes}
    return assess_on(FRAMEWORK, Inputs(codes=codes, levels=levels), DAY)


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
