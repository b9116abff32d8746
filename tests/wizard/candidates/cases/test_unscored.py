"""Cases without a score, or that were not run, decide for neither side."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.candidates.cases.test_left_out import draft as _left_out_draft
from tests.wizard.candidates.results_saved import save_results, wanted
from tests.wizard.candidates.told_pages import told_pages
from tests.wizard.candidates.typed import page_of, post

training = _left_out_draft
PASS, FAIL, BLANK = "true", "false", ""


def upload(draft: Audit, name: str, outcomes: list[str], kind: str) -> None:
    """Save a file of one candidate: the first cases of the test set, with outcomes."""
    lines = [f"case {number},{name},{x}" for number, x in enumerate(outcomes)]
    text = "\n".join(["case,candidate,passed", *lines])
    file = SimpleUploadedFile(f"{name}.csv", text.encode())
    save_results(draft, file, kind=kind)


@pytest.mark.thorough
def test_everybody_sees_that_cases_without_a_score_decide(
    client: Client, draft: Audit, cast: Cast
) -> None:
    wanted(draft, "85")
    outcomes = [PASS] * 114 + [BLANK] * 66 + [FAIL] * 20
    upload(draft, "base", outcomes, "prompt")

    said = (
        "“base (Written prompt)” has no score for 66 of 200 cases. If all of them "
        "passed, the verdict would be “"
    )
    audit = fresh_audit(draft)
    assert audit.inputs.answered.levels["quality_gap"] == "asserted"
    told = told_pages(client, draft, cast)
    assert "Run 66 cases again with “base (Written prompt)”" in told["result"]
    for name, page in told.items():
        assert page.count(said) == 1, name
    said = "has no score for 66 of 200 cases"
    assert said in build_paper(fresh_audit(audit)).one.unknown


@pytest.mark.thorough
@pytest.mark.parametrize(("passed", "blank"), some_of([(60, 20), (180, 20)], 1))
def test_cases_that_decide_nothing_are_not_told(
    client: Client, draft: Audit, passed: int, blank: int
) -> None:
    wanted(draft, "85")
    outcomes = [PASS] * passed + [BLANK] * blank + [FAIL] * (200 - passed - blank)
    upload(draft, "base", outcomes, "prompt")

    assert fresh_audit(draft).inputs.answered.levels["quality_gap"] == "measured"
    page = html_of(client.get(reverse("result", args=[draft.pk])))
    assert "has no score for" not in page


@pytest.mark.thorough
def test_chance_is_that_of_the_cases_with_a_score(
    client: Client, draft: Audit, cast: Cast
) -> None:
    wanted(draft, "85")
    upload(draft, "base", [PASS] * 133 + [BLANK] * 67, "prompt")

    found = "133 of 133 scored passed, between 97 and 100 of 100, 67 have no score"
    is_open = "hether it reaches 85 of 100 is open, because 67 cases have no score"
    assert is_open in html_of(client.get(page_of(draft)))
    told = told_pages(client, draft, cast)
    for name, page in told.items():
        assert name == "paper" or found in page, name
        assert "even at the upper end" not in page, name
        assert "between 60 and" not in page, name


@pytest.mark.parametrize("is_first", some_of([True, False], 1))
@pytest.mark.parametrize("passed", some_of([10, 40], 1), ids=["it failed", "it passed"])
def test_part_of_a_test_set_does_not_decide_alone(
    client: Client, training: Audit, cast: Cast, passed: int, *, is_first: bool
) -> None:
    part = [PASS] * passed + [FAIL] * (40 - passed)
    full = [FAIL] * 40 + [PASS] * 70 + [FAIL] * 40
    uploads = [("strong", part, "stronger"), ("base", full, "prompt")]
    for name, outcomes, kind in uploads if is_first else reversed(uploads):
        upload(training, name, outcomes, kind)

    audit = fresh_audit(training)
    lacks = {row.model: row.lacks for row in audit.inputs.candidates.rows}
    assert lacks == {"strong": 110, "base": 0}
    assert audit.inputs.answered.levels["quality_gap"] == "asserted"
    found = assess_today(audit)
    assert not (found.advice and found.advice.is_approved)
    said = "“strong (Stronger model)” ran 40 of the 150 cases"
    told = told_pages(client, training, cast)
    assert "Run 110 cases with “strong (Stronger model)”" in told["result"]
    for name, page in told.items():
        assert said in page, name
    assert said in build_paper(fresh_audit(audit)).one.unknown


@pytest.mark.thorough
def test_part_of_a_test_set_decides_once_the_rest_is_run(
    training: Audit,
) -> None:
    upload(training, "base", [PASS] * 70 + [FAIL] * 80, "prompt")
    upload(training, "strong", [PASS] * 15 + [FAIL] * 25, "stronger")
    upload(training, "strong", [PASS] * 75 + [FAIL] * 75, "stronger")

    audit = fresh_audit(training)
    assert [row.lacks for row in audit.inputs.candidates.rows] == [0, 0]
    assert audit.inputs.answered.levels["quality_gap"] == "measured"


@pytest.mark.thorough
def test_file_that_is_removed_as_wrong_makes_no_test_set_larger(
    client: Client, training: Audit
) -> None:
    upload(training, "strong", [PASS] * 15 + [FAIL] * 25, "stronger")
    upload(training, "base", [PASS] * 70 + [FAIL] * 80, "prompt")
    fields = {"back": "", "wrong": "on", "what": "Another use case’s"}
    fields["reason"] = "It has the cases of another desk"
    post(
        client,
        "remove_candidate",
        training.pk,
        "c2",
        **fields,
    )

    [strong, base] = fresh_audit(training).inputs.candidates.rows
    assert (bool(base.wrong), strong.lacks) == (True, 0)
