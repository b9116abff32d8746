"""A corrected results file replaces what an earlier one said, after a look at it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audits.models import Audit, ResultsFile, Role
from audits.models.audits import values
from audits.reports.context import build_paper
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_pages import page_after, read, save
from tests.wizard.candidates.results_saved import save_results
from tests.wizard.candidates.typed import TYPED, post

FIRST = {"few-shot prompt": 60, "base prompt": 60}
CORRECTED = {"few-shot prompt": 95, "base prompt": 60}


@pytest.fixture
def draft(aimed: Audit) -> Audit:
    """Return the draft with a target, and without earlier files."""
    return aimed


def file_of(passed: dict[str, int], name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, csv_of(passed))


def scored(audit: Audit) -> dict[str, tuple[str, int]]:
    """Return the kind and the passed cases of the candidates, by id."""
    found = values(fresh_audit(audit).candidates)
    return {
        item: (found[item]["kind"], found[item]["passed"])
        for item in found
        if item != "target"
    }


def first(audit: Audit) -> None:
    save_results(audit, file_of(FIRST, "first.csv"))


def corrected(client: Client, audit: Audit, **more: Any) -> Any:
    return read(client, audit, file_of(CORRECTED, "corrected.csv"), **more)


@pytest.mark.thorough
def test_corrected_file_replaces_the_runs_of_the_earlier_one(
    client: Client, draft: Audit
) -> None:
    first(draft)
    shown = corrected(client, draft)
    told = html_of(shown)
    before = scored(draft)

    save(client, shown)

    assert "checked" in told.partition('name="again"')[2].partition(">")[0]
    assert (
        "From “60 of 100 passed, between 50 and 69” to “95 of 100 passed, between 89 "
        "and 98”" in told
    )
    assert (
        "The earlier result is from <bdi>first.csv</bdi>. The result, the review and "
        "the board paper show both" in told
    )
    assert "The verdict: from “" in told
    assert before == {"c1": ("examples", 60), "c2": ("prompt", 60)}
    assert scored(draft) == {"c1": ("examples", 95), "c2": ("prompt", 60)}
    digests = {each.name: each.digest for each in ResultsFile.objects.all()}
    after = fresh_audit(draft)
    now = values(after.candidates)
    assert {now[item]["sha256"] for item in ("c1", "c2")} == {digests["corrected.csv"]}
    # The preview said the verdict that saving gives.
    assert after.verdict == "few_shot"
    assert shown.context["effects"].after == assess_today(after).named.name


@pytest.mark.thorough
def test_candidates_are_added_beside_where_nobody_wants_to_replace(
    client: Client, draft: Audit
) -> None:
    first(draft)
    shown = corrected(client, draft)

    unread = page_after(client, shown, again=None)
    assert "so nothing was saved yet" in html_of(unread)
    assert scored(draft) == {"c1": ("examples", 60), "c2": ("prompt", 60)}
    looked = page_after(client, shown, again=None, show="")
    save(client, looked)

    assert "What it replaces" not in html_of(looked)
    assert scored(draft) == {
        "c1": ("examples", 60),
        "c2": ("prompt", 60),
        "c3": ("examples", 95),
        "c4": ("prompt", 60),
    }


def test_what_was_typed_is_kept(client: Client, draft: Audit) -> None:
    first(draft)
    fields = {"kind": "examples", "model": "sonnet", "cost": "0.02", "run_by": "Rosa"}
    post(client, "candidate", draft.pk, "c1", **fields, is_allowed="on")

    save_results(draft, file_of(CORRECTED, "corrected.csv"))

    now = values(fresh_audit(draft).candidates)["c1"]
    said = (now["model"], now["cost"], now["run_by"], now["passed"])
    assert said == ("sonnet", "0.02", "Rosa", 95)


@pytest.mark.thorough
def test_run_of_another_kind_is_another_candidate(client: Client, draft: Audit) -> None:
    first(draft)

    file = file_of(CORRECTED, "corrected.csv")
    save_results(draft, file, **{"kind-0": "retrieval"})

    assert scored(draft) == {
        "c1": ("examples", 60),
        "c2": ("prompt", 60),
        "c3": ("retrieval", 95),
    }


@pytest.mark.thorough
def test_kind_that_is_said_with_the_file_replaces_nothing_at_first(
    client: Client, draft: Audit
) -> None:
    save_results(draft, file_of({"A": 60}, "a.csv"), kind="prompt")

    save_results(draft, file_of({"A": 95}, "b.csv"), kind="examples")

    assert scored(draft) == {"c1": ("prompt", 60), "c2": ("examples", 95)}


@pytest.mark.thorough
def test_candidate_that_is_not_in_the_corrected_file_stays(
    client: Client, draft: Audit
) -> None:
    first(draft)
    # A file of other candidates replaces nothing.
    other = read(client, draft, file_of({"other": 95}, "other.csv"), kind="tools")
    assert 'name="again"' not in html_of(other)

    shown = read(client, draft, file_of({"base prompt": 70}, "one.csv"))
    save(client, shown)

    told = html_of(shown)
    left = "<bdi>few-shot prompt (Prompt with examples)</bdi>"
    assert f"Not in this file, so they stay: {left}" in told
    assert scored(draft) == {"c1": ("examples", 60), "c2": ("prompt", 70)}


@pytest.mark.thorough
def test_file_with_few_of_the_cases_leaves_the_outcomes_of_the_others(
    client: Client, draft: Audit
) -> None:
    first(draft)
    few = SimpleUploadedFile("few.csv", csv_of({"base prompt": 9}, cases=10))

    save_results(draft, few)

    now = values(fresh_audit(draft).candidates)["c2"]
    assert (now["cases"], now["passed"], now["kept"][0][2]) == (100, 59, 90)


@pytest.mark.on_both
def test_earlier_result_and_its_file_stay_in_the_history(
    client: Client, draft: Audit
) -> None:
    first(draft)
    save(client, corrected(client, draft))
    ResultsFile.objects.update(added_at=draft.created_at.replace(year=2025))
    read(client, draft, file_of({"X": 1}, "other.csv"))

    page = html_of(client.get(reverse("candidate_history", args=[draft.pk])))

    kept = ResultsFile.objects.get(name="first.csv")
    assert "few-shot prompt (Prompt with examples): 95 of 100 passed" in page
    assert "few-shot prompt (Prompt with examples): 60 of 100 passed" in page
    address = reverse("results", args=[draft.pk, kept.pk])
    assert f'<a href="{address}"><bdi>first.csv</bdi></a>' in page
    assert "Restore" not in page
    assert client.get(address).status_code == 200


@pytest.mark.thorough
def test_everybody_sees_the_result_that_a_later_file_replaced(
    client: Client, draft: Audit, cast: Cast
) -> None:
    first(draft)
    save_results(draft, file_of(CORRECTED, "corrected.csv"))

    lead = draft.use_case.owner
    day = in_words(timezone.localdate())
    said = (
        f"”: 60 of 100 (first.csv, {day}), replaced by 95 of 100 (corrected.csv, by "
        f"{lead} on {day})."
    )
    for name in ("check", "result"):
        page = html_of(client.get(reverse(name, args=[draft.pk]), follow=True))
        assert page.count("Earlier result of “") == page.count(said) == 1, name
    audit = submit_audit(audit=fresh_audit(draft), by=lead)
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])
    assert said in html_of(reviewer.get(reverse("review", args=[audit.pk])))
    paper = build_paper(audit)
    assert [said in each for each in paper.results_told].count(True) == 1
    assert '"file": "first.csv"' in paper.attachment.content.decode()


@pytest.mark.thorough
def test_each_of_several_replaced_results_is_said(client: Client, draft: Audit) -> None:
    for name, passed in (("a.csv", 43), ("b.csv", 50), ("c.csv", 60)):
        save_results(draft, file_of({"base prompt": passed}, name))

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert "43 of 100 (a.csv" in page.partition("replaced by 50 of 100 (b.csv")[0]
    assert "50 of 100 (b.csv" in page.partition("replaced by 60 of 100 (c.csv")[0]


@pytest.mark.thorough
def test_typed_result_that_counted_is_said_once_another_is_typed_over_it(
    client: Client, draft: Audit
) -> None:
    post(client, "candidate", draft.pk, "new", **TYPED)
    better = {**TYPED, "passed": "95"}

    post(client, "candidate", draft.pk, "c1", **better)

    page = html_of(client.get(reverse("result", args=[draft.pk])))
    who = f"by {draft.use_case.owner} on {in_words(timezone.localdate())}"
    assert f"62 of 100 (20 November 2026), replaced by 95 of 100 ({who})." in page


@pytest.mark.thorough
def test_result_that_was_removed_before_a_new_one_of_its_kind_is_said(
    client: Client, draft: Audit
) -> None:
    save_results(draft, file_of({"base prompt": 43}, "a.csv"))
    post(client, "remove_candidate", draft.pk, "c1")
    save_results(draft, file_of({"base prompt": 95}, "b.csv"))

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    who = f"by {draft.use_case.owner} on {in_words(timezone.localdate())}"
    assert f"“base prompt (Written prompt)”: 43 of 100, removed {who}." in page
