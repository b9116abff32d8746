"""A run that was left out and refutes the verdict holds it back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.services.answers.answers import fresh_audit
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.cases.test_left_out import draft as _draft
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_pages import page_after, read, save
from tests.wizard.candidates.results_saved import save_results
from tests.wizard.candidates.told_pages import told_pages
from tests.wizard.candidates.typed import page_of, post

draft = _draft
FALSE = ("No approach tested meets the target", "even the strongest allowed model")


def saved(draft: Audit, passed: dict[str, int], *kinds: str) -> None:
    """Save what a file says of candidates, each as a kind."""
    chosen = {f"kind-{number}": kind for number, kind in enumerate(kinds)}
    save_results(draft, file_of(passed), **chosen)


def file_of(passed: dict[str, int]) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.csv", csv_of(passed, cases=120))


def verdict(draft: Audit) -> str:
    return assess_today(fresh_audit(draft)).verdict


@pytest.mark.thorough
def test_run_that_reaches_the_target_holds_the_verdict_back(
    client: Client, draft: Audit, cast: Cast
) -> None:
    weak, good = {"weak": 66}, {"weak": 66, "good": 110}
    saved(draft, weak, "stronger")
    assert "fine" in verdict(draft) or "distil" in verdict(draft)

    kinds = {"kind-0": "stronger", "kind-1": "none"}
    shown = page_after(client, read(client, draft, file_of(good)), **kinds, show="")
    save(client, shown, **kinds)
    page = html_of(shown)

    assert "Stays open, although the new results would answer it" in page
    assert not {"fine_tuning", "distillation"} & {verdict(draft)}
    table = html_of(client.get(page_of(draft)))
    assert "Left out: it does not count. It is a result on the same cases" in table
    for name, told in told_pages(client, draft, cast).items():
        assert "results that were left out: “good”, 110 of 120 passed" in told, name
        assert not [each for each in FALSE if each in told], name


@pytest.mark.thorough
def test_run_that_changes_nothing_holds_nothing_back(draft: Audit) -> None:
    saved(draft, {"weak": 66, "weaker": 50}, "stronger", "none")
    found = fresh_audit(draft).inputs.answered

    assert found.held == ()
    assert found.codes["quality_gap"] == "large"


@pytest.mark.thorough
def test_run_that_was_left_out_counts_once_somebody_says_what_it_is(
    client: Client, draft: Audit
) -> None:
    both = {"weak": 66, "good": 110}
    saved(draft, both, "stronger", "none")
    assert "quality_gap" in fresh_audit(draft).inputs.answered.held

    saved(draft, both, "stronger", "examples")

    [_, good] = fresh_audit(draft).inputs.candidates.rows
    assert (good.kind, good.why_not, good.is_left_out) == ("examples", "", False)
    assert fresh_audit(draft).inputs.answered.codes["quality_gap"] == "met"
    page = html_of(client.get(reverse("result", args=[draft.pk])))
    assert "left out" not in page


@pytest.mark.thorough
def test_run_is_left_out_however_often_others_are_scored(
    client: Client, draft: Audit
) -> None:
    saved(draft, {"weak": 66, "good": 110}, "prompt", "none")
    saved(draft, {"weak": 70}, "prompt")

    assert "quality_gap" in fresh_audit(draft).inputs.answered.held
    post(client, "remove_candidate", draft.pk, "c2", back="")
    assert fresh_audit(draft).inputs.answered.held == ()


@pytest.mark.parametrize("case", ["other", "case"])
def test_run_on_other_cases_is_another_test(draft: Audit, case: str) -> None:
    lines = ["case,candidate,passed"]
    lines += [f"case {n},weak,{'yes' if n < 66 else 'no'}" for n in range(120)]
    lines += [f"{case} {n},good,yes" for n in range(120)]
    file = SimpleUploadedFile("a.csv", "\n".join(lines).encode())
    save_results(draft, file, **{"kind-0": "stronger", "kind-1": "none"})

    is_held = "quality_gap" in fresh_audit(draft).inputs.answered.held
    assert is_held is (case == "case")
