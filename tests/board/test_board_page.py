"""The page of what a board decided: recorded, done and taken back without a script."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import (
    Audit,
    BoardDecision,
    Cover,
    DecisionStep,
    Outcome,
    PortfolioRow,
    Role,
    UseCase,
    User,
)
from audits.scoring.tracking.outcomes import ComparedMonth, values_of
from audits.services.board.steps import take_step_back
from audits.services.due.board_words import step_said
from audits.services.reviews.condition_steps import meet_condition
from audits.services.timelines.timeline import timeline_of
from tests.board.boards import did, in_days, record, sign
from tests.casting import CANARY, PASSWORD, Cast
from tests.conditions import condition_of, sign_with, term
from tests.examples import thorough
from tests.pages import html_of
from tests.reviews.conftest import client_of
from tests.scoring.tracking.test_assumed import OCTOBER
from tests.signed_in import let_prove, sign_in


@pytest.fixture
def audit(cast: Cast) -> Audit:
    with scope(organization=cast.ours.organization):
        return sign(cast.ours)


def month(**changed: Any) -> ComparedMonth:
    return replace(OCTOBER, **changed)


def sent(outcome: str = "approved", **more: str) -> dict[str, str]:
    return {
        "read": "0",
        "outcome": outcome,
        "decided_on": in_days(0).isoformat(),
        "meeting": "Board, winter",
        "carry_out_by": in_days(30).isoformat(),
        **more,
    }


def decide(client: Client, audit: Audit, **form: str) -> Any:
    url = reverse("board_decided", args=[audit.pk])
    return client.post(url, form, follow=True)


def test_a_year_of_a_decision_by_its_pages_alone(cast: Cast, audit: Audit) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    result = html_of(client.get(reverse("result", args=[audit.pk])))
    assert "Not yet decided" in result
    page = html_of(client.get(reverse("board", args=[audit.pk])))
    assert "What did the board decide?" in page

    page = html_of(
        decide(
            client,
            audit,
            **sent(amount="4,200", link="https://example.org/minute", name="Minute 12"),
        )
    )

    assert "Approved, 0 of 2 steps done" in page
    for words in ("Minute 12", "$4,200", "Stop the training", "Change the stage"):
        assert words in page
    asks = "Change the stage to “Building”, or to the one that it has now"
    assert asks in " ".join(page.split())
    step = reverse("board_step", args=[audit.pk, "training"])
    assert "How is that known?" in html_of(client.get(step))
    done = {"day": in_days(0).isoformat(), "words": "The job was ended."}
    page = html_of(client.post(step, done, follow=True))
    assert "Approved, 1 of 2 steps done" in page
    stage = reverse("board_step", args=[audit.pk, "stage"])
    page = html_of(client.post(stage, {"stage": "building"}, follow=True))
    assert "Approved and carried out" in page
    assert "The stage was changed from In training to Building" in page
    with scope(organization=cast.ours.organization):
        assert UseCase.objects.get(pk=audit.use_case_id).stage == "building"
        training = DecisionStep.objects.get(kind="training")
        assert step_said(training).startswith("Training stopped on ")
        asks = training.decision.follow_ups
        asked = next(each for each in asks if each["kind"] == "training")
        asked["done"] = "Tuned model taken out of service"  # where none was trained
        assert step_said(training).startswith("Tuned model taken out of service on ")
    back = reverse("board_step_back", args=[training.public_id])
    assert "Why is it not so?" in html_of(client.get(back))
    page = html_of(client.post(back, {"words": "It runs again."}, follow=True))
    assert "Approved, 1 of 2 steps done" in page
    assert "It runs again." in page
    result = html_of(client.get(reverse("result", args=[audit.pk])))
    assert "Approved, 1 of 2 steps done" in result


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize(
    ("now", "why"),
    [
        (("stopped", "decision"), "the use case has stopped"),
        (("planned", "information"), "the paper is for information only"),
    ],
)
def test_page_and_result_say_that_no_decision_is_needed(
    cast: Cast, client: Client, audit: Audit, now: tuple[str, str], why: str
) -> None:
    stage, purpose = now
    with scope(organization=cast.ours.organization):
        UseCase.objects.filter(audits=audit).update(stage=stage)
        Cover.objects.update_or_create(
            audit=audit,
            defaults={"organization": cast.ours.organization, "purpose": purpose},
        )

    for name in ("result", "board"):
        page = html_of(client.get(reverse(name, args=[audit.pk])))
        assert f"Nothing to decide: {why}" in page
        assert "Not yet decided" not in page


def test_result_folds_what_was_to_be_done_once_all_of_it_is(
    cast: Cast, audit: Audit
) -> None:
    ours, viewer = cast.ours, client_of(cast, Role.VIEWER)
    said = "All that the board approved is done. A new audit prices what runs now"

    def seen() -> tuple[str, str]:
        pages = (reverse(name, args=[audit.pk]) for name in ("result", "board"))
        result, board = (html_of(viewer.get(page)) for page in pages)
        return result.partition('id="monday"')[2].partition("</section>")[0], board

    with scope(organization=ours.organization):
        decision = record(audit, ours.contributor)
        did(decision, ours.contributor, "training")
    first, board = seen()
    assert said not in first
    assert '<details class="why">' not in first
    assert "What has to be done" in board
    with scope(organization=ours.organization):
        did(decision, ours.contributor, "stage")

    first, board = seen()
    before, fold, behind = first.partition("What was to be done")
    assert fold
    assert said in before
    assert "leads the work" not in before
    assert "leads the work" in behind
    assert "What has to be done" not in board
    assert "What was done" in board


@pytest.mark.parametrize(
    ("form", "error"),
    [
        thorough((sent(outcome=""), "Choose what the board decided")),
        (sent(carry_out_by=""), "Enter the day until when it must be carried out"),
        (sent(carry_out_by="soon"), "Enter the day as year, month and day"),
        thorough((sent("amended"), "Say what the board changed")),
        thorough((sent("refused"), "Say why the board refused it")),
        (sent("deferred", words="x"), "Enter the day on which the board looks"),
        (sent(amount="much"), "Enter an amount in digits"),
        (sent(amount="19.322"), "may mean 19,322 or 19.322: enter one of them"),
        (sent(link="javascript:x"), "link"),
        (sent(link="", name="Minute 14"), "Enter the link that “Minute 14” names"),
        (sent(read="7"), "Somebody recorded a decision after you opened this page"),
    ],
)
def test_error_keeps_all_that_was_entered(
    cast: Cast, audit: Audit, form: dict[str, str], error: str
) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    proof = {"link": "https://example.org/minutes", "name": "A name of the minute"}
    form = {**proof, **form}

    response = decide(client, audit, **form)

    page = html_of(response)
    assert response.status_code == 422
    assert error in page
    for value in (form["meeting"], form["name"], form.get("amount", "")):
        assert value in page
    with scope(organization=cast.ours.organization):
        assert not BoardDecision.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.VIEWER, False),
        (Role.CONTRIBUTOR, True),
        thorough((Role.REVIEWER, True)),
        thorough((Role.ADMIN, True)),
    ],
)
def test_who_may_contribute_records_and_everybody_reads(
    cast: Cast, audit: Audit, role: Role, *, may: bool
) -> None:
    client, other = client_of(cast, role), client_of(cast, Role.ADMIN)

    response = decide(client, audit, **sent())
    decide(other, audit, **sent(read=str(int(may))))
    page = html_of(client.get(reverse("board", args=[audit.pk])))
    with scope(organization=cast.ours.organization):
        decision = BoardDecision.objects.order_by("-number").first()
        assert decision is not None
        step = did(decision, cast.ours.contributor, "training")
    answers = [
        client.get(reverse("board_step", args=[audit.pk, "training"])),
        client.get(reverse("board_step_back", args=[step.public_id])),
    ]

    assert response.status_code == (200 if may else 403)
    assert "Approved, 0 of 2 steps done" in page
    assert ("Record another decision" in page) is may
    assert [x.status_code for x in answers] == [200 if may else 403] * 2


def test_nothing_of_the_other_organization_is_shown_or_changed(
    cast: Cast, audit: Audit
) -> None:
    theirs = cast.theirs
    with scope(organization=theirs.organization):
        their_audit = sign(theirs)
        decision = record(their_audit, theirs.contributor, meeting=f"{CANARY} board")
        step = did(decision, theirs.contributor, "training")
    client = client_of(cast, Role.ADMIN)

    answers = [
        client.get(reverse("board", args=[their_audit.pk])),
        client.post(reverse("board_decided", args=[their_audit.pk]), sent()),
        client.get(reverse("board_step", args=[their_audit.pk, "training"])),
        client.post(reverse("board_step", args=[their_audit.pk, "stage"]), {}),
        client.get(reverse("board_step_back", args=[step.public_id])),
        client.post(reverse("board_step_back", args=[step.public_id]), {"words": "x"}),
    ]
    page = html_of(client.get(reverse("board", args=[audit.pk])))

    assert [x.status_code for x in answers] == [404] * 6
    assert CANARY not in page
    with scope(organization=theirs.organization):
        assert BoardDecision.objects.count() == DecisionStep.objects.count() == 1


def test_use_case_takes_its_decisions_with_it_and_they_keep_their_people(
    cast: Cast, client: Client, audit: Audit
) -> None:
    ours, person = cast.ours, cast.ours.people[Role.ADMIN]
    root = User.objects.create_superuser(email="root@example.com", password=PASSWORD)
    with scope(organization=ours.organization):
        decision = record(audit, ours.contributor)
        did(decision, person, "training")
    sign_in(client, root)
    let_prove(client, root)
    url = reverse("admin:audits_user_delete", args=[person.pk])

    assert "Cannot delete user" in html_of(client.get(url))

    with scope(organization=ours.organization):
        ours.submitted.use_case.delete()
        assert not BoardDecision.objects.exists()
        assert not DecisionStep.objects.exists()


@pytest.mark.on_both
def test_condition_is_told_with_who_says_that_it_is_met(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        asked = term(ours.submitted, "Test it on 30 cases.")
        sign_with(ours.submitted, ours.people[Role.REVIEWER], asked)
        record(ours.submitted, ours.contributor)
        condition = condition_of(ours.submitted)
        meet_condition(condition=condition, by=ours.contributor, words="30 passed.")

    url = reverse("board", args=[ours.submitted.pk])
    page = html_of(client_of(cast, Role.CONTRIBUTOR).get(url))

    assert "Test it on 30 cases." in page
    assert "says that it is met, with no file or link" in page


@pytest.mark.parametrize(
    ("amount", "source"),
    [
        ("600.00", "from usage"),
        pytest.param("500", "stated", marks=pytest.mark.on_both),
    ],
)
def test_money_is_proposed_from_usage_and_another_amount_is_stated(
    cast: Cast, audit: Audit, amount: str, source: str
) -> None:
    client, ours = client_of(cast, Role.CONTRIBUTOR), cast.ours
    with scope(organization=ours.organization):
        decision = record(audit, ours.contributor)
        ask = {
            **decision.follow_ups[0],
            "kind": "money",
            "name": "Say how much is freed",
        }
        BoardDecision.objects.update(follow_ups=[ask])
        PortfolioRow.objects.filter(audit=audit).update(spend=Decimal(1000))
        seen = month(first=in_days(1), seen=Decimal(400))
        Outcome.objects.create(
            organization=ours.organization, audit=audit, months=values_of([seen])
        )
    url = reverse("board_step", args=[audit.pk, "money"])
    page = html_of(client.get(url))
    assert "$600 a month" in page

    form = {
        "amount": amount,
        "basis": "month",
        "day": in_days(1).isoformat(),
        "words": "The bill of the month.",
    }
    page = html_of(client.post(url, form, follow=True))
    again = html_of(client.get(url))
    over = html_of(client.post(url, form | {"amount": "501"}))

    assert f"${Decimal(amount):.0f} a month since" in page
    assert f"({source})" in page
    # What is recorded already is proposed no more, and nothing is freed twice.
    left = Decimal(600) - Decimal(amount)
    assert (f"So ${left:.0f} a month is proposed" in " ".join(again.split())) is (
        left > 0
    )
    assert f"and ${Decimal(amount):.0f} is freed already, so no more than" in over


@pytest.mark.parametrize(
    ("amount", "basis", "words"),
    [
        ("15251", "once", "The board approved this amount as spending."),
        pytest.param(
            *("1001", "month", "A month of the current plan costs $1,000"),
            marks=pytest.mark.on_both,
        ),
        ("12001", "once", "The current plan costs $12,000 over 12 months"),
    ],
)
def test_amount_that_nothing_frees_is_refused(
    cast: Cast, audit: Audit, amount: str, basis: str, words: str
) -> None:
    client, ours = client_of(cast, Role.CONTRIBUTOR), cast.ours
    with scope(organization=ours.organization):
        decision = record(audit, ours.contributor, amount=Decimal(15_251))
        ask = {**decision.follow_ups[0], "kind": "money", "basis": "month"}
        BoardDecision.objects.update(follow_ups=[ask])
        year = Decimal(20_000 if amount == "15251" else 12_000)
        rows = PortfolioRow.objects.filter(audit=audit)
        rows.update(spend=Decimal(1000), year=year)
    form = {
        "amount": amount,
        "basis": basis,
        "day": in_days(0).isoformat(),
        "words": "The bill of the month.",
    }

    response = client.post(reverse("board_step", args=[audit.pk, "money"]), form)

    assert response.status_code == 422
    assert words in html_of(response)
    with scope(organization=ours.organization):
        assert not DecisionStep.objects.exists()


@pytest.mark.on_both
def test_synthetic_usage_and_months_before_the_decision_show_nothing(
    cast: Cast, audit: Audit
) -> None:
    client, ours = client_of(cast, Role.CONTRIBUTOR), cast.ours
    with scope(organization=ours.organization):
        decision = record(audit, ours.contributor)
        ask = {**decision.follow_ups[0], "kind": "money"}
        BoardDecision.objects.update(follow_ups=[ask])
        PortfolioRow.objects.filter(audit=audit).update(spend=Decimal(1000))
        seen = [
            month(first=in_days(1), seen=Decimal(400), is_synthetic=True),
            month(first=date(2020, 1, 1), seen=Decimal(400)),
        ]
        Outcome.objects.create(
            organization=ours.organization, audit=audit, months=values_of(seen)
        )

    page = html_of(client.get(reverse("board_step", args=[audit.pk, "money"])))

    assert "the amount is marked as stated" in " ".join(page.split())


@pytest.mark.on_both
def test_timeline_has_each_record_and_each_step_in_order(
    cast: Cast, audit: Audit
) -> None:
    client, ours = client_of(cast, Role.VIEWER), cast.ours
    with scope(organization=ours.organization):
        record(audit, ours.contributor, "deferred", words="After the summer.")
        decision = record(audit, ours.contributor, amount=Decimal(4200))
        step = did(decision, ours.contributor, "training")
        take_step_back(step=step, by=ours.contributor, words="It runs again.")
        found = timeline_of(audit.use_case)

    page = html_of(client.get(reverse("timeline", args=[audit.pk])))

    kinds = [each.kind for each in found if each.kind.startswith("board")]
    assert kinds == ["board_back", "board_step", "board", "board"]
    for words in ("Deferred on", "After the summer.", "Approved on", "$4,200"):
        assert words in page
    assert "It runs again." in page
