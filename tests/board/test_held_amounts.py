"""What a board approves is held while a condition of the sign-off is open."""

import csv
import io
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Audit, BoardDecision, PortfolioRow, Role, SignOffCondition
from audits.reports.packs.pack_context import build_pack
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.board.approved_so_far import Approved, approved_so_far
from audits.services.papers.packs.board_packs import request_pack
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.condition_steps import confirm_condition, meet_condition
from tests.board.boards import in_days, record
from tests.casting import Cast
from tests.conditions import condition_of, decide, sign_with, term
from tests.pages import html_of
from tests.reports.packs.made_packs import state_money
from tests.reports.test_offer import OFFER
from tests.reviews.conftest import client_of
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.costs.worked_moves import ENDS
from tests.scoring.twelve_verdicts import ANSWERS

HELD = f"held until 1 condition is met (by {in_words(in_days(30))})"


@pytest.fixture
def signed(cast: Cast) -> Audit:
    """An audit that was signed off with a condition."""
    ours = cast.ours
    with scope(organization=ours.organization):
        asked = term(ours.submitted, "Test 30 cases.")
        sign_with(ours.submitted, ours.people[Role.REVIEWER], asked)
        return fresh_audit(ours.submitted)


def said(client: Client, name: str, *args: Any) -> str:
    page = html_of(client.get(reverse(name, args=args)))
    return " ".join(strip_tags(re.sub("<", " <", page)).split())


def register(client: Client) -> dict[str, str]:
    found: Any = client.get(reverse("decisions_csv"))
    [row] = csv.DictReader(io.StringIO(found.content.decode("utf-8-sig")))
    return row


@pytest.mark.thorough
def test_page_before_the_decision_has_what_is_decided_and_what_holds_it(
    cast: Cast, signed: Audit
) -> None:
    told = said(client_of(cast, Role.CONTRIBUTOR), "board", signed.pk)

    before, _, form = told.partition("Record the decision")
    assert "What the board decides on" in before
    assert "Asked for: " in before
    assert f"What the board approves is {HELD}" in before
    assert "Test 30 cases." in before
    assert "What did the board decide?" in form


@pytest.mark.on_both
def test_amount_is_held_in_every_place_until_the_condition_is_confirmed(
    cast: Cast, signed: Audit
) -> None:
    ours, viewer = cast.ours, client_of(cast, Role.VIEWER)
    with scope(organization=ours.organization):
        record(signed, ours.contributor, amount=Decimal(35_356))

    assert f"$35,356 approved, {HELD}" in said(viewer, "board", signed.pk)
    assert f"$35,356 approved {HELD}" in said(viewer, "portfolio")
    quarters = said(viewer, "quarters")
    assert "$35,356 of it is held until conditions are met" in quarters
    assert "$35,356 held until conditions are met" in quarters
    assert f"held {register(viewer)['Approved amount is held']}" == HELD
    with scope(organization=ours.organization):
        pack, _ = request_pack(
            organization=ours.organization,
            by=ours.contributor,
            audits=Audit.objects.current().exclude(state=Audit.State.DRAFT),
        )
        board = build_pack(pack).board
        assert board is not None
        assert f"held {board.rows[0].held}" == HELD

        condition = condition_of(signed)
        meet_condition(condition=condition, by=ours.contributor, words="30 passed.")
        BoardDecision.objects.update(asked=Decimal("40000.40"))
    confirmed = "held until 1 condition is confirmed as met"
    rest = "The other $4,644 is not approved: to spend it, ask the board again."
    part = f"$35,356 approved of the $40,000 asked for, {confirmed} {rest}"
    assert part in said(viewer, "board", signed.pk)
    part = f"$35,356 approved of the $40,000 asked for {confirmed}"
    assert part in said(viewer, "portfolio")

    with scope(organization=ours.organization):
        confirm_condition(condition=condition, by=ours.people[Role.REVIEWER])
        assert PortfolioRow.objects.get(audit=signed).condition_due_on is None
    assert "$35,356 approved" in said(viewer, "board", signed.pk)
    assert "$35,356 of the $40,000 asked for is approved." in said(
        viewer, "result", signed.pk
    )
    for name, args in (("board", [signed.pk]), ("portfolio", []), ("quarters", [])):
        assert "held until" not in said(viewer, name, *args)
    assert not register(viewer)["Approved amount is held"]


