"""What decisions of the board have freed is taken off what runs, and is said."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, BoardDecision, PortfolioRow, Role, Snapshot, Team
from audits.portfolio.files.register import HEADINGS, register_rows
from audits.portfolio.totals import Total, totals_of
from audits.reports.packs.pack_context import build_pack
from audits.services.papers.packs.board_packs import request_pack
from audits.services.portfolio.freed import follow_freed
from audits.services.portfolio.rows import rebuild_portfolio_rows
from audits.services.portfolio.snapshots import take_snapshots
from tests.board.boards import did, in_days, record, sign
from tests.casting import Cast
from tests.pages import html_of
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


def decided(cast: Cast, *kinds: str) -> BoardDecision:
    """Sign a live use case with a priced plan off, and ask for money to be freed."""
    audit = sign(cast.ours, stage="live")
    decision = record(audit, cast.ours.contributor)
    asks = [{**decision.follow_ups[0], "kind": kind} for kind in kinds]
    BoardDecision.objects.update(follow_ups=asks)
    PortfolioRow.objects.filter(audit=audit).update(**PLAN)
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
    assert "($6,949 a month is taken off what runs)" in page
    assert "$9,349 a month $6,949 of it freed" in page
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
    assert register["Freed once so far"] == 500

    pack, _ = request_pack(
        organization=ours.organization,
        by=ours.contributor,
        audits=Audit.objects.current().exclude(state=Audit.State.DRAFT),
    )
    board = build_pack(pack).board
    assert board is not None
    assert board.freed == "$6,949 a month and $500 once (stated)"

    before = PortfolioRow.objects.get(audit=decision.audit_id)
    take_snapshots(timezone.localdate())
    [shot] = Snapshot.objects.filter(team=None)
    assert seen(shot.running, shot.at_risk) == (2400, 0)
    rebuild_portfolio_rows()
    before.refresh_from_db(fields=["freed", "freed_once", "freed_of"])
    assert seen(before.freed, before.freed_once, before.freed_of) == (6949, 500, 1)


def seen(*values: object) -> tuple[object, ...]:
    return values


def words(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).split())
