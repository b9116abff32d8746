"""A step's card, its files and what is uploaded agree on which candidate it is."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.scoring.cards.by_results import of_results
from audits.scoring.cards.card import Card
from audits.scoring.summary.plan import plan_of
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.verdicts.assessments import assess_today, framework_of
from tests.examples import some_of
from tests.pages import html_of
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.wizard.candidates.cases.test_left_out import draft as _draft
from tests.wizard.candidates.made_promptfoo import promptfoo
from tests.wizard.candidates.results_pages import read, save
from tests.wizard.candidates.results_saved import save_results

draft = _draft
MODEL = "openai:gpt-6-luna"
NAME = f"{MODEL} (Prompt with examples)"
LABELLED = f"{MODEL}, Do it"  # with the label of the prompt in the made files


def first(client: Client, draft: Audit) -> None:
    file = promptfoo("all.json", {MODEL: 110})
    save_results(draft, file, kind="examples")


def plan_of_audit(audit: Audit) -> tuple[Card, ...]:
    plan = plan_of(framework_of(audit), assess_today(audit), audit.inputs)
    assert plan
    return plan.cards


def kit_of(name: str, passed: int) -> SimpleUploadedFile:
    lines = ["case,candidate,input,right_answer,passed"]
    lines += [
        f'{n},"{name}",a,b,{"yes" if n <= passed else "no"}' for n in range(1, 121)
    ]
    return SimpleUploadedFile("kit-cases.csv", "\n".join(lines).encode())


def again(draft: Audit, kind: str) -> Any:
    if kind == "csv":
        return kit_of(NAME, 71)
    if kind == "labelled csv":
        return kit_of(f"{LABELLED} (Prompt with examples)", 71)
    name = MODEL if "same" in kind else NAME
    file = promptfoo("again.json", {name: 71}, day="2026-11-21")
    return without_label(file) if "no label" in kind else file


def without_label(file: SimpleUploadedFile) -> SimpleUploadedFile:
    told = json.loads(file.read())
    for prompt in told["results"]["prompts"]:
        prompt["label"] = prompt["raw"]  # as promptfoo writes it
    return SimpleUploadedFile(file.name or "", json.dumps(told).encode())


@pytest.mark.thorough
@pytest.mark.parametrize(
    "kind",
    some_of(
        [
            *("csv", "labelled csv"),
            *("promptfoo", "promptfoo, no label", "same", "same, no label"),
        ],
        2,
    ),
)
def test_name_of_the_kit_is_that_of_the_candidate(
    client: Client, draft: Audit, kind: str
) -> None:
    first(client, draft)

    shown = read(client, draft, again(draft, kind))
    save(client, shown)

    assert "What it replaces" in html_of(shown)
    [row] = fresh_audit(draft).inputs.candidates.rows
    assert (row.model, row.kind, row.passed) == (LABELLED, "examples", 71)


@pytest.mark.thorough
def test_label_that_comes_later_makes_no_other_candidate(
    client: Client, draft: Audit
) -> None:
    before = without_label(promptfoo("all.json", {MODEL: 110}))
    save_results(draft, before, kind="examples")

    save_results(draft, again(draft, "same"))

    [row] = fresh_audit(draft).inputs.candidates.rows
    assert (row.model, row.passed) == (MODEL, 71)


def test_label_is_no_other_name_where_two_candidates_may_be_meant(
    client: Client, draft: Audit
) -> None:
    first(client, draft)
    other = promptfoo("other.json", {MODEL: 90}).read().replace(b'"Do it"', b'"Again"')
    file = SimpleUploadedFile("other.json", other)
    save_results(draft, file, kind="examples")

    bare = again(draft, "same, no label")
    save_results(draft, bare, kind="examples")

    rows = fresh_audit(draft).inputs.candidates.rows
    assert [(row.model, row.passed) for row in rows] == [
        (LABELLED, 110),
        (f"{MODEL}, Again", 90),
        (MODEL, 71),
    ]


def test_card_says_what_the_upload_leads_to(client: Client, draft: Audit) -> None:
    first(client, draft)
    before = fresh_audit(draft)
    framework, assessment = framework_of(before), assess_today(before)

    outcomes = of_results(framework, assessment, before.inputs, ("examples",), 120)

    far = next(
        each for each in outcomes if any("far below" in said for said in each.results)
    )
    save_results(draft, kit_of(NAME, 0))
    after = fresh_audit(draft)
    [row] = after.inputs.candidates.rows
    assert (row.passed, row.cases) == (0, 120)
    assert assess_today(after).verdict == far.verdict
    assert far.verdict != assessment.verdict


@pytest.mark.thorough
def test_files_say_to_keep_the_ids_of_the_earlier_file(
    client: Client, draft: Audit
) -> None:
    save_answers(audit=draft, by=draft.use_case.owner, answers=RETRIEVAL_CASE)
    file = promptfoo("all.json", {MODEL: 60})
    save_results(draft, file, kind="prompt")
    audit = fresh_audit(draft)
    [step, *_] = [x for x in plan_of_audit(audit) if x.kinds]

    page = html_of(client.get(reverse("experiment", args=[audit.pk, step.id])))

    assert "Keep the case ids of <bdi>all.json</bdi> in the column “case”" in page
