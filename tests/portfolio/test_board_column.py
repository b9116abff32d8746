"""What the board decided, in the portfolio: column, filters, checks and dates."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Audit, BoardDecision, PortfolioRow, Role, SignOffCondition
from audits.models.portfolio.filters import SIGNED_WAITING
from audits.portfolio.of_board.open_dates import due_for
from audits.portfolio_checks.checks import CHECKS_BY_ID
from audits.portfolio_filter import portfolio_rows_of
from audits.services.answers.answers import fresh_audit
from audits.services.due.board_decisions import of_board
from audits.services.papers.covers import save_cover
from audits.services.papers.packs.board_packs import NothingToDecide, request_pack
from audits.services.portfolio.rows import rebuild_portfolio_rows
from tests.board.boards import did, in_days, record, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.reviews.conftest import client_of

once = pytest.mark.once
ASKED = "Asked for (US dollars over 12 months)"


@pytest.fixture
def audit(cast: Cast) -> Iterator[Audit]:
    with scope(organization=cast.ours.organization):
        yield sign(cast.ours)


@pytest.fixture
def viewer(cast: Cast) -> Client:
    return client_of(cast, Role.VIEWER)


def portfolio(client: Client, **query: str) -> str:
    return html_of(client.get(reverse("portfolio"), query))


def block(page: str, found: str, end: str = "</section>") -> str:
    """Return a part of a page, from an id to an end."""
    return " ".join(page.partition(f'id="{found}"')[2].partition(end)[0].split())


def words_of(said: str) -> str:
    return " ".join(strip_tags(said.replace("<", " <")).split())


def exported(client: Client, **query: str) -> dict[str, str]:
    """Return the row of the only signed use case that a filter lists; else nothing."""
    found: Any = client.get(reverse("portfolio_csv"), query)
    text = b"".join(found.streaming_content).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    return next((row for row in rows if row["State"] == "Signed off"), {})


def named(client: Client, audit: Audit, **query: str) -> bool:
    """Return whether a filter lists the use case of an audit in the file."""
    return exported(client, **query).get("Use case") == audit.use_case.name


def test_approved_and_not_done_needs_attention_with_owner_day_and_what_is_missing(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    assert 'id="attention"' not in portfolio(viewer)
    decision = record(audit, cast.ours.contributor, carry_out_by=in_days(10))

    page = portfolio(viewer)

    assert "Approved and not done: 1." in block(page, "attention")
    rows = block(page, "attention")
    assert "<details" not in rows
    for words in (
        audit.use_case.name,
        "Approved, 0 of 2 steps done",
        "Change the stage; Stop the training",
        f"Owner {audit.use_case.owner}",  # not to be taken for who signs or sponsors
        f"{in_days(10):%b %Y}",
    ):
        assert words in words_of(rows)
    assert page.index('id="dec"') < page.index('id="attention"')
    assert page.index('id="figs"') < page.index('id="attention"')
    for kind in ("stage", "training"):
        did(decision, cast.ours.contributor, kind)
    page = portfolio(viewer)
    assert 'id="attention"' not in page
    assert "Approved and not done:" not in page


def test_first_that_are_not_done_are_seen_and_the_others_are_in_a_fold(
    cast: Cast, viewer: Client
) -> None:
    made = {"state": Audit.State.SIGNED_OFF, "verdict": "rag", "board_state": "open"}
    with scope(organization=cast.ours.organization):
        for day in (3, 1, 2):
            name, due = f"By day {day}", in_days(day)
            [row] = make_rows(cast.ours, 1, name=name, board_due_on=due, **made)
            BoardDecision.objects.create(
                organization=cast.ours.organization,
                audit=row.audit,
                number=1,
                outcome="approved",
                decided_on=in_days(-9),
                meeting="Board",
                amount=Decimal(1000 - day),
                currency="USD",
                by=cast.ours.contributor,
            )

    page = portfolio(viewer)

    assert "Approved and not done: 3." in block(page, "attention")
    seen, fold = block(page, "attention"), block(page, "not-done")
    assert seen.index("By day 1") < seen.index("By day 2")
    assert "By day 3" not in seen
    section = page.partition('aria-labelledby="not-done"')[2]
    assert section.lstrip("> \n").startswith("<details>")
    assert "Also approved and not done (1)</h2>" in fold
    assert "By day 3" in fold
    assert "By day 2" not in fold
    assert f"Owner {cast.ours.contributor} , 9 days" in words_of(seen)
    # The largest is never folded away, whatever its day.
    with scope(organization=cast.ours.organization):
        BoardDecision.objects.filter(amount=997).update(amount=5000)
    page = portfolio(viewer)
    assert "By day 3" in block(page, "attention")
    assert "By day 2" in block(page, "not-done")


def test_what_is_overdue_and_not_ready_needs_attention_and_is_not_in_the_fold(
    cast: Cast, viewer: Client
) -> None:
    made = {"state": Audit.State.IN_REVIEW, "verdict": "rag", "is_provisional": True}
    with scope(organization=cast.ours.organization):
        make_rows(cast.ours, 1, name="Late one", due_on=in_days(-1), **made)
        make_rows(cast.ours, 1, name="Later one", due_on=in_days(5), **made)

    page = portfolio(viewer)

    seen, fold = block(page, "attention"), block(page, "not-ready")
    assert ("Late one" in seen, "Later one" in seen) == (True, False)
    assert ("Late one" in fold, "Later one" in fold) == (False, True)
    assert "Also not ready (1)" in words_of(fold)


@pytest.mark.on_both
def test_file_has_all_that_is_not_done_and_the_page_the_first_of_it(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    steps = [f"Step {number} of what the board asks for" for number in range(1, 11)]
    decision = record(audit, cast.ours.contributor)
    asks = [
        {**decision.follow_ups[-1], "kind": "done", "name": name, "done": name}
        for name in steps
    ]
    BoardDecision.objects.filter(pk=decision.pk).update(follow_ups=asks)
    rebuild_portfolio_rows()

    file, page = exported(viewer), portfolio(viewer)

    assert file["Board decision, not done yet"] == "; ".join(steps)
    assert steps[0] in page
    assert steps[-1] not in page


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
    assert "needs a decision of the board" in alone

    # One list by day has the vote and what a reviewer signs; without a day, last.
    part = " ".join(strip_tags(block(page, "dec")).split())
    told = "Together they ask the board for $282,000 over 12 months, $281,577 of it"
    assert told in part.replace("&nbsp;", " ").replace("\u00a0", " ")
    vote = part.partition(audit.use_case.name)[2]
    assert "$281,577 asked, 12 months" in vote
    assert "Board since today, owner" in vote
    assert part.index("Reviewer ") < part.index(audit.use_case.name)
    PortfolioRow.objects.filter(state=more["state"]).update(is_provisional=True)
    late = words_of(portfolio(viewer))
    said = "1 of 3 use cases needs a decision of the board; it is due on"
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

    assert "1 of 3 use cases needs a decision of the board" in said
    assert "It asks the board for $73,832 over 12" in said
    assert "Signed, deferred by the board (1)" in said


def test_changes_of_the_board_are_in_the_row_and_in_what_is_not_done(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    PortfolioRow.objects.filter(audit=audit).update(asked=Decimal(30_536))
    record(
        *(audit, cast.ours.contributor, "amended"),
        words="Only the test of few-shot.",
        amount=Decimal(15_251),
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
    whole = exported(viewer, q="Whole")
    assert Decimal(whole[of_held]) == 0
    assert Decimal(whole["Approved and released (US dollars)"]) == 7
    SignOffCondition.objects.filter(pk=condition.pk).update(confirmed_at=timezone.now())
    assert held not in words_of(portfolio(viewer))
    name = audit.use_case.name
    told = f"The board approved $15,251 of the $30,536 that {name} asks for, not the"
    assert f"{told} whole plan: “Recommended” and “Saving, if followed”" in sums
    file = exported(viewer, q=name)
    assert Decimal(file["Approved by the board (US dollars)"]) == Decimal("15251")
    assert Decimal(file["Approved is only a part of (US dollars)"]) == Decimal("30536")
    file = exported(viewer, q="Whole")
    assert Decimal(file["Approved by the board (US dollars)"]) == Decimal("7")
    assert file["Approved is only a part of (US dollars)"] == ""
    assert "Approved by the board" not in words_of(portfolio(viewer, state="draft"))

    part = block(page, "attention")
    assert "Approved with changes, 0 of 2 steps done." in part
    assert "$15,251 approved of $30,536 asked" in part
    assert "Changed: “<bdi>Only the test of few-shot.</bdi>”" in part
    assert "Approved with changes, 0 of 2 steps done" in page


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
    assert ("needs a decision of the board" in lead) is is_asked_now
    assert ("The board deferred 1" in lead) is is_deferred
    assert ("Signed, deferred by the board (1)</h2>" in lead) is is_deferred
    until = date_format(in_days(90), "j M Y")
    assert (f"Deferred until {until}" in lead) is is_deferred
    is_asked = waits or bool(outcome)
    in_short = "not asked (stopped)" if stage == "stopped" else "no decision needed"
    assert (f"Board: {in_short}" in lead) is not is_asked
    why = "the use case has stopped" if stage == "stopped" else "for information only"
    told = row["Board decision"] == f"No decision needed: {why}"
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


@pytest.mark.on_both
def test_check_lists_what_is_not_done_and_no_review_is_due_by_the_boards_day(
    cast: Cast, audit: Audit, viewer: Client
) -> None:
    record(audit, cast.ours.contributor, carry_out_by=in_days(0))
    rows, today = PortfolioRow.objects.all(), in_days(1)

    page = html_of(viewer.get(reverse("portfolio_check", args=["not-done"])))

    assert audit.use_case.name in page
    assert "Still to do:" in page
    assert [x.audit_id for x in CHECKS_BY_ID["not-done"].find(rows, today)] == [
        audit.pk
    ]
    assert not CHECKS_BY_ID["review-due"].find(rows, today).exists()


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

    first = "the first of these is due on 11 December 2098"
    told = " use cases need a decision: 1 of the board, 3 of a reviewer"
    assert f"{told}; {first}" in said
    told = "3 need a reviewer’s decision"
    assert f"{told}; the first of these is due on 14 December 2098" in filtered
