"""A model that retires soon is said first, and on page 1 beside what is written."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, Cover
from audits.reports.page_one import page_one
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.options.ends import ends_said, model_ends
from audits.scoring.summary.end_steps import end_steps
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.papers.page_one_words import words_of_page_one
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.costs.worked_decisions import DAY, GIVEN, assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.twelve_verdicts import ANSWERS
from tests.signed_in import sign_in

LIVE: Mapping[str, str] = MappingProxyType(
    {
        "today": "prompt",
        "model": "gpt-4.1",
        "requests": "9000",
        "prefix_tokens": "6000",
        "variable_tokens": "1500",
        "output_tokens": "400",
    }
)
MET = ANSWERS["prompt_long_context"]
SAID = (
    "GPT-4.1 retires on 14 January 2027; “Prompt” then moves to GPT-6 Luna for $5,600 "
    "once."
)
RISK = {"text": "Nobody keeps the handbook up to date.", "owner": "M. Okafor"}


def test_sentence_names_the_model_the_day_and_where_the_plan_moves() -> None:
    assert ends_said(money_of(assessed(MET, **LIVE))) == (SAID,)


def test_model_of_what_serves_until_a_new_one_is_ready_is_said() -> None:
    found = assessed(ANSWERS["fine_tune"], **LIVE, ready_months="3")

    assert ends_said(money_of(found)) == (
        "GPT-4.1 retires on 14 January 2027, before “Tuned open model” is ready; until "
        "then “Prompt” moves to GPT-6 Luna.",
    )


def test_nothing_is_said_of_a_model_that_goes_on_or_has_stopped() -> None:
    going_on = assessed(MET, **{**LIVE, "model": "gpt-6-luna"})

    assert ends_said(money_of(going_on)) == ()
    assert ends_said(None) == ()


@pytest.mark.parametrize(
    ("target", "mark"),
    [
        (None, "No fewer cases pass than with GPT-4.1"),
        (Decimal("0.9"), "90 of 100 cases pass"),
    ],
)
def test_end_of_what_goes_on_is_a_step_with_its_test(
    target: Decimal | None, mark: str
) -> None:
    [step] = end_steps(money_of(assessed(MET, **LIVE)), target)

    assert step.name == "Choose the successor of GPT-4.1 before 14 January 2027"
    assert step.work == (
        "$5,600 once (Choose a model: 2 days at $800; Rewrite the prompt: 3 days at "
        "$800; Test again: 2 days at $800)"
    )
    assert step.pass_mark == mark


def test_end_that_the_verdict_itself_replaces_or_moves_is_no_step_of_its_own() -> None:
    moving = money_of(assessed(MOVES, **ENDS))
    replaced = money_of(assessed(ANSWERS["stop_fine_tuning"], **ENDS))

    for money in (moving, replaced):
        assert money
        assert ends_said(money)
        assert end_steps(money, None) == ()
    assert end_steps(None, None) == ()


def test_work_that_is_paid_once_says_what_moves_and_why() -> None:
    found = money_of(assessed(MET, **LIVE))
    assert found

    assert (
        "Moving “Prompt” to GPT-6 Luna on 14 January 2027, when GPT-4.1 retires, costs "
        "$5,600 once."
    ) in found.note


@pytest.mark.once
@pytest.mark.parametrize("verdict", ["prompt_long_context", "rag", "few_shot"])
def test_risks_that_somebody_writes_leave_it_on_page_1(verdict: str) -> None:
    found = assessed(ANSWERS[verdict], **LIVE)
    money = money_of(found)
    written = Cover(risks=[RISK])

    alone = page_one(current(), found, Cover(), "A case", money, on=DAY)
    beside = page_one(current(), found, written, "A case", money, on=DAY)

    assert alone.without_risks.count("GPT-4.1 retires on 14 January 2027") == 1
    assert beside.risks == ((RISK["text"], RISK["owner"]),)
    assert beside.dated_risks.startswith("GPT-4.1 retires on 14 January 2027; ")


def live_draft(cast: Cast, **own: str) -> Audit:
    tenant = cast.ours
    numbers = {**GIVEN, **LIVE, **own}
    sent = {("number", key): Sent(value=x) for key, x in numbers.items()}
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=MET)
        save_entries(
            audit=tenant.draft, by=tenant.contributor, sent=sent, sender=Sender()
        )
        tenant.draft.use_case.stage = "live"
        tenant.draft.use_case.save()
        return Audit.objects.with_use_case().get(pk=tenant.draft.pk)


@pytest.mark.parametrize(
    ("answers", "numbers", "state", "is_moved"),
    [
        (ANSWERS["stop_fine_tuning"], ENDS, "planned", False),
        (ANSWERS["stop_fine_tuning"], ENDS, "running", True),
        (MOVES, ENDS, "running", True),
        (MET, LIVE, "planned", True),
    ],
)
def test_nobody_leads_a_move_of_a_plan_that_does_not_run_and_is_advised_against(
    answers: Mapping[str, Any],
    numbers: Mapping[str, str],
    state: PlanState,
    *,
    is_moved: bool,
) -> None:
    money = money_of(assessed(answers, **numbers), state)

    [end] = model_ends(money)

    assert end.is_moved is is_moved
    [said] = ends_said(money)
    if_ever = "Only if the current plan goes ahead all the same: the base model of "
    assert end.says == (
        said if is_moved else said.replace("The base model of ", if_ever)
    )


@pytest.mark.once
def test_result_says_it_before_any_fold_and_among_what_to_watch_for(
    cast: Cast, client: Client
) -> None:
    audit = live_draft(cast)
    sign_in(client, cast.ours.contributor)

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    first, _, rest = page.partition('class="folds"')
    assert "Date to watch:" in first
    assert "Choose the successor of GPT-4.1 before 14 January 2027</h3>" in first
    assert "Run the same test cases with GPT-6 Luna, its named replacement" in first
    assert "GPT-4.1 retires on 14 January 2027; “Prompt” then moves to" in first
    assert "when its model retires" in first
    assert f"<bdi>{audit.use_case.owner}</bdi>, the owner, leads the move." in first
    assert "Nothing to watch for" not in page
    assert "Watch these dates" in rest


@pytest.mark.once
def test_announced_price_is_among_the_dates_to_watch(
    cast: Cast, client: Client
) -> None:
    audit = live_draft(cast, model="gemini-3.8-flash")
    sign_in(client, cast.ours.contributor)

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    _, _, rest = page.partition('class="folds"')
    said = "<li>The price of Gemini 3.8 Flash changes on 1 January 2027.</li>"
    assert said in " ".join(rest.partition("Watch these dates")[2].split())
    assert "thing to watch for" in " ".join(rest.split())
    assert "Nothing to watch for" not in page


@pytest.mark.once
def test_editor_of_page_1_shows_it_beside_the_risks_of_the_author(cast: Cast) -> None:
    audit = cast.ours.submitted
    found = assessed(MET, **LIVE)
    with scope(organization=cast.ours.organization):
        page = words_of_page_one(audit, found, Cover(audit=audit, risks=[RISK]))
    [risks] = [
        x for x in replace(page, plan_state="running").fields if x.label == "Risks"
    ]

    assert risks.lines == (
        f"{RISK['text']} ({RISK['owner']})",
        f"{SAID} (computed, always printed)",
    )
