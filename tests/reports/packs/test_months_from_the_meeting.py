"""A paper in a pack counts 12 months from the meeting that decides it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.template.loader import render_to_string
from django_scopes import scope

from audits.board.put import put_to_board
from audits.models import Audit, UseCase
from audits.reports.context import build_paper
from audits.reports.packs.pack_context import build_pack
from audits.scoring.exchange import document
from audits.scoring.sums.asked.period import counted_from
from audits.scoring.sums.ended_plans import released
from audits.services.answers.answers import fresh_audit
from audits.services.papers.covers import save_cover
from tests.board.boards import record
from tests.casting import Cast
from tests.reports.packs.made_packs import let_all_be_ready
from tests.reports.packs.test_pack_board import pack_of, sign_beside_another
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS
from tests.scoring.twelve_verdicts import ANSWERS


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def audit(cast: Cast) -> Audit:
    sign_beside_another(cast.ours)
    return fresh_audit(cast.ours.submitted)


@pytest.mark.thorough
def test_only_what_a_meeting_decides_says_what_it_saves_from_that_day(
    cast: Cast, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_all_be_ready(monkeypatch)
    ours, plan = cast.ours, assessed(ANSWERS["rag"], today="fine_tune_own")
    own = {"decide_by": date(2027, 2, 9)}
    for each in Audit.objects.exclude(state=Audit.State.DRAFT):
        UseCase.objects.filter(pk=each.use_case_id).update(stage="live")
        Audit.objects.filter(pk=each.pk).update(assessment=document.dump(plan))
        save_cover(audit=fresh_audit(each), by=ours.contributor, fields=own)
    record(audit, ours.contributor, "deferred", look_on=date(2099, 2, 1))

    pages = build_pack(pack_of(cast, "Board, 9 January 2027")).pages

    assert [(x.purpose, x.paper.one.term, x.paper.one.counts_from) for x in pages] == [
        (
            "Waits for sign-off",
            " for the 12 months from 9 January 2027",
            date(2027, 1, 9),
        ),
        (
            "Not for decision at this meeting",
            " for the 12 months from 9 February 2027",
            date(2027, 2, 9),
        ),
    ]
    # A paper printed alone says the day of its own meeting.
    alone = build_paper(fresh_audit(audit)).one
    assert alone.counts_from == own["decide_by"]
    assert "for days before" not in f"{alone.terms} {pages[0].paper.one.terms}"


def test_box_of_a_planned_plan_has_the_sums_of_the_page_behind_the_overview(
    cast: Cast, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_all_be_ready(monkeypatch)
    plan = assessed(ANSWERS["stop_fine_tuning"], **ENDS, ready_months="1")
    UseCase.objects.filter(pk=audit.use_case_id).update(stage="planned")
    for each in Audit.objects.exclude(state=Audit.State.DRAFT):
        Audit.objects.filter(pk=each.pk).update(assessment=document.dump(plan))

    made = build_pack(pack_of(cast, "Board, 3 January 2027"))

    [own] = [x for x in made.asked if x.name == audit.use_case.name]
    [page] = [x.paper.one for x in made.pages if x.paper.one.use_case == own.name]
    [behind] = released([own.decided], date(2027, 1, 3))
    assert behind.ends.from_day
    assert page.follows.startswith(f"${behind.ends.from_day.expected:,} over 12 months")
    more = -(behind.net_from_day or 0)
    assert more > 0
    assert f"${more:,} more over these months than planned" in page.amount
    # The plan and its net are the same in the table of page 1, and in the options.
    assert own.row.today == behind.ends.from_day
    assert own.row.change == more
    [nothing] = [x for x in page.options if x.name.startswith("Do nothing")]
    assert nothing.cost.startswith(f"{behind.ends.from_day.expected:,} (")
    # What is saved is gone by the end of those months, as nothing is.
    assert ": by then, the plan is cheaper in all." in page.note_and_caveat[1]


def test_what_a_board_decides_on_has_the_plan_of_page_one(
    cast: Cast, audit: Audit
) -> None:
    plan = assessed(ANSWERS["stop_fine_tuning"], **ENDS, ready_months="1")
    Audit.objects.filter(pk=audit.pk).update(assessment=document.dump(plan))
    UseCase.objects.filter(pk=audit.use_case_id).update(stage="planned")
    day = {"decide_by": date(2027, 1, 3)}
    save_cover(audit=fresh_audit(audit), by=cast.ours.contributor, fields=day)
    found = fresh_audit(audit)

    one, paper = build_paper(found).one, build_paper(found)

    assert paper.money
    assert paper.money.today
    year = counted_from(paper.money.today, day["decide_by"]).year
    assert year != paper.money.today.year
    assert f"instead of ${year.expected:,} of planned" in put_to_board(found).asked
    [nothing] = [x for x in one.options if x.name.startswith("Do nothing")]
    assert nothing.cost.startswith(f"{year.expected:,} (")
    html = render_to_string(
        "reports/money_rows.html", {"money": paper.money, "one": one, "paper": paper}
    )
    # A phone has no head of the table, so each row says from which day it counts.
    assert 'data-group="US$ over 12 months from 3\xa0January 2027"' in html
