"""Every page says what a lead changed about a result that counted, and its effect."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Version
from audits.models.audits import values
from audits.reports.context import build_paper
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.timelines.timeline import timeline_of
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_saved import save_results
from tests.wizard.candidates.told_pages import told_pages
from tests.wizard.candidates.typed import page_of, post
from tests.wizard.page_forms import hidden_in

FIELDS = {"kind": "stronger", "model": "opus", "is_allowed": "on"}


@pytest.fixture
def draft(aimed: Audit) -> Audit:
    """Return the draft with a stronger model that meets the target."""
    file = SimpleUploadedFile("opus.csv", csv_of({"opus": 86}, cases=90))
    save_results(aimed, file, kind="stronger")
    return fresh_audit(aimed)


def change(client: Client, audit: Audit, **fields: Any) -> Any:
    """Send the form of the first candidate; a field of None is left out."""
    sent = {name: value for name, value in {**FIELDS, **fields}.items() if value}
    return post(client, "candidate", audit.pk, "c1", **sent)


def who(audit: Audit) -> str:
    return f"by {audit.use_case.owner} on {in_words(timezone.localdate())}"


@pytest.mark.parametrize(
    ("fields", "done"),
    some_of(
        [
            ({"is_allowed": None}, "marked as not allowed in production"),
            (
                {"kind": "tuned"},
                "called “Tuned or distilled model” instead of “Stronger model”",
            ),
        ],
        1,
    ),
)
def test_everybody_sees_what_was_changed_and_what_it_changes(
    client: Client, draft: Audit, cast: Cast, fields: dict[str, Any], done: str
) -> None:
    was = assess_today(draft).named.name

    change(client, draft, **fields)

    now = assess_today(fresh_audit(draft)).named.name
    assert now != was
    said = f"“opus (Stronger model)”: 86 of 90, {done} {who(draft)}. If it counted as"
    for name, page in told_pages(client, draft, cast).items():
        effect = page.partition(said)[2].partition(".")[0]
        assert f"the verdict would be “{was}”" in effect, name
    paper = build_paper(fresh_audit(draft))
    counted = f"1 result was changed or removed, with it: “{was}” (A6)."
    assert counted in paper.one.unknown
    with scope(organization=draft.organization):
        moments = timeline_of(draft.use_case)
    [words] = [x.words for x in moments if x.kind == "result_changed"]
    assert said.startswith(words)


@pytest.mark.thorough
def test_history_tells_an_allowed_result_from_one_that_is_not(
    client: Client, draft: Audit
) -> None:
    change(client, draft, is_allowed=None)

    page = html_of(client.get(reverse("candidate_history", args=[draft.pk])))

    assert page.count("opus (Stronger model): 86 of 90 passed") == 1
    assert "opus (Stronger model) (not allowed in production): 86 of 90" in page


def test_page_that_removes_says_as_what_a_result_counts(
    client: Client, draft: Audit
) -> None:
    there = reverse("remove_candidate", args=[draft.pk, "c1"])
    before = html_of(client.get(there))

    change(client, draft, is_allowed=None)

    after = html_of(client.get(there))
    assert "It counts now." in before
    assert "It counts now." not in after
    assert "so it counts only as a model to learn from." in after


@pytest.mark.thorough
def test_name_that_was_typed_is_nowhere_said_to_have_measured(
    client: Client, draft: Audit, cast: Cast
) -> None:
    change(client, draft, run_by="Grace Mensah")
    file = SimpleUploadedFile("b.csv", csv_of({"opus": 50}))
    save_results(draft, file)

    evidence = f"uploaded by {draft.use_case.owner}, run by “Grace Mensah” as entered"
    page = html_of(client.get(reverse("submission", args=[draft.pk]), follow=True))
    table = html_of(client.get(page_of(draft)))
    said = told_pages(client, draft, cast, are_all=True)
    assert f"measured, {evidence}, SHA-256" in page + said["check"]
    assert f"U{evidence[1:]}" in table
    for name, each in said.items():
        assert f"replaced by 50 of 100 (b.csv, {who(draft)})" in each, name
        assert "by Grace Mensah" not in each, name


def test_form_says_that_a_change_is_told(client: Client, draft: Audit) -> None:
    page = html_of(client.get(reverse("candidate", args=[draft.pk, "c1"])))

    assert "the board paper say what it was before, who changed it" in page


def test_earlier_version_of_a_candidate_is_not_restored(
    client: Client, draft: Audit
) -> None:
    change(client, draft, is_allowed=None)
    before = values(fresh_audit(draft).candidates)
    first = Version.objects.filter(audit=draft, item="c1").order_by("at").first()
    assert first is not None
    page = client.get(page_of(draft)).content.decode()

    response = client.post(
        reverse("restore", args=[first.public_id]), {"seen": hidden_in(page)["seen"][0]}
    )

    assert response.status_code == 404
    assert values(fresh_audit(draft).candidates) == before


@pytest.mark.parametrize("together", some_of([True, False], 1))
def test_last_change_is_compared_with_the_state_that_counted_last(
    client: Client, draft: Audit, cast: Cast, *, together: bool
) -> None:
    was = assess_today(draft).named.name
    change(client, draft, is_allowed=None)
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    reopen_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    if not together:
        change(client, draft)

    change(client, draft, kind="tuned")

    last = "called “Tuned or distilled model” instead of “Stronger model”"
    for name, page in told_pages(client, draft, cast).items():
        effect = page.partition(f"{last} {who(draft)}. If it counted as before, ")[2]
        assert f"the verdict would be “{was}”" in effect.partition(".")[0], name
