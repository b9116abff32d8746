"""How the overview of a pack fills its pages, and where it breaks them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from audits.frameworks.loading.loader import current
from audits.frameworks.named import named
from audits.frameworks.schema import Term
from audits.reports.packs.compared.pack_changes import Change, Changes, Earlier
from audits.reports.packs.sums.cash import Cash
from audits.reports.pdf_client import manuscript_of_pack
from audits.reports.typesetting.branding import Branding
from audits.services.board.before_pack import decided_before
from audits.services.papers.packs.pack_conditions import OpenCondition, SignedOpen
from tests.pages import html_in
from tests.portfolio.drawn_portfolios import Drawn, cells
from tests.portfolio.printed_packs import pack_of
from tests.printed import Printed
from tests.reports.packs.test_pack_since import said
from tests.reports.papers import typesetter, words_of_parts
from tests.scoring.tracking.test_outcomes import month

PLAN = Drawn(case="retrieve", plan="prompt", volume="40", has_upkeep=True, stage="live")
DECISIONS = 20
LONG = "of the claims handbook for brokers"
DEFERRED = {
    "last": "2026-11-20T12:00:00+00:00",
    "state": "deferred",
    "is_open": False,
    "is_carried_out_later": False,
    "amount": None,
    "currency": "USD",
    "month": None,
    "once": None,
    "freed": [],
    "asks_money": False,
    "by": None,
    "missing": [],
}
BOARD = decided_before(
    {"A": {"board": {**DEFERRED, "said": "Deferred", "on": "2026-11-20"}}},
    {"A": ("Earlier", "UC-0010")},
    None,
)
CONDITION = OpenCondition(
    reference="UC-0004",
    name="Damage codes",
    words="Run the tests on 40 claims.",
    owner="Grace Mensah",
    due_on=date(2027, 1, 13),
)


# test_pack_since.py shows it with a section behind the decisions.
@pytest.mark.thorough
@pytest.mark.parametrize(("is_letter", "first"), [(False, 51), (True, 34)])
def test_total_of_the_decisions_is_on_the_page_of_the_last(
    first: int, *, is_letter: bool
) -> None:
    # The words of the first are so long that page 1 would just hold all decisions.
    pack = pack_of([PLAN] * DECISIONS)
    long, *others = pack.asked
    asked = (replace(long, asked="Agree to this. " * first), *others)
    look = Branding(is_letter=is_letter)
    made = manuscript_of_pack(
        replace(pack, asked=asked, branding=look, identifier="pack")
    )

    pages = Printed(typesetter().pdf_of(made, max_pages=9)).words

    tables = [page for page in pages if "Decision asked" in page]
    [page] = [page for page in tables if re.search(r"Total(, \w[a-z ]+)? \d", page)]
    assert f"Drawn {DECISIONS - 1} " in page


def test_twelve_decisions_take_two_pages_before_what_is_behind_them() -> None:
    pack = pack_of([PLAN] * 12)
    words = "Agree to it. " * 11
    asked = [replace(x, name=f"{x.name} {LONG}", asked=words) for x in pack.asked]
    signed = SignedOpen(rows=(CONDITION,) * 3, use_cases=3, more=0)
    made = manuscript_of_pack(
        replace(pack, asked=tuple(asked), signed=signed, identifier="pack")
    )

    printed = Printed(typesetter().pdf_of(made, max_pages=9))

    pages = printed.words
    assert printed.overhanging == ()
    behind = next(n for n, page in enumerate(pages) if "Behind the overview" in page)
    assert behind == 2
    assert "Verdicts across the portfolio" in pages[1]
    overview = " ".join(pages[:behind])
    place = next(n for n, x in enumerate(pages) if "how far they may be off" in x)
    assert f"what the total leaves out: page {place + 1}." in overview
    assert "What the amounts come to" not in overview
    assert "What ends, and what replaces it" not in overview


def test_overview_that_leaves_its_last_page_all_but_empty_is_set_tighter(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pack, rag = pack_of([PLAN] * 10), current().verdicts["rag"]
    now = named(rag.family, rag.mark, rag.name, "")
    found = Changes(
        since=Earlier(
            meeting="", requested_by="Ana", frozen_at=datetime(2026, 9, 10, tzinfo=UTC)
        ),
        verdicts=tuple(
            Change(name=f"Case {number}", then=None, now=now, cause="Answers changed")
            for number in range(9)
        ),
        new=1,
        gone=0,
    )
    counts = tuple(replace(count, before=0) for count in pack.counts)
    made = manuscript_of_pack(
        replace(
            pack,
            changes=found,
            counts=counts,
            since=said((month("inside", "5"),)),
            identifier="pack",
        )
    )

    pages = Printed(typesetter().pdf_of(made, max_pages=9)).words

    behind = next(n for n, page in enumerate(pages) if "Behind the overview" in page)
    assert behind == 2
    assert "What changed since an earlier pack" in pages[1]
    assert "Case 8" in pages[1]
    # It was tried without the pages that it names.
    assert "undefined anchor" not in caplog.text


@pytest.mark.once
@pytest.mark.parametrize("decisions", [17, 21])
def test_earlier_decisions_are_whole_on_page_1(decisions: int) -> None:
    board = decided_before(
        {
            str(number): {
                "board": {
                    **DEFERRED,
                    "said": "Deferred until 28 February 2027",
                    "on": "2026-11-20",
                }
            }
            for number in range(3)
        },
        {str(number): (f"Earlier {number}", f"UC-1{number}") for number in range(3)},
        None,
    )
    pack = replace(pack_of([PLAN] * decisions), board=board, identifier="pack")

    pages = Printed(typesetter().pdf_of(manuscript_of_pack(pack), max_pages=9)).words

    title = "What was decided, and what became of it"
    assert [number for number, words in enumerate(pages) if title in words] == [0]
    assert all(f"Earlier {number}" in pages[0] for number in range(3))
    assert "3 deferred, page 1." in pages[0]


@pytest.mark.once
def test_signed_use_case_with_an_open_condition_is_in_a_table_of_its_own() -> None:
    signed = SignedOpen(rows=(CONDITION,), use_cases=1, more=2)

    pack = replace(pack_of([PLAN]), signed=signed, board=BOARD)
    page = html_in(render_to_string("reports/packs/pack.html", {"pack": pack}))

    parts = page.split("<section")
    [rows] = [part for part in parts if "Signed, with an open condition" in part]
    assert cells(rows)[1] == [
        ["Damage codes", "UC-0004"],
        ["Run the tests on 40 claims."],
        ["Grace Mensah"],
        ["13 Jan 2027"],
    ]
    told = " ".join(rows.split())
    assert "2 more conditions are open: see the portfolio." in told
    assert "Beside what was decided before: 1 use case is signed off, with a" in told


@pytest.mark.once
def test_evidence_is_one_word_with_a_mark_that_a_note_explains() -> None:
    pack = pack_of([PLAN] * 2)
    first, second = pack.asked
    marked = replace(first, evidence="measured", is_by_hand=True, is_untested=True)
    asked = (marked, replace(second, evidence="open"))

    page, plain = (
        html_in(render_to_string("reports/packs/pack.html", {"pack": each}))
        for each in (replace(pack, asked=asked), pack)
    )

    found = cells(page.partition("Verdict, evidence")[2])
    rows = [row for row in found if len(row) > 1]
    assert [row[1][1:] for row in rows[:2]] == [["Measured", "*", "†"], ["Open"]]
    notes = (
        "Only told: no results file shows the test.",
        "No test covers what is",
    )
    assert [[note in each for note in notes] for each in (page, plain)] == [
        [True, True],
        [False, False],
    ]


@pytest.mark.parametrize("is_compared", [True, False])
def test_words_of_the_verdict_chart_are_as_large_as_those_around_it(
    *, is_compared: bool
) -> None:
    pack = pack_of([PLAN] * 2)
    counts = tuple(replace(count, now=3, before=0) for count in pack.counts)
    day = datetime(2026, 9, 10, tzinfo=UTC)
    before = Earlier(meeting="", requested_by="Ana", frozen_at=day)
    found = Changes(since=before, verdicts=(), new=1, gone=0) if is_compared else None
    made = manuscript_of_pack(
        replace(pack, counts=counts, changes=found, identifier="pack")
    )

    printed = Printed(typesetter().pdf_of(made, max_pages=9))

    assert pack.risks is not None
    assert min(printed.heights("fine-tuning")) >= 10.8


def test_words_of_a_pack_begin_below_what_is_behind_the_overview() -> None:
    pack = pack_of([PLAN] * 2)
    word = Term(term="Prompt", means="the text that a call sends to a model " * 3)
    made = manuscript_of_pack(replace(pack, glossary=(word,) * 96, identifier="pack"))

    pages = Printed(typesetter().pdf_of(made, max_pages=9)).words

    [page] = [n for n, x in enumerate(pages) if "Words in this pack Prompt" in x]
    assert "oldest prices" in pages[page] or "earlier pack" in pages[page]
    assert "Prompt the text" in pages[page + 1]


def test_last_word_of_a_paragraph_of_a_pack_is_not_alone_on_its_line() -> None:
    made = manuscript_of_pack(replace(pack_of([PLAN] * 2), identifier="pack"))

    assert "is in its\xa0paper." in made.html


def test_tables_say_which_column_a_vote_is_about_and_how_much_of_it_is_cash() -> None:
    pack = pack_of([PLAN] * 2)
    cash = Cash(bills=Decimal(10), people=Decimal(5), saved=Decimal(0))
    asked = tuple(replace(item, cash=cash) for item in pack.asked)
    people = replace(asked[0], cash=replace(cash, bills=Decimal(0)))

    said = words_of_parts(manuscript_of_pack(replace(pack, asked=(people, *asked[1:]))))

    overview, behind = " ".join(said[:-1]), said[-1]
    assert "Cash. If both are approved, $10 of the $20 is bills" in overview
    assert overview.count("is people’s time: cash only if they are hired.") == 1
    assert "Expected US$ over 12 months from the day of each decision" in overview
    assert "Last column: 12 months from the day of each verdict" in behind
    assert "as in the portfolio" in behind
    assert ["At worst" in each for each in (overview, behind)] == [False, True]
    assert behind.count("Last column: 12 months from that day") == 1
    assert "Left on" not in behind
