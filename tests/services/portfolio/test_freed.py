"""What decisions of the board have freed is taken off what runs, and is said."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, BoardDecision, PortfolioRow, Role, Snapshot, Team
from audits.portfolio.files.register import HEADINGS, register_rows
from audits.portfolio.sums.total import Total
from audits.portfolio.totals import totals_of
from audits.portfolio_checks.checks import CHECKS_BY_ID
from audits.reports.packs.pack_context import build_pack
from audits.scoring.board.freed import Freed
from audits.services.answers.answers import fresh_audit
from audits.services.board.before_pack import frozen_decisions
from audits.services.board.freed_years import ended_said
from audits.services.board.steps import take_step_back
from audits.services.due.board_decisions import said_by_board
from audits.services.due.board_words import step_said
from audits.services.papers.packs.board_packs import request_pack
from audits.services.portfolio.freed import follow_freed
from audits.services.portfolio.money.plan_months import plan_months
from audits.services.portfolio.rows import rebuild_portfolio_rows
from audits.services.portfolio.snapshots import take_snapshots
from tests.board.boards import did, in_days, record, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.reports.packs.made_packs import state_money
from tests.reviews.conftest import client_of

PLAN = {
    "spend_low": Decimal(2000),
    "spend": Decimal(9349),
    "spend_high": Decimal(12000),
    "year": Decimal(112_188),
    "cost": Decimal(3000),
    "at_risk": True,
}


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


UNTIL = date(2099, 1, 14)
# One that is planned: 12 months at 4,659, later 973, and a training.
IN_TRAINING = {
    "spend_low": Decimal(2000),
    "spend": Decimal(4659),
    "spend_high": Decimal(9000),
    "spend_later": Decimal(973),
    "spend_later_on": UNTIL,
    "year_low": Decimal(30_726),
    "year": Decimal(45_780),
    "year_high": Decimal(90_000),
    "once": Decimal(19_322),
    "training_once": Decimal(19_322),
    "cost": Decimal(2588),
    "saving": Decimal(-1615),
    "saving_year": Decimal(10_424),
    "at_risk": True,
}


def decided(
    cast: Cast, *kinds: str, stage: str = "live", plan: dict[str, Any] | None = None
) -> BoardDecision:
    """Sign a use case with a priced plan off, and ask for money to be freed."""
    audit = sign(cast.ours, stage=stage)
    decision = record(audit, cast.ours.contributor)
    asks = [{**decision.follow_ups[0], "kind": kind} for kind in kinds]
    BoardDecision.objects.update(follow_ups=asks)
    PortfolioRow.objects.filter(audit=audit).update(**(plan or PLAN))
    decision.refresh_from_db()
    return decision


def total() -> Total:
    teams = {team.pk: team for team in Team.objects.all()}
    return totals_of(None, timezone.localdate(), teams).total


@pytest.mark.on_both
def test_freed_money_is_taken_off_from_its_day_on(cast: Cast) -> None:
    by = cast.ours.contributor
    decision = decided(cast, "money", "training")
    before = total()
    assert seen(before.running, before.risk) == (9349, 9349)
    assert seen(before.of_freed, before.freed, before.freed_once) == (0, None, None)

    did(decision, by, "money", amount=Decimal(6949))
    did(decision, by, "money", amount=Decimal(500), basis="once")
    did(decision, by, "money", amount=Decimal(400), day=in_days(3))
    found = total()
    assert seen(found.running, found.running_year) == (2400, 112_188 - 12 * 6949)
    assert seen(found.risk_low, found.risk, found.risk_high) == (0, 2400, 5051)
    assert seen(found.freed_off, found.freed, found.freed_once) == (6949, 6949, 500)
    assert found.of_freed == 1

    later = timezone.now() + timedelta(days=4)
    with patch("django.utils.timezone.now", return_value=later):
        assert follow_freed() == 1
        assert seen(total().running, total().freed) == (2000, 7349)
        assert follow_freed() == 0

        did(decision, by, "training")
        found = total()
    assert seen(found.running, found.risk, found.at_risk) == (2000, None, 0)
    row = PortfolioRow.objects.get(audit=decision.audit_id)
    assert seen(row.runs, row.is_at_risk, row.spend) == (2000, False, 9349)
    assert not PortfolioRow.objects.at_risk().exists()


def test_page_file_pack_and_register_say_the_same(cast: Cast) -> None:
    ours = cast.ours
    decision = decided(cast, "money")
    did(decision, ours.contributor, "money", amount=Decimal(6949))
    did(decision, ours.contributor, "money", amount=Decimal(500), basis="once")
    viewer = client_of(cast, Role.VIEWER)

    page = words(html_of(viewer.get(reverse("portfolio"))))
    said = "Freed by 1 decision of the board: $6,949 a month and $500 once"
    assert said in page
    assert "($6,949 a month is taken off what runs: $83,388 over 12 months)" in page
    assert "They include what was paid before money came free." in page
    assert "$9,349 a month $6,949 a month freed" in page
    assert "None of the running spend is at risk" in page

    answer = b"".join(viewer.get(reverse("portfolio_csv"))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(answer)))
    assert [
        sum(Decimal(row[name] or 0) for row in rows)
        for name in (
            "Freed by decisions of the board (US dollars a month)",
            "Freed once by them (US dollars)",
            "Decisions that freed it",
            "Running (US dollars a month)",
        )
    ] == [6949, 500, 1, 2400]

    register = dict(zip(HEADINGS, next(register_rows()), strict=True))
    assert register["Freed a month so far"] == 6949
    assert register["Freed of 12 months of the plan (US dollars)"] == 83_388
    assert register["Freed once so far"] == 500

    pack, _ = request_pack(
        organization=ours.organization,
        by=ours.contributor,
        audits=Audit.objects.current().exclude(state=Audit.State.DRAFT),
    )
    board = build_pack(pack).board
    assert board is not None
    year = "$83,388 over 12 months of the plan"
    assert board.freed == f"$6,949 a month and $500 once (stated), {year}s"
    assert board.rows[0].released == f"$6,949 a month and $500 once: {year}"

    before = PortfolioRow.objects.get(audit=decision.audit_id)
    take_snapshots(timezone.localdate())
    [shot] = Snapshot.objects.filter(team=None)
    assert seen(shot.running, shot.at_risk) == (2400, 0)
    rebuild_portfolio_rows()
    before.refresh_from_db(fields=["freed", "freed_once", "freed_of"])
    assert seen(before.freed, before.freed_once, before.freed_of) == (6949, 500, 1)


@pytest.mark.on_both
def test_training_that_ended_and_money_that_is_freed_are_not_planned(
    cast: Cast,
) -> None:
    by = cast.ours.contributor
    decision = decided(cast, "training", "money", stage="training", plan=IN_TRAINING)
    row = PortfolioRow.objects.get(audit=decision.audit_id)
    day = timezone.localdate()
    contradicted = CHECKS_BY_ID["contradicted"].find
    before = total()
    assert seen(before.planned, before.planned_year) == (4659, 45_780)
    assert seen(before.training, before.saving_training) == (19_322, None)
    assert seen(before.saving, before.saving_year) == (-1615, 10_424)
    assert contradicted(PortfolioRow.objects.all(), day).exists()

    stopped = did(decision, by, "training")
    found = total()
    assert seen(found.of_training, found.training) == (0, None)
    assert seen(found.planned, found.planned_year) == (4659, 26_458)
    assert seen(found.planned_once, found.saving_training) == (0, None)
    assert seen(found.saving, found.saving_year) == (0, 0)
    assert seen(found.saving_begun, found.freed_planned) == (10_424, None)
    assert found.of_saving == before.of_saving - 1
    assert not PortfolioRow.objects.training_at_risk().exists()
    assert not contradicted(PortfolioRow.objects.all(), day).exists()
    row.refresh_from_db()
    assert seen(row.once_left, row.training_left, row.changes) == (
        *(0, None),
        26_458 - 12 * 4659,
    )

    [frozen] = frozen_decisions([row.use_case_id]).values()
    assert ended_said([frozen["board"]]) == "training stopped: $19,322 once"

    did(decision, by, "money", amount=Decimal(4659))
    found = total()
    assert seen(found.planned, found.planned_year) == (0, 0)
    assert seen(found.freed, found.freed_off, found.freed_planned) == (4659, None, 4659)
    assert seen(found.saving, found.saving_year) == (0, 0)
    assert seen(found.saving_begun, found.freed_year) == (10_424, 26_458)
    take_snapshots(day)
    assert Snapshot.objects.get(team=None).planned == 0

    take_step_back(step=stopped, by=by, words="It still runs.")
    found = total()
    assert seen(found.training, found.planned_year) == (19_322, 19_322)


def test_row_and_file_say_what_is_left_of_a_plan_that_is_freed(cast: Cast) -> None:
    by, viewer = cast.ours.contributor, client_of(cast, Role.VIEWER)
    decision = decided(cast, "training", "money", stage="training", plan=IN_TRAINING)

    page = words(html_of(viewer.get(reverse("portfolio"))))
    assert f"$4,659 a month falls from {UNTIL:%b %Y}" in page
    assert f"$10,424 a loss from {UNTIL:%b %Y}" in page

    did(decision, by, "training")
    page = words(html_of(viewer.get(reverse("portfolio"))))
    assert f"$4,659 a month falls from {UNTIL:%b %Y}" in page
    assert "$10,424 by steps done" in page
    assert "0 of the 2 not stopped are compared; $10,424 more is saved" in page
    assert "“As signed” is what it cost when the verdict was signed off" in page
    assert "$19,322" not in page

    did(decision, by, "money", amount=Decimal(1500))
    page = words(html_of(viewer.get(reverse("portfolio"))))
    off = 12 * 1500
    of_year = "$18,000 over 12 months"
    until = "until 14 January 2099"
    assert f"was $4,659 a month falls from {UNTIL:%b %Y}" in page
    assert f"$1,500 a month no longer planned {until}" in page
    assert "board: $1,500 a month, less from 14 January 2099" in page
    assert f"($1,500 a month is taken off what is planned: {of_year})" in page
    answer = b"".join(viewer.get(reverse("portfolio_csv"))).decode("utf-8-sig")
    [row] = [x for x in csv.DictReader(io.StringIO(answer)) if x["Current plan is"]]
    assert row["Freed a month until"] == UNTIL.isoformat()
    register = dict(zip(HEADINGS, next(register_rows()), strict=True))
    assert register["Freed a month until"] == UNTIL
    left = {
        "Planned (US dollars a month)": 3159,
        "Planned (US dollars over 12 months)": 26_458 - off,
        "Current plan as signed, expected (US dollars over 12 months)": 45_780,
        "Current plan, low (US dollars a month)": 500,
        "Current plan, high (US dollars a month)": 7500,
        "Current plan, low (US dollars over 12 months)": 0,
        "Current plan, high (US dollars over 12 months)": 90_000 - 19_322 - off,
        "Saving by steps that are done (US dollars over 12 months)": 10_424,
        "Current plan, paid once (US dollars)": 0,
        "One-off cost of training against the verdict (US dollars)": None,
        "Saving if followed (US dollars over 12 months)": 0,
        "Freed by decisions of the board (US dollars a month)": 1500,
    }
    assert {name: (row[name] and Decimal(row[name])) or None for name in left} == {
        name: amount or None for name, amount in left.items()
    }


def test_what_goes_on_costing_as_much_is_freed_without_an_end(cast: Cast) -> None:
    decision = decided(cast, "money", stage="training", plan=IN_TRAINING)
    did(decision, cast.ours.contributor, "money", amount=Decimal(973))

    row = PortfolioRow.objects.get(audit=decision.audit_id)
    register = dict(zip(HEADINGS, next(register_rows()), strict=True))

    assert seen(row.spend_off, row.freed_until) == (973, None)
    assert total().freed_until is None
    assert register["Freed a month until"] is None


def test_result_board_page_and_paper_say_what_was_done_and_what_is_left(
    cast: Cast,
) -> None:
    by, viewer = cast.ours.contributor, client_of(cast, Role.VIEWER)
    decision = decided(cast, "training", "money", stage="training", plan=IN_TRAINING)
    left = "As signed, 12 months of the current plan cost $45,780; $26,458 of that is"
    pages = [reverse(name, args=[decision.audit_id]) for name in ("result", "board")]
    for page in pages:
        assert left not in words(html_of(viewer.get(page)))

    step = did(decision, by, "training")

    result, board = (words(html_of(viewer.get(page))) for page in pages)
    told = said_by_board(decision.audit)
    assert told is not None
    for said in (result, board, told.in_full):
        assert left in said
    done = step_said(step)
    for said in (result, told.in_full):
        assert f"Reported as done: {done[:1].lower()}{done[1:]}." in said
    assert told.in_short.endswith("1 of 2 steps is done; amounts are as signed (A8).")


def seen(*values: object) -> tuple[object, ...]:
    return values


def words(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def test_what_is_freed_of_12_months_is_counted_in_the_months_of_the_signed_plan(
    cast: Cast,
) -> None:
    audit = sign(cast.ours, stage="live")
    alike = plan_months(audit, {**PLAN, "once": None, "since": None}, UNTIL)
    state_money(audit)
    rebuild_portfolio_rows()
    row = PortfolioRow.objects.get(audit=audit)

    months = plan_months(fresh_audit(audit), vars(row), UNTIL)

    assert alike is not None
    assert (alike.starts[0], {*alike.running}) == (UNTIL, {Decimal(9349)})
    assert months is not None
    assert row.year
    costs = row.year - (row.once or 0)
    assert (months.starts[0], sum(months.running)) == (row.since, costs)
    last = Freed(day=months.starts[-2], month=Decimal(100))
    assert months.part([last]) == 100
    assert months.part([Freed(day=months.starts[-1], month=costs)]) == 0
    # Once all that runs is freed, nothing is paid once any more.
    later = sum(amount for _, amount in months.paid)
    assert later
    whole = months.part([Freed(day=months.starts[0], month=costs)])
    assert whole == costs + later
