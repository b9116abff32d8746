"""A pack counts and lists apart what nobody can sign off yet."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from typing import cast as cast_to

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Cover, PortfolioRow
from audits.portfolio.decisions import decisions_of
from audits.reports.packs.pack_money import totals
from audits.reports.packs.pack_pages import pages_of
from audits.reports.packs.pack_paper import PackPaper
from audits.reports.packs.pack_risks import at_risk
from audits.reports.packs.risks_in_all import RisksInAll
from audits.scoring.money.of_assessment import money_of, todays_plan
from audits.services.papers.next_date import next_date
from audits.services.papers.page_one_purpose import purpose
from audits.services.verdicts.votable import BeforeVote
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.drawn_portfolios import Drawn
from tests.portfolio.portfolio_pages import block, page
from tests.portfolio.printed_packs import pack_of
from tests.portfolio.rows_made import make_rows
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

PLAN = Drawn(case="retrieve", plan="prompt", volume="40", has_upkeep=True, stage="live")


def said(pack: PackPaper) -> str:
    page = render_to_string("reports/packs/pack.html", {"pack": pack})
    return " ".join(strip_tags(page).split())


def test_what_lacks_answers_is_counted_and_listed_apart() -> None:
    pack = pack_of([PLAN] * 2)
    first, *others = pack.asked
    lacking = replace(first, lacks="2 answers (What is wrong; Test set)")
    found = totals([each.decided for each in others], pack.totals.on)

    made = replace(pack, asked=(*others, lacking), totals=found)
    told = said(made)

    # The title has the one sum; what else is counted stands below it.
    assert " ".join(made.title.split()) == (
        "One decision, not signed off, asks for $28,712 over 12 months"
    )
    assert "ready" not in made.title
    rows, _, apart = told.partition("Not for this meeting One is not ready. US$")
    assert first.name not in rows.partition("Decision asked")[2]
    assert first.name in apart
    assert "Not ready: 2 answers (What is wrong; Test set)." in apart


def test_what_is_not_ready_or_deferred_says_what_it_would_ask_for() -> None:
    pack = pack_of([PLAN] * 3)
    first, second, third = pack.asked
    assert first.row.asked
    assert first.row.today
    assert first.row.change is not None
    lacking = replace(first, lacks="2 answers")
    until = "Deferred by the board until 28 February 2027"
    later = replace(second, is_later=True, deferred=until)

    told = said(replace(pack, asked=(third, lacking, later)))

    plan, asks = first.row.today.expected, first.row.asked.expected
    amounts = f"{plan:,.0f} {asks:,.0f} +{first.row.change:,.0f}"
    never = "One is not ready and one is deferred."
    apart = told.partition(f"Not for this meeting {never} US$ over 12")[2]
    not_ready, _, deferred = apart.partition(second.name)
    assert "Verdict so far Due Its plan Asks for Net File" in not_ready
    # Until the vote, the plan that runs is paid for: what it costs is said.
    month = "Until then it costs $751 a month."
    assert f"{amounts} 000 Not ready: 2 answers. {month}" in not_ready
    assert f"{amounts} 001 {until}. {month}" in deferred
    planned = replace(lacking, state="planned")
    assert planned.waiting_costs == "Plan: $751 a month."
    assert replace(lacking, state="stopped").waiting_costs == ""
    unpriced = replace(first, lacks="2 answers", money=None)
    assert f"{unpriced.row.no_amount} 000 Not ready: 2 answers. Three" in said(
        replace(pack, asked=(third, unpriced), others=("A", "B", "C"))
    )


def test_money_at_risk_says_how_much_of_it_no_vote_can_end() -> None:
    pack, stops = pack_of([PLAN] * 2), assessed(ANSWERS["rag"], today="fine_tune_own")
    plan = todays_plan(stops)
    assert plan
    assert plan.is_against
    year = plan.year.expected
    runs: dict[str, Any] = {"plan": plan, "stage": "live"}
    first, second = (
        replace(x, family="rebuild", name="Chat", **runs) for x in pack.asked
    )
    lacking = replace(second, lacks="2 answers")

    found = [at_risk(x, "running") for x in ((first, second), (first, lacking))]
    alone = at_risk((lacking,), "running")
    one_signed = at_risk((replace(first, signed="Signed off."), second), "running")

    assert one_signed
    assert one_signed.apart == year
    # Two may have one name.
    rows = RisksInAll(runs=one_signed, training=None).rows
    assert [x.stands for x in rows] == ["To vote on", "Not signed off", ""]
    assert [x and (x.amount, x.apart) for x in found] == [
        (2 * year, Decimal()),
        (2 * year, year),
    ]
    ready, apart = found
    assert ready
    assert apart
    assert alone
    belongs = "is not for this meeting."
    told = [
        RisksInAll(runs=risk, training=None).said.partition(". ")[2]
        for risk in (ready, apart, alone)
    ]
    assert told == ["", f"${year:,.0f} of it {belongs}", f"It {belongs}"]
    assert told[1] in said(replace(pack, goes_on=apart))
    assert told[1] in said(replace(pack, in_training=apart))


def test_training_at_risk_is_the_most_where_nobody_entered_what_is_paid() -> None:
    pack, stops = pack_of([PLAN]), assessed(ANSWERS["rag"], today="fine_tune_own")
    entered = assessed(ANSWERS["rag"], today="fine_tune_own", training_paid="0")
    plan, known = todays_plan(stops), money_of(entered, "planned")
    assert plan
    assert plan.training
    assert known
    (one,) = pack.asked
    one = replace(one, family="rebuild", plan=plan, stage="training")
    open_ones = (
        replace(one, money=money_of(stops, "planned")),
        replace(one, money=known),
    )

    unknown, sure = (at_risk([x], "training") for x in open_ones)

    assert unknown
    assert sure
    amount = f"${plan.training:,.0f} once is for training that a verdict stops,"
    pack = replace(pack, goes_on=None)
    most = said(replace(pack, in_training=unknown))
    assert f"Up to {amount}" in most
    assert "and the training that nobody said is paid." in most
    told = said(replace(pack, in_training=sure))
    assert amount in told
    assert f"Up to {amount}" not in told
    assert "and the training that is not paid yet." in told


def test_days_of_the_sums_are_those_of_what_can_be_decided() -> None:
    pack = pack_of([PLAN] * 3)
    first, *others = pack.asked
    assert first.money
    old = replace(first, money=replace(first.money, on=date(2026, 10, 17)))

    apart = (replace(old, is_later=True), replace(old, lacks="2 answers"))

    day = "12 months from the day of each verdict, 24 November 2026"
    assert replace(pack, asked=(*others, *apart)).term == day
    both = replace(pack, asked=(old, *others)).term
    assert both.endswith("(17 October 2026 to 24 November 2026)")


def test_day_that_has_passed_is_overdue_and_nothing_is_adopted() -> None:
    pack = pack_of([PLAN])
    [item] = pack.asked
    late = replace(item, by=date(2026, 11, 26), due="Decide by", is_late=True)

    told = said(replace(pack, asked=(late,)))

    assert "overdue since 26 Nov 2026" in told
    early = replace(late, is_before=True)
    both = said(replace(pack, asked=(early, replace(item, name="Other"))))
    assert f"15 January 2027: “{item.name}” (overdue)." in both
    assert "passed, decide" not in told
    lacks = replace(early, name="Lacking", lacks="2 answers (What is wrong; Test set)")
    apart = said(replace(pack, asked=(replace(item, name="Other"), lacks)))
    assert "“Lacking” (overdue)" not in apart
    assert "26 Nov 2026" in apart.partition("Lacking")[2]
    assert "Its day to decide has passed." in apart


def test_pages_of_what_is_not_ready_are_no_decisions_and_count_apart() -> None:
    [item] = pack_of([PLAN]).asked
    signed = replace(item, signed="Signed off")
    lacking, later = replace(item, lacks="2 answers"), replace(item, is_later=True)
    one = SimpleNamespace(asking="asked", waits=False, purpose="For decision")
    asked = (lacking, item, later, signed)

    pages = [*pages_of(asked, [SimpleNamespace(one=one)] * 4)]  # type: ignore[list-item]
    assert [(x.purpose, x.place, x.is_unsigned, x.asks) for x in pages] == [
        ("For decision", "1 of 1", False, ""),
        ("Waits for sign-off", "1 of 1", False, "Once signed off"),
        ("Not for decision yet", "not ready 1 of 1", False, ""),
        ("Not for decision at this meeting", "deferred 1 of 1", False, "Asked later"),
    ]
    # What is not ready has the colour of its paper.
    assert [page.is_waiting for page in pages] == [False, True, False, True]
    assert [page.frame for page in pages] == ["", "waits", "early", "early"]


def test_decision_lacks_a_reviewer_and_what_cannot_be_right() -> None:
    found = replace(assessed(ANSWERS["rag"]), provisional=None)
    unopened = "Not ready for the board’s vote: a reviewer must first confirm it"
    wrong = "“Documents” is 9, but the answer is “Large”."

    assert [
        BeforeVote(approval=approval, not_consistent=against).lacks_of(
            found, is_asked=is_asked
        )
        for approval, against, is_asked in (
            ("Approve", "", True),
            (unopened, "", True),
            ("Approve", wrong, True),
            (unopened, wrong, True),
            (unopened, wrong, False),
        )
    ] == [
        "",
        "a reviewer who confirms the evidence for training",
        "a correction of its numbers or answers",
        "a reviewer who confirms the evidence for training and a correction "
        "of its numbers or answers",
        "",
    ]


def test_row_says_what_is_not_consistent_and_what_nobody_has_signed() -> None:
    pack = pack_of([PLAN] * 2)
    first, second = pack.asked
    wrong = replace(first, lacks="a correction", not_consistent="It is 9 and “Large”.")

    signs = replace(first, name="Signed", signed="Signed off")
    told = said(replace(pack, asked=(wrong, second, signs)))
    alone = said(replace(pack, asked=(wrong, second)))
    signed = said(replace(pack, asked=(replace(second, signed="Signed off"),)))

    assert "Not ready: a correction" in told
    assert "Not consistent: It is 9 and “Large”." in told
    waits = "Waits for sign-off. Until then it costs $751 a month."
    assert told.count(waits) == 1
    # The table of votes ends with its total; what waits is below, before the rest.
    order = ("Signed:", "Total 9,012", "Not for this", second.name, "Not ready: a")
    rows = told.partition("Decision asked")[2]
    assert sorted(order, key=rows.index) == [*order]
    # Where nobody has signed any, the title says it once.
    assert alone.startswith("Two decisions, none signed off, ask for $57,424 over")
    assert "Waits for sign-off." not in alone
    assert "Waits for sign-off" not in signed
    opened = replace(second, signed="Signed off, 1 condition open")
    assert "Signed off." not in signed
    assert "Signed off, 1 condition open." in said(replace(pack, asked=(opened,)))


def test_paper_of_what_is_not_ready_is_not_for_decision_yet() -> None:
    found, cover = assessed(ANSWERS["rag"]), Cover(purpose=Cover.Purpose.DECISION)
    lacks = cast_to(Any, SimpleNamespace(lacks="2 answers"))

    waits = replace(found, provisional=lacks)

    assert purpose(replace(found, provisional=None), cover) == "For decision"
    assert purpose(waits, cover) == "Not for decision yet"
    assert purpose(waits, cover, "told") == "For information"
    cover.decide_by = date(2026, 11, 20)
    passed = "Decide by 20 November 2026: this date has passed"
    framework, on = current(), date(2026, 11, 24)
    both = replace(found, provisional=None), waits
    assert [next_date(framework, each, cover, on) for each in both] == [
        f"{passed}, so decide at the next meeting.",
        f"{passed}, so set a new one.",
    ]


@pytest.mark.thorough
def test_portfolio_lists_apart_what_is_not_ready(cast: Cast, client: Client) -> None:
    early, later = date(2026, 11, 26), date(2026, 12, 9)
    rows = {
        "Early": {"due_on": early, "is_provisional": True, "open_questions": 2},
        "Later": {"due_on": later, "asked": Decimal(69_000)},
        "Also later": {
            "due_on": later,
            "asked": Decimal(5_000),
            "asked_said": "in part",
        },
    }
    for name, fields in rows.items():
        made = {"stage": "planned", "name": name, "state": "in_review"}
        make_rows(cast.ours, 1, **made | fields)

    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.filter(audit=cast.ours.submitted).update(state="draft")
        found = decisions_of(None, date(2026, 11, 29))
    told = page(client)

    assert [each.name for each in found.ready] == ["Later", "Also later"]
    assert [each.name for each in found.not_ready] == ["Early"]
    assert "Together they ask the board for $74,000" in block(told, "dec")
    overdue = block(told, "attention")
    assert "Early 2 open questions can change the verdict." in overdue
    assert "Later" not in overdue
    lead = " ".join(strip_tags(told.partition('class="lead"')[2][:1500]).split())
    needs = "2 of 5 use cases need a reviewer’s decision"
    first = "the first by 9 December 2026"
    assert f"{needs}; {first}. 1 that is not ready is overdue." in lead
    assert "1 cannot go to the board yet" in block(told, "dec")
    assert "Board: was due by 26 Nov 2026" in overdue


def test_files_have_what_each_waiting_decision_asks_for(
    cast: Cast, client: Client
) -> None:
    asked = {"asked": Decimal(69_000), "asked_said": "in part", "stage": "planned"}
    make_rows(cast.ours, 1, name="Ready", state="in_review", **asked)
    make_rows(cast.ours, 1, name="Not", state="in_review", is_provisional=True, **asked)
    make_rows(cast.ours, 1, name="Signed", state="signed_off", **asked)

    response: Any = client.get(reverse("portfolio_json"))
    found = response.streaming_content
    rows = {row["name"]: row for row in json.loads(b"".join(found))["use_cases"]}

    assert {
        name: (rows[name]["asked"], rows[name]["asked_said"])
        for name in ("Ready", "Not", "Signed")
    } == {
        "Ready": ("69000.00", "expected, some costs not included"),
        "Not": (None, "Not counted yet"),
        "Signed": (None, None),
    }
    assert (rows["Ready"]["asked_later"], rows["Ready"]["vote_lacks"]) == (None, None)
    later = (rows["Not"]["asked_later"], rows["Not"]["vote_lacks"])
    assert later == ("69000.00", "more answers")


@pytest.mark.thorough
def test_what_the_board_cannot_vote_on_is_named_beside_every_sum(
    cast: Cast, client: Client
) -> None:
    lacks = "a reviewer who confirms the evidence for training"
    waiting = {"stage": "planned", "state": "in_review"}
    make_rows(cast.ours, 1, name="Ready", asked=Decimal(69_000), **waiting)
    more = waiting | {"asked": Decimal(208_294), "vote_lacks": lacks}
    more |= {"saving": Decimal(17_000), "saving_year": Decimal(212_164)}
    make_rows(cast.ours, 1, name="Search", **more)

    early = {"asked": Decimal(7_100), "is_provisional": True}

    told, head = page(client), block(page(client), "dec")
    quarters = " ".join(strip_tags(html_of(client.get(reverse("quarters")))).split())
    response: Any = client.get(reverse("portfolio_json"))
    rows = json.loads(b"".join(response.streaming_content))["use_cases"]
    found = {row["name"]: row for row in rows}

    lead = " ".join(strip_tags(told).split())
    needed = " use cases need a reviewer’s decision; the first by"
    assert needed in lead
    assert " 1 cannot go to the board yet." in head
    # Of the two, one has no price.
    asks = "2 of these 3 ask the board for $69,000 over 12 months."
    left_out = "What the sum leaves out Search asks for $208,294 once it is ready."
    assert f"{asks} {left_out}" in head
    assert "$208,294 once ready" in head
    assert f"Not for the board yet It needs {lacks}." in head
    sums = block(told, "sums")
    assert "Asked for $69,000 over 12 months" in sums
    said = (
        "“Asked for” leaves out $208,294 of Search , which cannot go to the board yet"
    )
    assert f"{said}, and some costs of others." in sums
    said = (
        "“Saving, if followed” includes $212,164 from 1 use case that cannot go to the"
    )
    assert f"{said} board yet." in sums
    assert "1 of 2 decisions ask for an amount" in sums
    assert "$69,000 is asked for" in quarters
    assert "$208,294 cannot go to the board yet" in quarters
    assert found["Ready"]["asked"] == "69000.00"
    search = found["Search"]
    assert (search["asked"], search["asked_said"]) == (None, "Not counted yet")
    assert (search["asked_later"], search["vote_lacks"]) == ("208294.00", lacks)

    make_rows(cast.ours, 1, name="Notes", **waiting | early)
    both = page(client)
    later = "In all, 2 are not ready: $215,394 once ready."
    assert f"{asks} What the sum leaves out {later}" in block(both, "dec")
    said = "“Asked for” leaves out $215,394 of 2 decisions that cannot go to the"
    assert f"{said} board yet, and some costs of others." in block(both, "sums")
    deferred = waiting | {"state": "signed_off", "board_state": "deferred"}
    make_rows(cast.ours, 1, asked=Decimal(5_000), **deferred)
    told = block(page(client), "sums")
    assert "Of 2 to vote on and 1 deferred, 2 ask for an amount" in told
    part = "board yet, and some costs of others; it includes $5,000 that the board"
    assert f"{said} {part}" in told
