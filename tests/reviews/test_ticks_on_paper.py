"""A6 names which of several practices were ticked, and not only how many."""

import pytest
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.scoring.worked_cases import TRAINING_CASE


@pytest.mark.parametrize(
    ("ticked", "said"),
    [
        (
            ["versioned", "rollback"],
            "Two or three (versioned data and models, deployment with rollback)",
        ),
        ([], "At most one (none of these)"),
    ],
)
def test_paper_names_the_practices_that_were_ticked(
    cast: Cast, ticked: list[str], said: str
) -> None:
    audit, by = cast.ours.draft, cast.ours.contributor
    with scope(organization=cast.ours.organization):
        save_answers(audit=audit, by=by, answers=TRAINING_CASE | {"mlops": ticked})
        submitted: Audit = submit_audit(audit=fresh_audit(audit), by=by)
        paper = build_paper(submitted)

    label = current().question_by_id["mlops"].label
    [row] = [each for each in paper.answers if each.label == label]
    assert row.answer == said
