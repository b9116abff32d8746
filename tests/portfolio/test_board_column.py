"""What the board decided, in the portfolio: column, filters, files and dates."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django_scopes import scope

from audits.models import Audit, PortfolioRow, Role
from audits.models.portfolio.filters import SIGNED_WAITING
from audits.portfolio.of_board.open_dates import due_for
from audits.portfolio_filter import portfolio_rows_of
from audits.services.answers.answers import fresh_audit
from audits.services.due.board_decisions import of_board
from audits.services.papers.covers import save_cover
from audits.services.papers.packs.board_packs import NothingToDecide, request_pack
from audits.services.portfolio.rows import rebuild_portfolio_rows
from tests.board.boards import did, in_days, record, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.board_column import exported, named, portfolio, words_of
from tests.portfolio.rows_made import make_rows
from tests.reviews.conftest import client_of

once = pytest.mark.once


@pytest.mark.parametrize(
    ("outcome", "purpose", "stage", "waits"),
    [
        pytest.param("", "decision", "training", True, marks=once),
        pytest.param("", "information", "training", False, marks=once),
        pytest.param("", "decision", "stopped", False, marks=once),
        pytest.param("deferred", "decision", "training", True, marks=once),
        ("deferred", "information", "training", True),
        pytest.param("refused", "decision", "training", False, marks=once),
        pytest.param("amended", "decision", "training", False, marks=once),
    ],
)
@pytest.mark.on_both
def test_pack_and_portfolio_count_the_same(
    cast: Cast, outcome: str, purpose: str, stage: str, *, waits: bool
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        fields = {"purpose": purpose}
        save_cover(audit=ours.submitted, by=ours.contributor, fields=fields)
        audit = sign(ours, stage)
        if outcome:
            record(audit, ours.contributor, outcome)
        counted = PortfolioRow.objects.filter(SIGNED_WAITING).exists()
        lead = " ".join(portfolio(client_of(cast, Role.VIEWER)).split())
        row = exported(client_of(cast, Role.VIEWER))
        asked = Audit.objects.filter(pk=audit.pk)
        try:
            pack, _ = request_pack(
                organization=ours.organization, by=ours.contributor, audits=asked
            )
            packed = pack.decisions.exists()
        except NothingToDecide:
            packed = False

    assert (counted, packed) == (waits, waits)
    is_deferred = outcome == "deferred"
    is_asked_now = waits and not is_deferred
    assert ("needs a decision from the board" in lead) is is_asked_now
    assert ("The board deferred 1" in lead) is is_deferred
    assert ("Signed, deferred by the board (1)</h2>" in lead) is is_deferred
    until = date_format(in_days(90), "j M Y")
    assert (f"Deferred until {until}" in lead) is is_deferred
    is_asked = waits or bool(outcome)
    in_short = "not asked (stopped)" if stage == "stopped" else "no decision needed"
    assert (f"Board: {in_short}" in lead) is not is_asked
    paper = "the paper is for information only"
    why = "the use case has stopped" if stage == "stopped" else paper
    told = row["Board decision"] == f"Nothing to decide: {why}"
    assert told is not is_asked


def passes(audit: Audit, query: str) -> bool:
    """Return whether a filter passes the use case of an audit."""
    found = portfolio_rows_of(QueryDict(query)).filter(audit=audit)
    return bool(found.exists())


@pytest.mark.on_both
def test_state_is_filtered_and_in_the_files(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    states = {
        "": "undecided",
        "approved": "open",
        "amended": "open",
        "deferred": "deferred",
        "refused": "refused",
    }
    open_states = ("undecided", "not_asked", "open", "overdue")
    for outcome, board in states.items():
        if outcome:
            record(audit, cast.ours.contributor, outcome)

        passed = [
            state
            for state in (*open_states, "carried_out", "deferred", "refused")
            if passes(audit, f"board={state}")
        ]

        assert passed == [board]
        assert named(viewer, audit, board=board)
        assert passes(audit, "needs=not_done") is (board == "open")
        row = PortfolioRow.objects.get(audit=audit)
        assert row.board_state == board
        said = row.board_said
        rebuild_portfolio_rows(organization=cast.ours.organization)
        assert PortfolioRow.objects.get(audit=audit).board_said == said
    assert not named(viewer, audit, board="not_asked")
    assert html_of(viewer.get(reverse("portfolio"), {"sort": "board"}))


@pytest.mark.on_both
def test_day_makes_it_overdue_without_a_write(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    record(
        audit,
        cast.ours.contributor,
        decided_on=in_days(-20),
        carry_out_by=in_days(-1),
    )

    assert "Approved, 0 of 2 steps done, overdue" in portfolio(viewer, board="overdue")
    assert named(viewer, audit, board="overdue")
    assert exported(viewer)["Board decision"] == "Approved, 0 of 2 steps done, overdue"
    assert "overdue" not in PortfolioRow.objects.get(audit=audit).board_said
    found = of_board(fresh_audit(audit), in_days(-1))
    assert found is not None
    assert found.standing.state == "open"


@pytest.mark.thorough
def test_next_date_is_never_in_a_year_while_an_approved_stop_trains(
    cast: Cast, audit: Audit
) -> None:
    def row() -> PortfolioRow:
        return PortfolioRow.objects.get(audit=audit)

    assert (row().due_on, due_for(row())) == (in_days(30), "Decision of the board")
    decision = record(audit, cast.ours.contributor, carry_out_by=in_days(10))
    assert (row().due_on, due_for(row())) == (
        in_days(10),
        "Carrying out the board’s decision",
    )
    for kind in ("stage", "training"):
        did(decision, cast.ours.contributor, kind)
    assert due_for(row()) == "Review"
    record(audit, cast.ours.contributor, "deferred", look_on=in_days(60))
    assert (row().due_on, due_for(row())) == (in_days(60), "The board’s next look")


@pytest.mark.thorough
def test_lead_counts_what_waits_for_a_reviewer_and_for_the_board_with_the_first_day(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    with scope(organization=cast.ours.organization):
        save_cover(
            audit=audit,
            by=cast.ours.contributor,
            fields={"decide_by": date(2098, 12, 11)},
        )
    late = {"state": Audit.State.IN_REVIEW, "due_on": date(2098, 12, 14)}
    make_rows(cast.ours, 3, **late)

    said = words_of(portfolio(viewer))
    filtered = words_of(portfolio(viewer, needs="decision"))

    first = "the first by 11 December 2098"
    told = " use cases need a decision: 1 from the board, 3 from a reviewer"
    assert f"{told}; {first}" in said
    told = "3 need a reviewer’s decision"
    assert f"{told}; the first by 14 December 2098" in filtered
