"""A result on some cases of an earlier one leaves the outcomes of all others."""

import json
from collections.abc import Iterable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audits.models import Audit
from audits.scoring.exchange.document import dump, load
from audits.scoring.scored.candidates import ScoredCandidate
from audits.services.answers.answers import fresh_audit
from audits.services.read_files.results_files import runs_behind
from audits.services.verdicts.assessments import assess_today
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.candidates.cases.test_left_out import draft as _draft
from tests.wizard.candidates.results_pages import read, save
from tests.wizard.candidates.results_saved import save_results

draft = _draft
ALL, FAILED = range(120), range(10)
HARD = range(40)  # all that failed are among them


def file_of(
    name: str, cases: Iterable[int], failed: Iterable[int]
) -> SimpleUploadedFile:
    lines = [f"L-{n},baseline,{'no' if n in failed else 'yes'}" for n in cases]
    text = "\n".join(["case,candidate,passed", *lines])
    return SimpleUploadedFile(name, text.encode())


def uploaded(client: Client, draft: Audit, file: object, kind: str = "prompt") -> str:
    shown = read(client, draft, file, kind=kind)
    save(client, shown)
    return html_of(shown)


def rows_of(draft: Audit) -> tuple[ScoredCandidate, ...]:
    return fresh_audit(draft).inputs.candidates.rows


@pytest.mark.thorough
@pytest.mark.parametrize("kind", some_of(["prompt", "tuned", "stronger"], 1))
def test_part_of_the_cases_displaces_no_fuller_result(
    client: Client, draft: Audit, kind: str
) -> None:
    save_results(draft, file_of("full.csv", ALL, FAILED), kind)
    before = assess_today(fresh_audit(draft))

    page = uploaded(client, draft, file_of("hard.csv", HARD, FAILED), kind)

    [row] = rows_of(draft)
    assert (row.passed, row.cases) == (110, 120)
    assert "80 not run again have their earlier outcome" in page
    after = assess_today(fresh_audit(draft))
    assert (after.verdict, after.codes) == (before.verdict, before.codes)


def test_newest_outcome_of_each_case_counts_over_several_files(
    draft: Audit,
) -> None:
    save_results(draft, file_of("full.csv", ALL, FAILED), "prompt")
    save_results(draft, file_of("hard.csv", HARD, ()))
    save_results(draft, file_of("more.csv", range(30, 60), range(30, 40)))

    [row] = rows_of(draft)
    assessment = assess_today(fresh_audit(draft))
    assert load(json.loads(json.dumps(dump(assessment)))).candidates == (
        assessment.candidates
    )
    assert (row.passed, row.cases) == (110, 120)
    assert [each.count for each in row.kept] == [80, 90]
    run = runs_behind(fresh_audit(draft), [row])[row.id]
    assert (len(run.cases), run.passed) == (120, 110)

    save_results(draft, file_of("again.csv", ALL, range(60)))
    [row] = rows_of(draft)
    assert (row.passed, row.cases, row.kept) == (60, 120, ())


@pytest.mark.thorough
def test_fewer_other_cases_are_a_result_beside_the_fuller_one(
    client: Client, draft: Audit
) -> None:
    save_results(draft, file_of("full.csv", ALL, FAILED), "prompt")

    page = uploaded(client, draft, file_of("other.csv", range(500, 540), range(530)))

    assert [row.cases for row in rows_of(draft)] == [120, 40]
    assert "What it replaces" not in page