@pytest.mark.on_both
def test_only_a_condition_that_holds_money_holds_the_amount(cast: Cast) -> None:
    ours, viewer = cast.ours, client_of(cast, Role.VIEWER)
    with scope(organization=ours.organization):
        audit = ours.submitted
        meanwhile = term(audit, "Label 50 more.", days=5, holds_money=False)
        terms = (term(audit, "Test 30 cases."), meanwhile)
        sign_with(audit, ours.people[Role.REVIEWER], *terms)
        audit = fresh_audit(audit)
    before = said(viewer, "board", audit.pk)
    assert f"What the board approves is {HELD}: Test 30 cases." in before
    assert "while the work goes on: Label 50 more. (" in before
    with scope(organization=ours.organization):
        record(audit, ours.contributor, amount=Decimal(35_356))

    assert f"$35,356 approved, {HELD}" in said(viewer, "board", audit.pk)
    assert f"$35,356 approved {HELD}" in said(viewer, "portfolio")
    assert f"held {register(viewer)['Approved amount is held']}" == HELD
    with scope(organization=ours.organization):
        for condition in SignOffCondition.objects.filter(holds_money=True):
            meet_condition(condition=condition, by=ours.contributor, words="Passed.")
            confirm_condition(condition=condition, by=ours.people[Role.REVIEWER])
        pack, _ = request_pack(
            organization=ours.organization,
            by=ours.contributor,
            audits=Audit.objects.current().exclude(state=Audit.State.DRAFT),
        )
        built = build_pack(pack)
    assert built.board is not None
    assert built.board.rows[0].held == ""
    assert "Label 50 more." in built.board.rows[0].missing
    for name, args in (("board", [audit.pk]), ("portfolio", []), ("quarters", [])):
        assert "held until" not in said(viewer, name, *args)
    assert "No amount waits for it." in said(viewer, "board", audit.pk)
    assert not register(viewer)["Approved amount is held"]


def test_step_that_is_reported_while_its_money_is_held_says_so(
    cast: Cast, signed: Audit
) -> None:
    ours, client = cast.ours, client_of(cast, Role.CONTRIBUTOR)
    with scope(organization=ours.organization):
        state_money(signed, **OFFER)
        record(signed, ours.contributor, amount=Decimal(35_356))
    step = reverse("board_step", args=[signed.pk, "setup"])
    form = said(client, "board_step", signed.pk, "setup")
    sent = {"day": in_days(0).isoformat(), "words": "It passed."}
    after = " ".join(strip_tags(html_of(client.post(step, sent, follow=True))).split())

    assert f"The approved amount is {HELD}. What it pays for can begin then." in form
    assert f"It is reported as done while the approved amount is {HELD}." in after
    with scope(organization=ours.organization):
        condition = condition_of(signed)
        meet_condition(condition=condition, by=ours.people[Role.REVIEWER], words="Yes.")
    assert "held until" not in said(client, "board_step", signed.pk, "offer")


@pytest.mark.thorough
def test_nothing_is_held_without_an_approved_amount(cast: Cast, signed: Audit) -> None:
    ours, viewer = cast.ours, client_of(cast, Role.VIEWER)
    with scope(organization=ours.organization):
        record(signed, ours.contributor)

    assert "held until" not in said(viewer, "board", signed.pk)
    assert "held until" not in said(viewer, "portfolio")


def test_result_begins_with_what_the_board_decided_and_leads_to_the_steps(
    cast: Cast, signed: Audit
) -> None:
    ours, viewer = cast.ours, client_of(cast, Role.VIEWER)
    assert "The board approved" not in said(viewer, "result", signed.pk)
    with scope(organization=ours.organization):
        record(signed, ours.contributor, amount=Decimal(35_356))

    page = html_of(viewer.get(reverse("result", args=[signed.pk])))
    told = " ".join(strip_tags(page.partition('id="board-decided">')[2][:500]).split())
    steps = reverse("board", args=[signed.pk])

    assert told.startswith("The board approved this on ")
    assert f"$35,356 is approved and {HELD}." in told
    assert (
        f'<a class="btn btn-primary btn-block" href="{steps}">See the steps</a>' in page
    )


