"""What the filters leave: all of the page is of it, and what is not says so."""

import csv
import io
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Audit, PortfolioRow, Snapshot, Stage
from audits.portfolio.totals import totals_of
from audits.portfolio_filter import portfolio_rows_of, read_filter
from audits.services.portfolio.snapshots import take_snapshots
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.portfolio_pages import block, page
from tests.portfolio.rows_made import make_rows

LIVE: dict[str, Any] = {
    "stage": Stage.LIVE,
    "state": Audit.State.SIGNED_OFF,
    "verdict": "rag",
    "spend": Decimal(1000),
    "year": Decimal(12_500),
    "cost": Decimal(400),
    "cost_year": Decimal(5000),
    "saving": Decimal(600),
    "saving_year": Decimal(7500),
    "since": date(2026, 11, 8),
}
WAITS: dict[str, Any] = {
    "stage": Stage.PLANNED,
    "state": Audit.State.IN_REVIEW,
    "verdict": "fine_tune",
    "asked": Decimal(69_000),
    "ask": "Approve the training.",
    "due_on": date(2099, 3, 1),
    "cost": None,
    "cost_year": None,
    "saving": None,
    "saving_year": None,
    "spend": None,
    "year": None,
}
NO_PRICE = {**LIVE, **dict.fromkeys(("spend", "year", "saving", "saving_year"))}


def filled(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        cast.ours.submitted.use_case.delete()
        cast.ours.draft.use_case.delete()
    make_rows(cast.ours, 2, **LIVE)
    make_rows(cast.ours, 1, **NO_PRICE)
    make_rows(cast.ours, 1, name="Claims", **WAITS)
    make_rows(cast.ours, 1, name="Lanes", **WAITS)


def words_of(said: str) -> str:
    return " ".join(strip_tags(said.replace("<", " <")).split())


@pytest.mark.on_both
def test_months_and_quarters_follow_the_whole_filter(
    cast: Cast, client: Client
) -> None:
    filled(cast)
    today = timezone.localdate()
    quarter = (today.month - 1) // 3
    last = date(today.year, quarter * 3 + 1, 1) - timedelta(days=1)
    take_snapshots(last)
    with scope(organization=cast.ours.organization):
        shot = Snapshot.objects.get(team=None)
        rows = {row.name: row for row in PortfolioRow.objects.all()}
        priced = [row for row in rows.values() if row.stage == "live" and row.spend]
        kept = {key: tuple(value) for key, value in shot.each.items()}
        assert kept == {
            str(row.number): (
                row.verdict,
                f"{row.spend:.2f}" if row in priced else None,
            )
            for row in rows.values()
        }
        # One is in no filter of now, but every month of all has it.
        PortfolioRow.objects.filter(pk=priced[0].pk).update(stage="stopped")

    months = page(client, needs="decision")
    assert "The use cases that match now, by verdict" in block(months, "pst")
    assert "whatever the filters" not in months
    waiting = sum(row.state == "in_review" for row in rows.values())
    [count] = re.findall(rf"{last:%B %Y}((?: \d+)+)", block(months, "pst"))
    assert int(count.split()[-1]) == waiting

    file = client.get(reverse("quarters_csv"), {"stage": "live"})
    ran = sum(row.spend or Decimal(0) for row in priced[1:])
    [line] = [x for x in _lines(file) if x[0] == f"Q{quarter or 4} {last.year}"]
    assert Decimal(line[2]) == ran


def _lines(file: Any) -> list[list[str]]:
    said = b"".join(file).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(said)))


