"""The money by quarter: what runs, was approved and is asked for, each once."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import (
    Audit,
    BoardDecision,
    Cover,
    DecisionStep,
    PortfolioRow,
    Snapshot,
    Stage,
)
from audits.portfolio.totals import totals_of
from audits.services.portfolio.quarters import Quarter, message_of, quarters_of
from tests.board.boards import record, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.signed_in import sign_in

TODAY = date(2026, 11, 29)
ASKS = {"stage": Stage.PLANNED, "verdict": "fine_tune", "asked": Decimal(1000)}


def case(cast: Cast, decide_by: date | None, **fields: Any) -> PortfolioRow:
    days = {"due_on": decide_by, "board_due_on": decide_by}
    made = {**ASKS, "state": Audit.State.IN_REVIEW, **days, **fields}
    [row] = make_rows(cast.ours, 1, **made)
    if decide_by:
        Cover.objects.create(
            organization=cast.ours.organization, audit=row.audit, decide_by=decide_by
        )
    return row


def decided(
    cast: Cast, row: PortfolioRow, day: date, amount: Decimal | None, **more: Any
) -> None:
    made = {"number": 1, "outcome": "approved", "verdict": row.verdict}
    BoardDecision.objects.create(
        organization=cast.ours.organization,
        audit=row.audit,
        decided_on=day,
        meeting="Board",
        amount=amount,
        stage=row.stage,
        by=cast.ours.contributor,
        **made | more,
    )


def freed(
    decision: BoardDecision, day: date, amount: int, basis: str, **more: Any
) -> DecisionStep:
    return DecisionStep.objects.create(
        organization=decision.organization,
        decision=decision,
        audit=decision.audit,
        kind=DecisionStep.Kind.MONEY,
        day=day,
        amount=Decimal(amount),
        basis=basis,
        by=decision.by,
        **more,
    )


def filled(cast: Cast) -> None:
    signed = {"state": Audit.State.SIGNED_OFF, "board_state": "undecided"}
    case(cast, date(2026, 12, 31))
    case(cast, date(2026, 2, 1))  # overdue, so it is needed now
    case(cast, date(2027, 1, 1), asked_said="at least", **signed)
    case(cast, date(2030, 1, 1))
    # The board's next look counts, and no longer the day on the cover.
    later = {**signed, "board_state": "deferred", "board_due_on": date(2027, 4, 20)}
    for decide_by in (date(2026, 12, 19), None):
        case(cast, decide_by, asked=Decimal(30), **later)
    case(cast, None, asked=None, asked_said="Not priced")
    case(cast, date(2027, 1, 1), is_provisional=True)  # asks for nothing yet
    live = {"stage": Stage.LIVE, "state": Audit.State.SIGNED_OFF, "spend": Decimal(7)}
    done = {**live, "board_state": "open"}
    first, other = (case(cast, None, **done) for _ in range(2))
    decided(cast, first, date(2026, 9, 30), Decimal(50), outcome="deferred")
    decided(cast, first, date(2026, 10, 1), Decimal(500), number=2)
    decided(cast, other, date(2026, 10, 2), Decimal(9), currency="EUR")
    bare = case(cast, None, **done)
    decided(cast, bare, date(2026, 7, 1), None, outcome="amended")
    Snapshot.objects.create(
        organization=cast.ours.organization,
        month=date(2026, 8, 1),
        taken_on=date(2026, 8, 31),
        use_cases=4,
        running=Decimal(11),
    )


def read(found: list[Quarter]) -> dict[str, tuple[Any, ...]]:
    return {
        each.name: (each.running, each.approved.amount, each.asked.amount)
        for each in found
    }


@pytest.mark.on_both
def test_each_amount_is_in_the_quarter_of_its_day(cast: Cast) -> None:
    cast.ours.submitted.use_case.delete()
    cast.ours.draft.use_case.delete()
    with scope(organization=cast.ours.organization):
        filled(cast)
        rows, months = PortfolioRow.objects.all(), Snapshot.objects.all()
        total = totals_of(None, TODAY, {}).total
        found = quarters_of(rows, list(months), total.running, TODAY)
        planned = rows.filter(stage=Stage.PLANNED)
        part = quarters_of(planned, (), None, TODAY)

    assert read(found) == {
        "Q1 2026": (None, None, None),
        "Q2 2026": (None, None, None),
        "Q3 2026": (11, None, None),
        "Q4 2026": (21, 500, 2000),
        "Q1 2027": (None, None, 1000),
        "Q2 2027": (None, None, 60),
        "Q3 2027": (None, None, None),
        "Q4 2027": (None, None, None),
        "Later, or no date": (None, None, 1000),
    }
    by_name = {each.name: each for each in found}
    now, before = by_name["Q4 2026"], by_name["Q3 2026"]
    assert (now.is_now, now.running_on, now.approved.other) == (True, TODAY, 1)
    assert (before.running_on, before.approved.bare) == (date(2026, 8, 31), 1)
    assert by_name["Q1 2027"].asked.in_part
    assert (by_name["Q1 2026"].is_to_come, by_name["Q2 2027"].is_to_come) == (0, 1)
    # All quarters together ask for what the portfolio says is asked for.
    assert total.with_board == sum(each.asked.amount or 0 for each in found)
    assert message_of(found) == (
        "$4,060 is asked for, and $500 has been approved from Q1 2026 to today"
    )
    assert [each.approved.has_any for each in part] == [False] * 9


@pytest.mark.on_both
def test_money_that_a_decision_freed_is_in_the_quarter_of_its_day(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        decision = record(sign(cast.ours), cast.ours.contributor)
        freed(decision, date(2026, 9, 30), 40, "month")
        freed(decision, date(2026, 10, 1), 41, "month")
        undone = freed(decision, date(2026, 10, 1), 7, "month")
        undone.pk, undone.undoes = None, DecisionStep.objects.get(pk=undone.pk)
        undone.public_id, undone.kind = uuid4(), DecisionStep.Kind.TAKEN_BACK
        undone.save()
        freed(decision, date(2026, 11, 2), 900, "once")
        freed(decision, date(2026, 11, 2), 900, "once", currency="EUR")
        rows = PortfolioRow.objects.all()
        found = quarters_of(rows, (), None, TODAY)
        none = quarters_of(rows.none(), (), None, TODAY)
        client = Client()
        sign_in(client, cast.ours.contributor)
        said = " ".join(html_of(client.get(reverse("quarters"))).split())

    by_name = {each.name: each for each in found}
    before, now = by_name["Q3 2026"], by_name["Q4 2026"]
    assert (before.freed.amount, before.freed_once.has_any) == (Decimal(40), False)
    assert (now.freed.amount, now.freed.number) == (Decimal(41), 1)
    assert (now.freed_once.amount, now.freed_once.other) == (Decimal(900), 1)
    assert not any(each.has_freed for each in none)
    assert "$41 a month" in said
    assert "$900 once" in said


def test_page_has_a_table_beside_the_picture_and_follows_the_filter(
    cast: Cast,
) -> None:
    client = Client()
    sign_in(client, cast.ours.contributor)
    with scope(organization=cast.ours.organization):
        filled(cast)

    said = html_of(client.get(reverse("quarters")))
    live = html_of(client.get(reverse("quarters"), {"stage": "live"}))
    none = html_of(client.get(reverse("quarters"), {"team": "Clams"}))

    assert '<title id="quarters-title">US dollars by quarter: Q' in said
    assert "Later, or no date" in said
    assert "3 of 13 use cases" in " ".join(live.split())
    assert "Nothing is asked for" in live
    assert "quarters-title" not in live  # one quarter alone is no picture
    kept = "the first count of single use cases. Earlier quarters count the use cases"
    assert f"{kept} that match now." in " ".join(live.split())
    assert kept not in " ".join(said.split())
    assert "There is no team “Clams”." in none
    assert "quarters-title" not in none
