"""Whoever decides sees which results of a file were left out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_saved import opened, remove_result, save_results
from tests.wizard.candidates.told_pages import told_pages

LEFT_OUT = (
    "“a.csv” also has results that were left out: “other-model”, 90 of 90 passed, "
    "reaches 80 of 100, even at the lower end (as “Written prompt” or “Stronger "
    "model”, the verdict would be "
)
ANY = "results that were left out"


@pytest.fixture
def draft(aimed: Audit) -> Audit:
    """Return the draft with a target, and without earlier files."""
    return aimed


def file_of(name: str, **passed: int) -> SimpleUploadedFile:
    scored = {called.replace("_", "-"): count for called, count in passed.items()}
    return SimpleUploadedFile(name, csv_of(scored, cases=90))


def left_out(draft: Audit) -> None:
    """Save one of two results of a file."""
    file = file_of("a.csv", base_prompt=40, other_model=90)
    save_results(draft, file, kind="prompt", **{"kind-1": "none"})


def test_everybody_sees_a_result_that_was_left_out(
    client: Client, draft: Audit, cast: Cast
) -> None:
    left_out(draft)

    for name, page in told_pages(client, draft, cast).items():
        assert page.count(LEFT_OUT) == 1, name
    paper = build_paper(fresh_audit(draft))
    then = "1 result was left out, with it: “Prompt” (A6)."
    assert then in paper.one.unknown


def test_result_of_too_few_cases_would_give_nothing(
    client: Client, draft: Audit
) -> None:
    scored = {"base_prompt": 20, "other-model": 25}
    file = SimpleUploadedFile("a.csv", csv_of(scored, cases=25))
    save_results(draft, file, kind="prompt", **{"kind-1": "none"})

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert "reaches 80 of 100" in page.partition(ANY)[2].partition("</p>")[0]
    assert "too few cases to count." in page


@pytest.mark.thorough
def test_later_file_does_not_hide_what_an_earlier_one_left_out(
    client: Client, draft: Audit, cast: Cast
) -> None:
    left_out(draft)
    save_results(draft, file_of("b.csv", base_prompt=40), kind="prompt")

    for name, page in told_pages(client, draft, cast).items():
        assert page.count(LEFT_OUT) == 1, name


@pytest.mark.thorough
def test_result_that_was_taken_or_removed_is_not_left_out(
    client: Client, draft: Audit
) -> None:
    file = file_of("a.csv", base_prompt=40, few_shot=60)
    save_results(draft, file, kind="prompt")
    remove_result(draft)

    assert ANY not in html_of(client.get(reverse("result", args=[draft.pk])))


@pytest.mark.thorough
def test_file_of_which_nothing_was_saved_is_none_of_the_audit(
    client: Client, draft: Audit
) -> None:
    opened(draft, file_of("a.csv", base_prompt=40, few_shot=60))
    save_results(draft, file_of("b.csv", base_prompt=50), kind="prompt")

    assert ANY not in html_of(client.get(reverse("result", args=[draft.pk])))


@pytest.mark.thorough
def test_many_results_are_counted_after_the_best(client: Client, draft: Audit) -> None:
    others = {f"model_{number}": 60 + number for number in range(8)}
    none = {f"kind-{number}": "none" for number in range(1, 9)}
    file = file_of("a.csv", base_prompt=40, **others)
    save_results(draft, file, kind="prompt", **none)

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert "left out: “model-7”, 67 of 90 passed, misses 80 of 100" in page
    told = page.partition(ANY)[2].partition("</p>")[0]
    assert told.index("“model-6”, 66 of 90") < told.index("“model-3”, 63 of 90")
    assert told.count("the verdict would be ") >= 5
    assert told.removesuffix("</bdi>").endswith("; and 3 more.")
