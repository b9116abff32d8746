"""Portfolio and pack say whether training is approved, and what page 1 doubts."""

from dataclasses import replace
from typing import Any

import pytest
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import PortfolioRow, Role
from audits.portfolio.columns.listed import IN_FILES
from audits.reports.packs.pack_doubts import doubts_of
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.results_behind.approved_on import (
    AfterSignOff,
    approval_in_short,
    approved_on,
)
from audits.services.reviews.condition_steps import confirm_condition, meet_condition
from tests.casting import Cast
from tests.conditions import condition_of, sign_with, term
from tests.scoring.letters import letters, scored
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS


def cell(row: PortfolioRow, key: str) -> Any:
    [column] = [each for each in IN_FILES if each.key == key]
    return column.of(row)


def trains() -> Assessment:
    return letters(answers=TRAINING_CASE, levels=TRAINING_LEVELS, target=None)


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        ("approve", "Approve"),
        ("no_price", "Do not approve yet: training has no price"),
    ],
)
def test_approval_is_that_of_page_one(standing: Any, said: str) -> None:
    found = trains()
    assert found.advice
    advice = replace(
        found.advice, standing=standing, subject_to=(), unproven_answers=()
    )

    after = AfterSignOff(opened_by="Ines")

    told = approval_in_short(current(), replace(found, advice=advice), after)

    assert told == said


def test_approval_is_no_longer_open_once_the_board_has_decided() -> None:
    found = trains()
    assert found.advice
    advice = replace(
        found.advice, standing="approve", subject_to=(), unproven_answers=()
    )
    approved = replace(found, advice=advice)
    after = AfterSignOff(opened_by="Ines", decided="The board approved this.")

    told = approved_on(current(), approved, after=after)

    assert told == "All checks for training pass. The board approved this."
    assert approval_in_short(current(), approved, after) == "The board has decided"


def test_nothing_is_approved_where_nothing_is_trained() -> None:
    assert approval_in_short(current(), letters()) == ""


def test_pack_counts_what_page_one_does(cast: Cast) -> None:
    row = replace(scored("prompt", 30), errors=1)
    with scope(organization=cast.ours.organization):
        audit = cast.ours.submitted

        doubted, clear = doubts_of(audit, letters(row)), doubts_of(audit, letters())

    assert doubted == "1 case has no score."
    assert clear == ""


@pytest.mark.thorough
def test_row_says_what_became_of_a_condition(cast: Cast) -> None:
    audit, reviewer = cast.ours.submitted, cast.ours.people[Role.REVIEWER]
    said = []
    with scope(organization=cast.ours.organization):
        sign_with(audit, reviewer, term(audit, "Test it."))
        found = condition_of(audit)
        for step in (None, meet_condition, confirm_condition):
            words: Any = {"words": "Done."} if step is meet_condition else {}
            by = reviewer if step is confirm_condition else cast.ours.contributor
            if step:
                step(condition=found, by=by, **words)
            said.append(cell(PortfolioRow.objects.get(audit=audit), "conditions"))

    assert said == [
        "1 open",
        "1 said to be met, not confirmed",
        "1 met, confirmed",
    ]
