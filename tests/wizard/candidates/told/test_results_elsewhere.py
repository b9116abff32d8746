"""Whoever decides sees that another use case has the same test."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit, ResultsFile
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from audits.services.read_files.results_elsewhere import results_elsewhere
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.copying import copy_use_case
from audits.services.use_cases.use_cases import register_use_case
from audits.services.verdicts.assessments import verdict_named
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_pages import read, save
from tests.wizard.candidates.results_saved import opened, save_results, wanted
from tests.wizard.candidates.told_pages import told_pages

MOVED = "The target was 85 of 100 until"
SAME, ALSO = "The same results file", "is also in"


def scored(audit: Audit, name: str, passed: int) -> None:
    """Save what a file with the same 90 cases says."""
    save_results(audit, file_of(name, passed), kind="prompt")


def file_of(name: str, passed: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, csv_of({"base prompt": passed}, cases=90))


def another(cast: Cast, draft: Audit, name: str = "Letter sorter C") -> Audit:
    return register_use_case(
        organization=draft.organization,
        by=cast.ours.contributor,
        owner=cast.ours.contributor,
        team=draft.use_case.team,
        name=name,
        summary="Sorts letters",
    )


@pytest.mark.thorough
def test_same_cases_in_another_use_case_are_said_with_its_verdict(
    client: Client, draft: Audit, cast: Cast
) -> None:
    other = another(cast, draft)
    scored(other, "bad.csv", 20)
    scored(draft, "good.csv", 88)
    verdict = verdict_named(fresh_audit(other))
    assert verdict is not None
    said = (
        "A file with the same 90 cases, by their ids, is also in "
        f"{other.use_case.reference} “Letter sorter C”; "
        f"its verdict is “{verdict.name}”."
    )

    for name, page in told_pages(client, draft, cast).items():
        assert page.count(said) == 1, name
    paper = build_paper(fresh_audit(draft))
    assert "1 other use case has the same cases (A6)." in paper.one.unknown


@pytest.mark.thorough
def test_same_file_in_a_copy_or_its_original_is_said(
    client: Client, draft: Audit, cast: Cast
) -> None:
    copy = copy_use_case(audit=fresh_audit(draft), by=cast.ours.contributor)
    scored(draft, "a.csv", 88)
    scored(copy, "renamed.csv", 88)

    for one, other in ((draft, copy), (copy, draft)):
        page = html_of(client.get(reverse("result", args=[one.pk])))
        assert f"{SAME} {ALSO} {other.use_case.reference} “" in page


@pytest.mark.thorough
def test_many_use_cases_with_the_same_file_are_one_sentence_below_what_decides(
    client: Client, draft: Audit, cast: Cast
) -> None:
    others = [another(cast, draft, name) for name in ("One", "Two", "Three", "Four")]
    for each in (*others, draft):
        wanted(each, "85")
        scored(each, "a.csv", 88)
    wanted(draft, "99.9")
    names = [
        f"{each.use_case.reference} “{each.use_case.name}” (verdict “{found.name}”)"
        for each in others[:3]
        if (found := verdict_named(fresh_audit(each)))
    ]
    assert len(names) == 3
    also = f"{SAME} {ALSO} {', '.join(names)} and 1 more use case."

    for name, page in told_pages(client, draft, cast).items():
        assert page.count(also) == page.count(SAME) == 1, name
        assert page.index(MOVED) < page.index(also), name


@pytest.mark.thorough
def test_file_that_was_opened_elsewhere_and_never_saved_is_not_told(
    client: Client, draft: Audit, cast: Cast
) -> None:
    other = another(cast, draft)
    for name, passed in (("same.csv", 88), ("cases.csv", 20)):
        opened(other, file_of(name, passed))
    scored(draft, "a.csv", 88)

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert ResultsFile.objects.filter(use_case=other.use_case).count() == 2
    assert ALSO not in page


@pytest.mark.on_both
def test_other_cases_and_other_organizations_are_not_told(
    client: Client, draft: Audit, cast: Cast
) -> None:
    other = another(cast, draft)
    file = SimpleUploadedFile("b.csv", csv_of({"base prompt": 30}, cases=91))
    save(client, read(client, other, file, kind="prompt"))
    scored(draft, "a.csv", 88)
    kept = ResultsFile.objects.get(use_case=draft.use_case, name="a.csv")
    theirs = cast.theirs.draft
    with scopes_disabled():
        ResultsFile(
            organization=theirs.organization,
            use_case=theirs.use_case,
            name="a.csv",
            digest=kept.digest,
            cases=kept.cases,
            format="CSV",
            runs=kept.runs,
            size=0,
            added_by=cast.theirs.contributor,
        ).save(force_insert=True)

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert ALSO not in page


@pytest.mark.thorough
def test_file_that_comes_after_the_submission_does_not_change_what_it_says(
    draft: Audit, cast: Cast
) -> None:
    scored(draft, "a.csv", 88)
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    before = build_paper(fresh_audit(draft)).results_told
    scored(another(cast, draft), "b.csv", 20)

    assert build_paper(fresh_audit(draft)).results_told == before


def test_it_takes_one_query_and_none_without_files(
    draft: Audit, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("One", "Two", "Three"):
        scored(another(cast, draft, name), "b.csv", 20)
    without = fresh_audit(draft)
    scored(draft, "a.csv", 88)
    beside = fresh_audit(draft)

    with django_assert_num_queries(0):
        assert len(results_elsewhere(without)) == 0
    with django_assert_num_queries(1):
        assert len(results_elsewhere(beside)) == 3


def test_file_of_another_use_case_is_said_before_anything_of_it_is_saved(
    client: Client, draft: Audit, cast: Cast
) -> None:
    other = another(cast, draft)
    scored(other, "first.csv", 20)

    for passed, said in ((20, SAME), (88, "A file with the same 90 cases, by their")):
        file = file_of("again.csv", passed)
        page = html_of(read(client, draft, file, kind="prompt"))

        effects = page.partition("What would change")[2]
        told = effects.partition(said)[2].partition("; its")[0]
        assert told.endswith(f"{ALSO} {other.use_case.reference} “Letter sorter C”")
        assert not fresh_audit(draft).inputs.candidates.rows


def numbered(passed: int, asked: str = "") -> SimpleUploadedFile:
    """Return a file of the empty rows that a step offers, filled in."""
    lines = ["case,input,candidate,passed"]
    lines += [
        f"{n},{asked and f'{asked} {n}'},base prompt,{'yes' if n <= passed else 'no'}"
        for n in range(1, 41)
    ]
    return SimpleUploadedFile("filled.csv", "\n".join(lines).encode())


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("there", "here", "is_told"),
    [("", "", False), ("Letter", "Claim", False), ("Letter", "Letter", True)],
)
def test_rows_that_are_merely_numbered_are_the_same_only_if_their_inputs_are(
    draft: Audit, cast: Cast, there: str, here: str, *, is_told: bool
) -> None:
    save_results(another(cast, draft), numbered(29, there), kind="prompt")
    save_results(draft, numbered(37, here), kind="prompt")

    assert bool(results_elsewhere(fresh_audit(draft))) is is_told
