"""A live use case that does not say what runs today is asked before money is."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Cover, Stage
from audits.reports.page_one import page_one
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import plan_state
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.verdicts.assessments import assessment_of, framework_of
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import CALLS

SAID = "The use case is live, but nobody entered what runs today."
PAPER = "The use case is live, but nobody entered what runs today"


def priced(cast: Cast, stage: str, today: str | None) -> Audit:
    """Return a draft of a use case in a stage, with its numbers."""
    audit, lead = cast.ours.draft, cast.ours.contributor
    audit.use_case.stage = stage
    audit.use_case.save()
    save_answers(audit=audit, by=lead, answers=RETRIEVAL_CASE)
    numbers = CALLS | ({"today": today} if today else {})
    sent = {("number", k): Sent(value=x) for k, x in numbers.items()}
    save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
    return fresh_audit(audit)


@pytest.mark.parametrize(
    ("stage", "today", "is_said"),
    [
        (Stage.LIVE, None, True),
        (Stage.LIVE, "prompt", False),
        (Stage.TRAINING, None, False),
    ],
)
def test_pages_and_paper_say_that_nobody_entered_what_runs(
    cast: Cast, client: Client, stage: str, today: str | None, *, is_said: bool
) -> None:
    with scope(organization=cast.ours.organization):
        audit = priced(cast, stage, today)
        found, state = assessment_of(audit), plan_state(stage)
        framework, money = framework_of(audit), money_of(found, state)
    one = page_one(framework, found, Cover(), "Triage", money, state=state)

    pages = [
        html_of(client.get(reverse(name, args=[audit.pk])))
        for name in ("numbers", "check")
    ]

    there = f"{reverse('numbers', args=[audit.pk])}#row-today"
    for page in pages:
        assert (SAID in page, there in page) == (is_said, is_said)
    assert 'id="row-today"' in pages[0]
    assert (PAPER in one.money_note) == is_said


@pytest.mark.thorough
def test_live_use_case_is_asked_what_runs_and_another_one_has_nothing_yet(
    cast: Cast, client: Client
) -> None:
    there = reverse("numbers", args=[cast.ours.draft.pk])
    with scope(organization=cast.ours.organization):
        priced(cast, Stage.PLANNED, None)
    planned = html_of(client.get(there))
    with scope(organization=cast.ours.organization):
        priced(cast, Stage.LIVE, None)
    live = html_of(client.get(there))

    assert ">Nothing yet</option>" in planned
    assert ">Nothing yet</option>" not in live
    assert ">Choose what runs today</option>" in live
