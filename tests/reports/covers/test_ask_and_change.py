"""Page 1 asks for what its headline says, and for no change that nobody can bring."""

from datetime import date

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.one_page.changes import as_event
from audits.reports.page_one import page_one
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.advice_rows import asked, lower_first
from audits.scoring.explaining.advised_ways import as_outcome
from audits.scoring.explaining.for_board import for_board
from audits.scoring.inputs import Inputs
from audits.scoring.summary.actions import (
    actions,
    changes_in_order,
    changes_told,
    is_another_use_case,
    possible_changes,
    setback,
)
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS

FRAMEWORK = current()
ALONE = "No single step of the team would change the verdict."
NOBODY = "; no planned step tests this."
LATER_TEST = "; a later test could show this."


def assessed(verdict: str, **answers: str) -> Assessment:
    codes = read(FRAMEWORK, ANSWERS[verdict] | answers)
    levels = {name: level for name, level in LEVELS.items() if name in codes}
    return assess_on(FRAMEWORK, Inputs(codes=codes, levels=levels), date(2026, 11, 24))


def test_ask_keeps_what_the_headline_keeps() -> None:
    found = assessed("prompt_long_context")
    assert "Use a written prompt" in found.headline

    said = asked(FRAMEWORK, found)

    assert said == (
        "Agree to use what you tested, since it meets the target, and to spend "
        "nothing on training."
    )


def test_ask_fits_a_prompt_that_is_not_there_and_one_that_misses() -> None:
    found = assessed("prompt_long_context", quality_gap="large")
    assert found.verdict == "prompt_long_context"
    assert "it meets the target" not in found.headline

    assert asked(FRAMEWORK, found).startswith("Agree to write or improve the prompt")


@pytest.mark.parametrize("verdict", ANSWERS)
def test_change_is_one_that_people_bring_about_or_says_that_none_is(
    verdict: str,
) -> None:
    found = assessed(verdict)
    steps = actions(FRAMEWORK, found)
    others = changes_in_order(FRAMEWORK, found)
    certain = [flip for flip in others if not flip.depends_on]
    [flip] = (changes_told(FRAMEWORK, found) or certain or others)[:1]

    said = page_one(FRAMEWORK, found, Cover(), "Triage").change

    if ALONE in said:  # only another use case would have another verdict
        assert all(is_another_use_case(FRAMEWORK, flip) for flip in found.flips)
        return
    if not steps and "“Written prompt”" in said:  # what the first step finds out
        return
    worse = None if steps else setback(FRAMEWORK, found)
    assert (LATER_TEST in said) == bool(worse)
    assert (NOBODY in said) == (not steps and not worse)
    events = " and ".join(as_event(FRAMEWORK, each) for each in flip.changes)
    assert said.startswith(f"If {for_board(events)}, the ")
    [plain] = {x.verdict_name for x in found.flips if x.verdict == flip.verdict}
    name = as_outcome(found, flip.verdict, plain)
    would_be = f"the verdict would be “{lower_first(name)}”"
    then = f"the answer to “{'” and “'.join(flip.depends_on)}” would decide"
    assert (then if flip.depends_on else would_be) in said
    assert "one tested, better than" not in said


@pytest.mark.parametrize("verdict", ANSWERS)
def test_paper_lists_changes_that_can_happen_and_work_of_people_first(
    verdict: str,
) -> None:
    found = assessed(verdict)
    listed = possible_changes(FRAMEWORK, found)
    first = actions(FRAMEWORK, found)

    assert listed[: len(first)] == first
    assert not any(is_another_use_case(FRAMEWORK, flip) for flip in listed)
    told = {(x.question, x.option) for flip in listed for x in flip.changes}
    assert not told & {("task_shape", "table"), ("task_shape", "rules")}
