"""A pack counts and lists apart what nobody can sign off yet."""

from dataclasses import replace
from datetime import date

from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import strip_tags
from django_scopes import scope

from audits.portfolio.decisions import decisions_of
from audits.reports.packs.pack_context import PackPaper
from audits.reports.packs.pack_money import totals
from tests.casting import Cast
from tests.portfolio.drawn_portfolios import Drawn
from tests.portfolio.portfolio_pages import page
from tests.portfolio.printed_packs import pack_of
from tests.portfolio.rows_made import make_rows

PLAN = Drawn(case="retrieve", plan="prompt", volume="40", has_upkeep=True, stage="live")


def said(pack: PackPaper) -> str:
    page = render_to_string("reports/pack.html", {"pack": pack})
    return " ".join(strip_tags(page).split())


def test_what_lacks_answers_is_counted_and_listed_apart() -> None:
    pack = pack_of([PLAN] * 2)
    first, *others = pack.asked
    lacking = replace(first, lacks="2 answers (What is wrong; Test set)")
    found = totals([each.decided for each in others], pack.totals.on)

    told = said(replace(pack, asked=(lacking, *others), totals=found))

    assert "One decision asks for" in told
    assert "One is not ready" in told
    rows, _, apart = told.partition("Not ready: more answers are needed")
    assert first.name not in rows.partition("Decision asked")[2]
    assert first.name in apart
    assert "2 answers (What is wrong; Test set)" in apart


def test_day_that_has_passed_is_overdue_and_nothing_is_adopted() -> None:
    pack = pack_of([PLAN])
    [item] = pack.asked
    late = replace(item, by=date(2026, 11, 26), due="Decide by", is_late=True)

    told = said(replace(pack, asked=(late,)))

    assert "overdue since 26 Nov 2026" in told
    assert "passed, decide" not in told


def test_decisions_are_by_date_ready_or_not(cast: Cast, client: Client) -> None:
    early, later = date(2026, 12, 1), date(2026, 12, 9)
    for name, day, lacks in (("Early", early, True), ("Later", later, False)):
        make_rows(
            cast.ours,
            1,
            name=name,
            state="in_review",
            due_on=day,
            is_provisional=lacks,
        )
    page(client)

    with scope(organization=cast.ours.organization):
        found = [each.name for each in decisions_of(None, date(2026, 11, 29))]

    assert found.index("Early") < found.index("Later")
