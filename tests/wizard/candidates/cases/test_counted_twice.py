"""Whoever decides sees that a candidate counts twice, and what a result replaced."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit, Role
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_pages import page_after, read, save
from tests.wizard.candidates.results_saved import save_results, save_typed
from tests.wizard.candidates.typed import TYPED, page_of

TWICE = (
    "“base prompt (Written prompt)” counts twice: 43 of 100 (honest.csv) and 95 of 100 "
    "(better.csv)."
)


@pytest.fixture
def draft(aimed: Audit) -> Audit:
    """Return the draft with a target, and without earlier files."""
    return aimed


def file_of(
    name: str, passed: int, cases: int = 100, called: str = "base prompt"
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, csv_of({called: passed}, cases))


def added_beside(client: Client, draft: Audit, called: str = "base prompt") -> Any:
    """Add a better file beside the honest one, and return its preview."""
    save_results(draft, file_of("honest.csv", 43))
    shown = read(client, draft, file_of("better.csv", 95, called=called), kind="prompt")
    if shown.context["form"].replaces:
        shown = page_after(client, shown, again=None, show="")
    save(client, shown)
    return shown


def save_beside(draft: Audit, called: str = "base prompt") -> None:
    """Do the same without a look at the preview."""
    save_results(draft, file_of("honest.csv", 43))
    file = file_of("better.csv", 95, called=called)
    beside = {"kind-0": "prompt", "again": ""}
    save_results(draft, file, kind="prompt", **beside)


def pages(client: Client, draft: Audit, cast: Cast) -> dict[str, str]:
    """Return what the check, the result and the review say."""
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])
    said = {
        name: html_of(client.get(reverse(name, args=[draft.pk]), follow=True))
        for name in ("check", "result")
    }
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    said["review"] = html_of(reviewer.get(reverse("review", args=[draft.pk])))
    return said


def test_everybody_sees_that_a_candidate_counts_twice(
    client: Client, draft: Audit, cast: Cast
) -> None:
    preview = html_of(added_beside(client, draft))
    shown = {"preview": preview, **pages(client, draft, cast)}

    for name, page in shown.items():
        assert TWICE in page, name
        assert "95 of 100 (better.csv) decides." in page, name
        alone = page.partition("With 43 of 100 (honest.csv) alone, ")[2]
        assert alone.startswith("“Gap to the target” would be “"), name
        assert "the verdict would be “" in alone.partition(".")[0], name
    assert TWICE in build_paper(fresh_audit(draft)).results_told[0]
    assert TWICE in shown["review"].partition("Evidence you vouch for")[2]


@pytest.mark.thorough
def test_other_spelling_of_the_same_model_is_the_same_candidate(
    client: Client, draft: Audit
) -> None:
    save_beside(draft, called="Base-Prompt")

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert "counts twice: 43 of 100 (honest.csv) and 95 of 100 (better.csv)" in page


@pytest.mark.thorough
def test_other_model_of_the_same_kind_is_another_candidate(
    client: Client, draft: Audit
) -> None:
    preview = added_beside(client, draft, called="other model")

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert "counts twice" not in page + html_of(preview)


@pytest.mark.thorough
def test_result_that_does_not_count_is_not_said_to_count(
    client: Client, draft: Audit
) -> None:
    save_results(draft, file_of("honest.csv", 43))
    few = {**TYPED, "kind": "prompt", "model": "base prompt", "cases": "20"}
    save_typed(draft, **few | {"passed": "19"})

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert "counts twice" not in page


def test_why_names_both_results_of_one_candidate(client: Client, draft: Audit) -> None:
    save_beside(draft)
    others = {"few-shot": 50, "with tools": 60, "rag": 70, "rules": 30}
    file = SimpleUploadedFile("others.csv", csv_of(others))
    save_results(draft, file)

    page = html_of(client.get(page_of(draft)))

    tried = page.partition("<dt>Simpler approaches tested</dt>")[2]
    tried = tried.partition("</dd>")[0]
    assert "43 of 100 passed" in tried
    assert "95 of 100 passed" in tried
    assert "; and 3 more" in tried


def test_everybody_sees_which_cases_a_smaller_file_left_as_they_were(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_results(draft, file_of("all.csv", 43))
    shown = read(client, draft, file_of("part.csv", 40, cases=45))
    preview = html_of(shown)
    save(client, shown)

    kept = "55 not run again have their earlier outcome"
    assert kept in preview
    assert "It scores better" not in preview
    for name, page in pages(client, draft, cast).items():
        said = page.partition("43 of 100 (all.csv")[2]
        assert "replaced by 40 of 100 (part.csv" in said, name
        assert kept in page, name
        earlier = said.partition("With the earlier result, ")[2]
        assert earlier.startswith("every answer and the verdict would be"), name
    vouched = page.partition("Evidence you vouch for")[2]
    assert "had 43 of 100 (all.csv) before 40 of 100 (part.csv)." in vouched


@pytest.mark.thorough
def test_case_that_was_exchanged_counts_as_it_was(client: Client, draft: Audit) -> None:
    save_results(draft, file_of("all.csv", 43))
    lines = csv_of({"base prompt": 43}).decode().splitlines()
    easy = [f"easy {n},base prompt,true" for n in range(57)]
    other = "\n".join([*lines[:44], *easy]).encode()
    shown = read(client, draft, SimpleUploadedFile("other.csv", other))

    page = html_of(shown)

    assert "100 of 157 passed" in page
    assert "57 not run again have their earlier outcome" in page
    assert "fewer cases" not in page
