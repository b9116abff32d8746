"""What the board approved and nobody has done, in the portfolio and its file."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, BoardDecision, PortfolioRow
from audits.portfolio_checks.checks import CHECKS_BY_ID
from audits.services.portfolio.rows import rebuild_portfolio_rows
from tests.board.boards import did, in_days, record
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.board_column import block, exported, portfolio, words_of
from tests.portfolio.rows_made import make_rows


@pytest.mark.thorough
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
