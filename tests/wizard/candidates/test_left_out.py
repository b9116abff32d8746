"""Whoever decides sees which results of a file were left out."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit, ResultsFile
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_pages import page_after, read, save
from tests.wizard.candidates.told_pages import told_pages
from tests.wizard.candidates.typed import page_of, post

LEFT_OUT = (
    "“a.csv” also has results that were left out: “other-model”, 90 of 90 passed, "
    "reaches 80 of 100, even at the lower end (as “Current prompt” or “Stronger "
    "model”, the verdict would be "
)
ANY = "results that were left out"


@pytest.fixture
def draft(draft: Audit) -> Audit:
    """Return the draft with a target, and without earlier files."""
    ResultsFile.objects.filter(use_case=draft.use_case).delete()
    sent = {("candidate", "target"): Sent(value={"share": "0.8"})}
    save_entries(audit=draft, by=draft.use_case.owner, sent=sent, sender=Sender())
    return fresh_audit(draft)


def uploaded(client: Client, draft: Audit, name: str, **passed: int) -> Any:
    scored = {called.replace("_", "-"): count for called, count in passed.items()}
    file = SimpleUploadedFile(name, csv_of(scored, cases=90))
    return read(client, draft, file, kind="prompt")


def left_out(client: Client, draft: Audit) -> None:
    """Save one of two results of a file."""
    shown = uploaded(client, draft, "a.csv", base_prompt=40, other_model=90)
    none = {"kind-1": "none"}
    save(client, page_after(client, shown, **none, show=""), **none)


def test_everybody_sees_a_result_that_was_left_out(
    client: Client, draft: Audit, cast: Cast
) -> None:
    left_out(client, draft)

    for name, page in told_pages(client, draft, cast).items():
        assert page.count(LEFT_OUT) == 1, name
    paper = build_paper(fresh_audit(draft))
    then = "1 result was left out, with it: “Prompt with long context” (A6)."
    assert then in paper.one.unknown


def test_result_of_too_few_cases_would_give_nothing(
    client: Client, draft: Audit
) -> None:
    scored = {"base_prompt": 20, "other-model": 25}
    file = SimpleUploadedFile("a.csv", csv_of(scored, cases=25))
    shown = read(client, draft, file, kind="prompt")
    none = {"kind-1": "none"}
    save(client, page_after(client, shown, **none, show=""), **none)

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert "reaches 80 of 100" in page.partition(ANY)[2].partition("</p>")[0]
    assert "too few cases to count." in page


def test_later_file_does_not_hide_what_an_earlier_one_left_out(
    client: Client, draft: Audit, cast: Cast
) -> None:
    left_out(client, draft)
    save(client, uploaded(client, draft, "b.csv", base_prompt=40))

    for name, page in told_pages(client, draft, cast).items():
        assert page.count(LEFT_OUT) == 1, name


def test_result_that_was_taken_or_removed_is_not_left_out(
    client: Client, draft: Audit
) -> None:
    save(client, uploaded(client, draft, "a.csv", base_prompt=40, few_shot=60))
    post(client, "remove_candidate", draft.pk, "c1", page=page_of(draft))

    assert ANY not in html_of(client.get(reverse("result", args=[draft.pk])))


def test_file_of_which_nothing_was_saved_is_none_of_the_audit(
    client: Client, draft: Audit
) -> None:
    uploaded(client, draft, "a.csv", base_prompt=40, few_shot=60)
    save(client, uploaded(client, draft, "b.csv", base_prompt=50))

    assert ANY not in html_of(client.get(reverse("result", args=[draft.pk])))


def test_many_results_are_counted_after_the_best(client: Client, draft: Audit) -> None:
    others = {f"model_{number}": 60 + number for number in range(8)}
    shown = uploaded(client, draft, "a.csv", base_prompt=40, **others)
    none = {f"kind-{number}": "none" for number in range(1, 9)}
    save(client, page_after(client, shown, **none, show=""), **none)

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert "left out: “model-7”, 67 of 90 passed, misses 80 of 100" in page
    told = page.partition(ANY)[2].partition("</p>")[0]
    assert told.index("“model-6”, 66 of 90") < told.index("“model-3”, 63 of 90")
    assert told.count("the verdict would be ") >= 5
    assert told.removesuffix("</bdi>").endswith("; and 3 more.")