def signed_with_amount(cast: Cast, answers: Mapping[str, Any]) -> Audit:
    """Sign off an audit whose answers are measured and have a price."""
    ours = cast.ours
    by, sent = ours.contributor, {"number": GIVEN | ENDS, "answer": answers}
    with scope(organization=ours.organization):
        save_entries(
            audit=ours.draft,
            by=by,
            sent={
                (kind, name): Sent(value=value)
                for kind, values in sent.items()
                for name, value in values.items()
            },
            sender=Sender(),
        )
        audit = submit_audit(audit=fresh_audit(ours.draft), by=by)
        decide(audit, ours.people[Role.REVIEWER], outcome="approved", words="")
        return fresh_audit(audit)


@pytest.mark.parametrize("outcome", ["approved", "refused"])
def test_result_asks_for_nothing_once_the_board_has_decided(
    cast: Cast, outcome: str
) -> None:
    ours, viewer = cast.ours, client_of(cast, Role.VIEWER)
    audit = signed_with_amount(cast, ANSWERS["migrate"])

    def next_steps() -> str:
        told = said(viewer, "result", audit.pk).partition("What to do next")[2]
        return told.partition("How sure")[0]

    asking = next_steps()
    with scope(organization=ours.organization):
        record(audit, ours.contributor, outcome)
    decided = next_steps()

    paid = "the money asked for pays for the tests that follow."
    for asks in ("Asked for: $", paid):
        assert asks in asking
        assert asks not in decided
    assert "The board has decided: see its decision ." in decided


def test_day_before_that_of_a_condition_is_told_in_the_form_and_the_check(
    cast: Cast, signed: Audit
) -> None:
    by, day = client_of(cast, Role.CONTRIBUTOR), in_words(in_days(30))
    form = said(by, "board", signed.pk)
    assert f"A condition of the sign-off is due by {day}: an approved amount" in form

    sent = {
        "outcome": "approved",
        "decided_on": in_days(0).isoformat(),
        "meeting": "Board, winter",
        "carry_out_by": in_days(9).isoformat(),
        "read": "0",
    }
    answer = by.post(reverse("board_decided", args=[signed.pk]), sent, follow=True)

    told = " ".join(strip_tags(html_of(answer)).split())
    early = f"carried out by {in_words(in_days(9))}, but a condition of the sign-off"
    assert f"{early} is due later, by {day}" in told
    check = said(by, "portfolio_check", "not-done")
    assert f"Meet the condition “Test 30 cases.” by {day}" in check
    assert f"To be carried out by {in_words(in_days(9))}." in check
    page = html_of(by.get(reverse("portfolio_check", args=["not-done"])))
    assert f'href="{reverse("board", args=[signed.pk])}">See the steps' in page

    sent |= {"carry_out_by": in_days(30).isoformat(), "read": "1"}
    answer = by.post(reverse("board_decided", args=[signed.pk]), sent, follow=True)
    assert "is due later, by" not in html_of(answer)


def test_amounts_approved_so_far_have_one_sum_and_what_of_it_is_held() -> None:
    def of(amount: str | None, **more: Any) -> dict[str, Any]:
        said = {"amount": amount, "asked": "35356", "currency": "USD", "held": ""}
        return {"is_carried_out_later": True, **said, **more}

    refused = of("7", is_carried_out_later=False)
    held = of("20000", held="until conditions are met")
    open_ones = (of("65532"), of("69000"), held)

    found = approved_so_far([*open_ones, of(None), refused, {}])

    # The approved amount counts, not what was asked for.
    assert found == Approved(
        number=3, approved=4, amount="$154,532", held="$20,000", released="$134,532"
    )
    assert found.name == "Approved so far, an amount in 3 of 4 decisions"
    assert "$20,000 of it is held until conditions are met. $134,532 is" in found.says
    every = approved_so_far([of("9", currency="EUR"), of("5")])
    assert every
    assert (every.number, every.amount, every.held) == (2, "EUR 9 and $5", "")
    assert every.says.startswith("No condition holds any of it.")
    assert approved_so_far([of(None), refused, {}]) is None
