"""A reviewer reads each answer that decided, with how it is known and by what."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, Role
from audits.scoring.summary.sureness import deciding_questions
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import submit_audit
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast
from tests.outcomes.signed import submitted
from tests.pages import html_of
from tests.proved import show
from tests.reviews.conftest import client_of
from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE, TRAINING_CASE


def submit(cast: Cast, answers: dict[str, Any], levels: dict[str, str]) -> Audit:
    draft, lead = cast.ours.draft, cast.ours.contributor
    with scope(organization=cast.ours.organization):
        draft, _ = save_answers(audit=draft, by=lead, answers=answers)
        show(draft, lead, levels)
        submit_audit(audit=draft, by=lead)
        return Audit.objects.get(pk=draft.pk)


def rows_of(page: str) -> list[str]:
    _, _, table = page.partition('aria-label="Deciding answers"')
    table = table.partition("</table>")[0]
    return re.findall(r"<tr>(.*?)</tr>", " ".join(table.split()))[1:]


@pytest.mark.parametrize("answers", [FIRM_RETRIEVAL_CASE, TRAINING_CASE])
def test_each_deciding_answer_is_listed_with_its_level_and_links(
    cast: Cast, reviewer: Client, answers: dict[str, Any]
) -> None:
    audit = submit(cast, answers, dict.fromkeys(answers, "documented"))
    framework, assessment = current(), assessment_of(audit)
    decided = deciding_questions(framework, assessment)
    assert len(decided) > 2

    rows = rows_of(html_of(reviewer.get(reverse("review", args=[audit.pk]))))

    asked = [x for x in framework.questions if x.id in decided]
    assert len(rows) == len(asked)
    for row, question in zip(rows, asked, strict=True):
        assert f'<th scope="row">{question.label}</th>' in row
        assert framework.words(question.id, assessment.codes) in row
        assert re.search("Asserted|Documented|Measured|Called|Not stated", row), row
        assert '<a href="https://wiki.example/shown" rel="noopener noreferrer">' in row


def test_results_file_that_measured_a_deciding_answer_is_named(cast: Cast) -> None:
    audit = submitted(cast.ours)
    client = client_of(cast, Role.REVIEWER)

    rows = rows_of(html_of(client.get(reverse("review", args=[audit.pk]))))

    assert any("Measured" in x and "<bdi>Northgate.csv</bdi>" in x for x in rows)


def test_more_evidence_costs_no_more_queries(cast: Cast, reviewer: Client) -> None:
    audit = submit(cast, FIRM_RETRIEVAL_CASE, {})
    url = reverse("review", args=[audit.pk])

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            reviewer.get(url)
        return len(made)

    queries()
    before = queries()
    with scope(organization=cast.ours.organization):
        every = dict.fromkeys(FIRM_RETRIEVAL_CASE, "documented")
        show(audit, cast.ours.contributor, every)

    assert queries() == before
