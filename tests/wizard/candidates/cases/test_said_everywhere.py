"""What a results file says of its cases is said wherever its result stands."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit, Role
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_pages import page_after, read, save
from tests.wizard.candidates.results_saved import save_results
from tests.wizard.candidates.typed import page_of, post

WRONG = {"wrong": "", "what": "Trial run of the tool", "reason": "A test run."}


@pytest.fixture
def draft(aimed: Audit) -> Audit:
    """Return the draft with a target, and without earlier files."""
    return aimed


def pages(client: Client, draft: Audit, cast: Cast) -> dict[str, str]:
    """Return the test results, the result and the review."""
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])
    said = {
        "candidates": html_of(client.get(page_of(draft))),
        "result": html_of(client.get(reverse("result", args=[draft.pk]))),
    }
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    said["review"] = html_of(reviewer.get(reverse("review", args=[draft.pk])))
    return said


@pytest.mark.thorough
def test_cases_without_a_score_are_said_with_the_result(
    client: Client, draft: Audit, cast: Cast
) -> None:
    lines = csv_of({"base prompt": 43}).decode().splitlines()
    emptied = [line.replace(",false", ",") for line in lines[:61]] + lines[61:]
    file = SimpleUploadedFile("emptied.csv", "\n".join(emptied).encode())

    save_results(draft, file)

    said = "43 of 83 scored passed, between 41 and 62 of 100, 17 have no score"
    for name, page in pages(client, draft, cast).items():
        assert said in page, name


@pytest.mark.thorough
def test_candidates_are_compared_on_the_same_cases_on_every_page(
    client: Client, draft: Audit, cast: Cast
) -> None:
    file = SimpleUploadedFile("two.csv", csv_of({"few-shot": 90, "base prompt": 60}))

    save_results(draft, file)

    said = "cases that both ran, “few-shot (Prompt with examples)” passed 30 cases"
    for name, page in pages(client, draft, cast).items():
        assert page.count("On the same cases") == 1, name
        assert page.count(said) == 1, name


def test_two_results_of_a_candidate_are_compared_by_their_files(
    client: Client, draft: Audit
) -> None:
    for name, passed in (("a.csv", 60), ("b.csv", 90)):
        scored = csv_of({"few-shot": 70, "base prompt": passed})
        shown = read(client, draft, SimpleUploadedFile(name, scored))
        if shown.context["form"].replaces:
            shown = page_after(client, shown, again=None, show="")
            compared = [each.sentences for each in shown.context["comparisons"]]
        save(client, shown)

    assert len({*compared}) == len(compared) == 3
    assert any(
        "“base prompt (Written prompt)” in “a.csv”" in " ".join(x) for x in compared
    )


@pytest.mark.thorough
def test_end_beside_the_target_is_the_same_number_everywhere(
    client: Client, draft: Audit
) -> None:
    def file(name: str, passed: int) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, csv_of({"base prompt": passed}, cases=60))

    save_results(draft, file("a.csv", 43))
    shown = read(client, draft, file("b.csv", 54))
    save(client, shown)
    check = client.get(reverse("check", args=[draft.pk]))
    asked = client.get(reverse("remove_candidate", args=[draft.pk, "c1"]))
    post(client, "remove_candidate", draft.pk, "c1", **WRONG)
    result = client.get(reverse("result", args=[draft.pk]))

    assert html_of(shown).count("54 of 60 (between 79.9 and 95 of 100)") == 1
    for page in (shown, check, asked, result):
        assert "between 79.9 and 95" in html_of(page)
        assert "between 80 and 95" not in html_of(page)


@pytest.mark.thorough
def test_reason_that_ends_with_a_full_stop_has_one(
    client: Client, draft: Audit
) -> None:
    file = SimpleUploadedFile("a.csv", csv_of({"base prompt": 60}))
    save_results(draft, file)

    post(client, "remove_candidate", draft.pk, "c1", **WRONG)

    page = html_of(client.get(page_of(draft)))
    assert "“Trial run of the tool: A test run”. It does not count." in page
    assert "Put the whole file back" in page
