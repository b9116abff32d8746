"""Until the board decides, a result says what it is asked, for how much and by when."""

import html
import re
from datetime import date
from typing import get_args

import pytest
from django.template import Context
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.results.first_action import first_action
from audits.scoring import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.sums.asked.net_parts import net_parts
from audits.scoring.told.result.put_to_board import BoardState, PutToBoard, put_to_board
from audits.scoring.told.result.time_apart import time_apart
from audits.services.papers.covers import save_cover
from audits.templatetags.heads import time_from_decision
from tests.board.boards import in_days, record, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS
from tests.scoring.twelve_verdicts import ANSWERS

BY = date(2026, 12, 13)


def put(
    found: Assessment, state: BoardState = "waits", now: str = ""
) -> PutToBoard | None:
    framework = current()
    first = first_action(framework, found)
    return put_to_board(
        framework,
        found,
        money_of(found),
        title=first.title if first else "",
        is_for_board=bool(first and first.is_for_board),
        now=now,
        state=state,
        by=BY,
    )


def test_move_asks_the_board_first_and_is_done_once_it_agrees() -> None:
    said = put(assessed(ANSWERS["migrate"], **ENDS))

    assert said is not None
    assert said.says.startswith("Agree to move off the tuned model")
    assert "over 12 months" in said.amount
    assert not said.amount.startswith("This asks for")
    assert said.then.startswith("Once it agrees: ")
    assert said.is_said
    assert said.by == BY


def test_amount_has_the_months_from_the_day_by_which_the_board_decides() -> None:
    found = assessed(ANSWERS["migrate"], **ENDS)
    money = money_of(found)
    said, parts = put(found), net_parts(found, money, BY)

    assert said
    assert money
    assert parts
    assert parts.since == BY
    assert ", instead of $" in money.asks
    assert "instead of" not in said.amount
    side = "less" if parts.saved > 0 else "more"
    assert said.amount.endswith(
        f" over 12 months from 13 December 2026: ${abs(parts.saved):,} {side} than the "
        "current plan."
    )


def test_nothing_is_paid_for_a_training_that_the_board_may_end() -> None:
    framework = current()
    found = assessed(ANSWERS["stop_fine_tuning"], **ENDS)
    first = first_action(framework, found)
    assert first

    def until(state: PlanState) -> list[str]:
        told = (
            put_to_board(
                framework,
                found,
                money_of(found, state),
                title=first.title,
                is_for_board=True,
                now="$9 now.",
                state=asks,
            )
            for asks in get_args(BoardState.__value__)
        )
        return [each.until for each in told if each]

    says = "Pay nothing more for training until then: what is paid cannot be saved."
    assert until("planned") == [says, says]
    # What runs or has stopped was paid.
    assert until("running") == until("stopped") == ["", ""]


@pytest.mark.parametrize("verdict", sorted(ANSWERS))
def test_each_verdict_that_waits_says_what_the_board_is_asked(verdict: str) -> None:
    found = assessed(ANSWERS[verdict])
    said = put(found)

    assert said is not None
    assert said.says
    assert put(found, "not_asked") is None


def asked(client: Client, audit_id: object) -> str:
    page = html_of(client.get(reverse("result", args=[audit_id])))
    said = page.partition('id="monday"')[2].partition("</section>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", said)).split())


def test_page_says_by_when_the_board_decides_until_it_has(
    cast: Cast, client: Client
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        fields = {"decide_by": in_days(11)}
        save_cover(audit=audit, by=ours.contributor, fields=fields)
    day = f"{in_days(11):%-d %B %Y}"

    assert f"For the board, by {day} :" in asked(client, audit.pk).replace(":", " :")

    with scope(organization=ours.organization):
        record(audit, ours.contributor)
    assert "For the board" not in asked(client, audit.pk)


def test_paper_for_information_asks_the_board_for_nothing(
    cast: Cast, client: Client
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        fields = {"purpose": Cover.Purpose.INFORMATION}
        save_cover(audit=audit, by=ours.contributor, fields=fields)

    said = asked(client, audit.pk)

    assert "Signed off." in said
    assert "For the board" not in said


def test_result_in_review_counts_a_saving_from_the_day_of_its_paper() -> None:
    plan = assessed(ANSWERS["rag"], today="fine_tune_own")
    money = money_of(plan)

    # A piece of a page gets the day of what is not signed apart from what is due.
    page = Context({"due": None, "vote_on": BY})
    said = time_from_decision(page, plan, money)

    since = net_parts(plan, money, BY)
    assert since
    assert said.startswith(
        f"The board’s 12 months from 13 December 2026 cost ${since.saved:,} less"
    )
    assert said == time_apart(plan, money, BY) != time_apart(plan, money)
