"""What the board is asked for, and what it approved, in sums of the portfolio."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from audits.models import Audit, BoardDecision, PortfolioRow, SignOffCondition
from tests.board.boards import in_days, record
from tests.casting import Cast
from tests.portfolio.board_column import block, exported, named, portfolio, words_of
from tests.portfolio.rows_made import make_rows

ASKED = "Asked for (US dollars over 12 months)"


@pytest.mark.on_both
def test_what_waits_for_the_board_has_the_sum_with_which_a_pack_asks(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    rows = PortfolioRow.objects.filter(audit=audit)
    rows.update(asked=Decimal(281_577), asked_said="")
    more = {"state": Audit.State.IN_REVIEW, "stage": "planned", "verdict": "rag"}
    make_rows(cast.ours, 1, asked=Decimal(423), asked_said="in part", **more)

    page = portfolio(viewer)
    alone = words_of(portfolio(viewer, needs="board"))
    file: Any = viewer.get(reverse("portfolio_csv"))
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    asked = [x[ASKED] for x in csv.DictReader(io.StringIO(text)) if x[ASKED]]
    # The sum line, the file and the heading ask for one amount.
    assert sorted(map(Decimal, asked)) == [423, 281_577]
    said = "Asked for $282,000 over 12 months Both decisions ask for an amount"
    assert f"{said}; $281,577 of it is signed" in words_of(page)
    assert "Asked for $281,577 over 12 months 1 of 1 decision asks" in alone
    assert "needs a decision from the board" in alone

    # One list by day has the vote and what a reviewer signs; without a day, last.
    part = " ".join(strip_tags(block(page, "dec")).split())
    part = part.replace("&nbsp;", " ").replace("\u00a0", " ")
    later = "and for $423 more once a reviewer has signed."
    assert f"The board is asked for $281,577 over 12 months, {later}" in part
    assert "1 signed ($281,577), 1 with a reviewer ($423): $282,000 in all." in part
    vote = part.partition(audit.use_case.name)[2]
    assert "$281,577 asked, 12 months" in vote
    day = in_days(30)
    assert f"Board decides by {day.day} {day:%b %Y} Owner: " in vote
    assert part.index("With a reviewer ") < part.index(audit.use_case.name)
    PortfolioRow.objects.filter(state=more["state"]).update(is_provisional=True)
    late = words_of(portfolio(viewer))
    said = "1 of 3 use cases needs a decision from the board; it is due on"
    assert said in late
    assert " 1 cannot go to the board yet" in late
    assert "can be decided yet" not in late
    assert named(viewer, audit, needs="board")
    rows.update(asked=None, asked_said="Not priced")
    bare = words_of(portfolio(viewer, needs="board"))
    assert "None of these use cases has a price" in bare
    assert "asked" not in bare.partition("Needs a decision")[2].partition("Sums")[0]
    record(audit, cast.ours.contributor)
    assert "owner" not in block(portfolio(viewer), "dec")
    assert not named(viewer, audit, needs="board")


def test_what_the_board_deferred_is_none_of_those_that_wait_and_ask(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    record(audit, cast.ours.contributor, "deferred")
    rows = PortfolioRow.objects.filter(audit=audit)
    rows.update(asked=None, asked_said="Not priced")
    more = {"state": Audit.State.SIGNED_OFF, "stage": "planned", "verdict": "rag"}
    waiting = {"board_state": "undecided", "asked": Decimal(73_832), "asked_said": ""}
    make_rows(cast.ours, 1, **waiting, **more)

    said = words_of(portfolio(viewer))

    assert "1 of 3 use cases needs a decision from the board" in said
    assert "The board is asked for $73,832 over 12" in said
    assert "Signed, deferred by the board (1)" in said


def test_changes_of_the_board_are_in_the_row_and_in_what_is_not_done(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    record(
        *(audit, cast.ours.contributor, "amended"),
        words="Only the test of few-shot.",
        amount=Decimal(15_251),
        asked=Decimal(30_536),
    )

    page = " ".join(portfolio(viewer).split())

    more = {"state": Audit.State.SIGNED_OFF, "asked": Decimal(7), "stage": "planned"}
    [whole] = make_rows(cast.ours, 1, board_state="open", name="Whole", **more)
    BoardDecision.objects.create(
        organization=cast.ours.organization,
        audit=whole.audit,
        number=1,
        outcome="approved",
        stage="live",
        decided_on=in_days(0),
        amount=Decimal(7),
        asked=Decimal("7.30"),
        by=cast.ours.contributor,
    )
    signing = audit.reviews.latest("at")
    condition = SignOffCondition.objects.create(
        organization=cast.ours.organization,
        audit=audit,
        review=signing,
        number=1,
        words="Test it.",
        owner=cast.ours.contributor,
        due_on=in_days(9),
        late_from=timezone.now(),
    )
    page = " ".join(portfolio(viewer).split())
    sums = words_of(page).partition("Sums of ")[2]
    held = "$15,251 is held until conditions are met"
    assert f"Approved by the board $15,258 2 decisions; {held}, $7 is released" in sums
    file = exported(viewer, q=audit.use_case.name)
    of_held = "Approved, held until conditions are met (US dollars)"
    assert Decimal(file[of_held]) == 15251
    assert Decimal(file["Approved and released (US dollars)"]) == 0
    free = exported(viewer, q="Whole")
    assert Decimal(free[of_held]) == 0
    assert Decimal(free["Approved and released (US dollars)"]) == 7
    SignOffCondition.objects.filter(pk=condition.pk).update(confirmed_at=timezone.now())
    assert held not in words_of(portfolio(viewer))
    name = audit.use_case.name
    told = f"The board approved $15,251 of the $30,536 that {name} asks for; the other"
    counted = (
        "“Proposed”, “Recommended” and “Saving, if followed” count the whole plan."
    )
    assert f"{told} $15,285 is not approved. {counted}" in sums
    file = exported(viewer, q=name)
    assert Decimal(file["Approved by the board (US dollars)"]) == Decimal("15251")
    assert Decimal(file["Approved is only a part of (US dollars)"]) == Decimal("30536")
    file = exported(viewer, q="Whole")
    assert Decimal(file["Approved by the board (US dollars)"]) == Decimal("7")
    assert file["Approved is only a part of (US dollars)"] == ""
    assert "Approved by the board" not in words_of(portfolio(viewer, state="draft"))

    part = block(page, "attention")
    assert "Approved with changes, 0 of 2 steps done." in part
    # The amount stands under the others, and the words beside it.
    amount = "<strong>$15,251</strong></span> <span"
    assert f'{amount} class="small">approved of the $30,536 asked for' in part
    assert "Changed: “<bdi>Only the test of few-shot.</bdi>”" in part
    assert "Approved with changes, 0 of 2 steps done" in page
