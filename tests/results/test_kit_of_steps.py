"""The action kit has the steps of the result, and files for what they test."""

import csv
from collections.abc import Mapping
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.results.explained_audits import explained_of
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import save_proved
from tests.results.test_kit import kit_of
from tests.scoring.cards.test_cheaper_ways import INVOICES
from tests.signed_in import sign_in
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_pages import read, save

pytestmark = pytest.mark.once
LOOKED_UP = "Examples picked by search (Prompt with examples)"


@pytest.fixture
def tested(cast: Cast, client: Client) -> Audit:
    """Return a draft that trains a small part: 12 examples were the best so far."""
    tenant = cast.ours
    sign_in(client, tenant.contributor)
    with scope(organization=tenant.organization):
        save_proved(
            audit=tenant.draft,
            by=tenant.contributor,
            answers=INVOICES,
            levels={"examples": "documented"},
        )
        sent = {("candidate", "target"): Sent(value={"share": "0.92"})}
        audit = fresh_audit(tenant.draft)
        save_entries(audit=audit, by=tenant.contributor, sent=sent, sender=Sender())
        passed = {"Written prompt": 171, "Prompt with examples": 193}
        file = SimpleUploadedFile("both.csv", csv_of(passed, cases=220))
        save(client, read(client, audit, file))
        return fresh_audit(tenant.draft)


def test_kit_has_the_steps_of_the_result_and_files_for_what_they_test(
    cast: Cast, client: Client, tested: Audit
) -> None:
    kit = kit_of(cast, tested.pk)

    steps_are_those_of_the_result_in_their_order(cast, tested, kit)
    examples_that_serve_meanwhile_stay_in_the_prompt(kit["prompt.md"])
    cases_are_those_of_the_steps_and_make_candidates_of_their_own(client, tested, kit)


def steps_are_those_of_the_result_in_their_order(
    cast: Cast, tested: Audit, kit: Mapping[str, str]
) -> None:
    with scope(organization=cast.ours.organization):
        assessment = assess_today(tested)
        plan = explained_of(tested, assessment).plan

    assert assessment.verdict == "train_small_part"
    names = [f"{n}. {card.name}: " for n, card in enumerate(plan.first, 1)]
    assert "Test a stronger model on the same 220 cases" in names[0]
    assert "Test examples picked by search on the same 220 cases" in names[1]
    listed = [x for x in kit["readme.md"].splitlines() if x[:1].isdigit()]
    assert len(listed) == len(names)
    assert all(x.startswith(n) for x, n in zip(listed, names, strict=True))
    assert "1. Test a stronger model on the same 220 cases: 8 hours" in listed[0]
    assert all(f"- [ ] {card.name} (" in kit["readiness.md"] for card in plan.cards)


def examples_that_serve_meanwhile_stay_in_the_prompt(prompt: str) -> None:
    assert "take it out" not in prompt
    assert "Keep here the examples that you tested, until something better" in prompt
    assert (
        "For step 2, “Test examples picked by search on the same 220 cases”, "
        "copy this prompt"
    ) in prompt


def cases_are_those_of_the_steps_and_make_candidates_of_their_own(
    client: Client, tested: Audit, kit: Mapping[str, str]
) -> None:
    rows = list(csv.DictReader(StringIO(kit["evaluation.csv"].lstrip("\ufeff"))))
    per = {row["candidate"] for row in rows}
    assert per == {"Stronger model", LOOKED_UP}
    assert len(rows) == 440
    assert "the 220 test cases of each of 2 candidates" in kit["readme.md"]
    assert "Keep the case ids of both.csv in the column `case`" in kit["readme.md"]
    there = reverse("experiment", args=[tested.pk, "test_cheaper"])
    assert f"<bdi>{LOOKED_UP}</bdi>" in html_of(client.get(there))


def test_kit_after_the_test_has_what_passed_and_how_to_put_it_into_service(
    cast: Cast, client: Client
) -> None:
    tenant = cast.ours
    sign_in(client, tenant.contributor)
    before = {
        "goal": ["knowledge", "style"],
        "state": "none",
        "tried": ["instructions"],
        "eval": "small_set",
        "quality_gap": "small",
        "component": "generator",
        "knowledge_size": "small",
        "change_rate": "quarterly",
        "examples": "curated",
        "task_shape": "narrow_stable",
    }
    with scope(organization=tenant.organization):
        save_proved(audit=tenant.draft, by=tenant.contributor, answers=before)
    assert "Pass mark: ." not in kit_of(cast, tenant.draft.pk)["readme.md"]

    with scope(organization=tenant.organization):
        sent = {("candidate", "target"): Sent(value={"share": "0.9"})}
        audit = fresh_audit(tenant.draft)
        save_entries(audit=audit, by=tenant.contributor, sent=sent, sender=Sender())
        passed = {"Written prompt": 120, "Prompt with documents": 195}
        file = SimpleUploadedFile("both.csv", csv_of(passed, cases=200))
        save(client, read(client, audit, file))
    kit = kit_of(cast, tenant.draft.pk)

    rows = csv.DictReader(StringIO(kit["evaluation.csv"].lstrip("\ufeff")))
    assert {row["candidate"] for row in rows} == {"Prompt with documents"}
    assert "1. Put “" in kit["readme.md"]
    assert "2. Check answers from live use (A colleague of " in kit["readme.md"]
    summary = tenant.draft.use_case.summary
    assert summary
    assert f"Your job, in its words: “{summary}”" in kit["prompt.md"]


@pytest.mark.thorough
def test_result_of_looked_up_examples_replaces_none(
    cast: Cast, client: Client, tested: Audit
) -> None:
    file = SimpleUploadedFile("next.csv", csv_of({LOOKED_UP: 205}, cases=220))

    with scope(organization=cast.ours.organization):
        save(client, read(client, tested, file))
        rows = fresh_audit(tested).inputs.candidates.rows

    assert [(row.kind, row.passed) for row in rows] == [
        ("prompt", 171),
        ("examples", 193),
        ("examples", 205),
    ]


@pytest.mark.thorough
def test_rows_to_fill_in_are_of_the_cases_that_were_tested(
    client: Client, tested: Audit
) -> None:
    there = reverse("experiment", args=[tested.pk, "test_stronger"])

    page = " ".join(html_of(client.get(there)).split())

    assert "Test a stronger model on the same 220 cases" in page
    assert "Download 220 empty rows</a>" in page
    assert "Fill in the 220 cases that were tested, with their right answers" in page
    # What a person can do comes before what an engineer runs.
    by_hand = page.index("write yes or no in the column “passed”")
    assert (
        by_hand < page.index("Or let an engineer run it") < page.index("npx promptfoo")
    )