@pytest.mark.on_both
def test_sums_are_of_what_the_filters_leave_and_say_what_has_no_value(
    cast: Cast, client: Client
) -> None:
    filled(cast)

    live, all_of_them = page(client, stage="live"), page(client)
    sums = words_of(live.partition('class="sums small"')[2].partition("</dl>")[0])

    assert "Sums of the matching use cases that have a price Running, asked" in sums
    assert "recommended and saved In US dollars" in sums
    assert "The 12 months begin on 8 November 2026." in sums
    assert "Running $2,000 a month; 12 months: $25,000 2 of 3 live have" in sums
    assert "Asked for No amount 0 of 0 decisions ask" in sums
    assert "Recommended $1,200 a month; 12 months: $15,000 3 of the 3 not" in sums
    assert "Saving, if followed $15,000 over 12 months 2 of the 3 not" in sums
    every = words_of(all_of_them)
    assert "Asked for $138,000 over 12 months Both decisions" in every
    assert "3 of the 3 not stopped are priced Saving" in sums
    both = "“Running” counts the live use cases, “Recommended” all not stopped."
    assert both in every
    assert both not in sums
    assert "Saving, if followed $15,000 over 12 months" in sums
    response: Any = client.get(reverse("portfolio_csv"), {"stage": "live"})
    file = b"".join(response.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(file)))
    running = [line["Running (US dollars a month)"] for line in lines]
    assert sum(Decimal(amount) for amount in running if amount) == 2000
    with scope(organization=cast.ours.organization):
        form, today = read_filter({"stage": "live"}), timezone.localdate()
        among = portfolio_rows_of({"stage": "live"})
        alone = totals_of(None, today, form.teams, among=among).total
    assert (alone.use_cases, alone.of_saving, alone.saving) == (3, 2, Decimal(1200))


@pytest.mark.thorough
def test_lead_decisions_figures_and_charts_follow_the_filters(
    cast: Cast, client: Client
) -> None:
    filled(cast)

    live, one = page(client, stage="live"), page(client, q="Lanes")

    assert "3 of 5 use cases of Northgate Mutual : Stage: Live." in words_of(live)
    assert "None of these use cases waits for a decision." in words_of(live)
    assert "Claims" not in block(one, "dec")
    assert "It asks the board for $69,000 over 12 months." in block(one, "dec")
    assert 'href="?q=Lanes&amp;state=in_review#tab"><span class="figure">1<' in one
    # A figure whose filter another value excludes leads nowhere.
    assert "?stage=stopped" not in live
    assert "Changes since earlier months are kept only for all" in block(live, "figs")
    assert "No use case has numbers to estimate its spend" in one
    # One use case that was submitted is a paper, too.
    assert "Make its board paper" in one
    assert "Make its board paper" not in live
    # What the board has to do is listed of the same use cases.
    made = {"state": Audit.State.SIGNED_OFF, "asked": Decimal(5)}
    planned = {"stage": Stage.PLANNED, "verdict": "fine_tune"}
    make_rows(cast.ours, 1, name="Signed", board_state="undecided", **made, **planned)
    make_rows(cast.ours, 1, name="Open", board_state="open", board_said="OK", **made)
    train = {"at_risk": True, "training_once": Decimal(300)}
    make_rows(cast.ours, 1, name="Train", **made, **planned, **train)
    signed, still, paid = (page(client, q=name) for name in ("Signed", "Open", "Train"))
    assert "It asks the board for $5 over 12 months" in block(signed, "dec")
    assert "Open OK. Still to do:" in block(still, "attention")
    assert 'id="attention"' not in signed
    assert "Signed" not in block(still, "dec")
    assert "At risk in training: up to $300 paid once up front" in block(paid, "figs")
    assert "At risk in training" not in block(still, "figs")
    assert '<details id="amounts"' in one


def test_months_say_that_the_filters_do_not_change_those_kept_of_all(
    cast: Cast, client: Client
) -> None:
    filled(cast)
    before = timezone.localdate().replace(day=1) - timedelta(days=1)
    with scope(organization=cast.ours.organization):
        Snapshot.objects.create(
            organization=cast.ours.organization,
            month=before.replace(day=1),
            taken_on=before,
            use_cases=4,
            worked_out=True,
            verdicts={"rag": 4},
            states={"draft": 4},
            stages={"live": 4},
        )

    said = page(client, q="Lanes")

    assert "All use cases, whatever the filters" in block(said, "pst")
    month = f"{before:%B %Y} * , worked out later"
    assert month in block(said, "pst")
    assert "Earlier months were worked out afterwards." in block(said, "pst")
    assert "in " + f"{before:%B}" not in block(said, "figs")
    assert "whatever the filters" not in page(client)
    of_team = client.get(reverse("team", args=[cast.ours.team.public_id]))
    assert "whatever the filters" not in html_of(of_team)
