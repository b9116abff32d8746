"""What the portfolio asks to decide is what the paper and the result ask."""

import pytest
from django_scopes import scope

from audits.models import PortfolioRow
from audits.scoring.explaining.advice_rows import conditions
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.due.covers import cover_of
from audits.services.papers.page_one_words import decision_asked
from audits.services.reviews.audits import submit_audit
from audits.services.verdicts.assessments import assessment_of, framework_of
from tests.casting import Cast
from tests.proved import show
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS


@pytest.mark.parametrize(("rights", "is_open"), [("clear", False), ("unclear", True)])
def test_open_checks_are_named_while_some_are_open(
    cast: Cast, rights: str, is_open: bool
) -> None:
    answers = TRAINING_CASE | {"data_rights": rights}
    sent = {("answer", q): Sent(value=value) for q, value in answers.items()}
    sent |= {("level", q): Sent(value=level) for q, level in TRAINING_LEVELS.items()}
    with scope(organization=cast.ours.organization):
        show(cast.ours.draft, cast.ours.contributor)
        save_entries(
            audit=cast.ours.draft, by=cast.ours.contributor, sent=sent, sender=Sender()
        )
        audit = submit_audit(audit=cast.ours.draft, by=cast.ours.contributor)
        row = PortfolioRow.objects.get(audit=audit)
        assessment = assessment_of(audit)
        asked = decision_asked(framework_of(audit), assessment, cover_of(audit))

    assert bool(conditions(assessment)) is is_open
    assert row.ask == asked
    assert ("once the open checks pass" in row.ask) is is_open
