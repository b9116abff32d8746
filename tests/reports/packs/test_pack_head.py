"""The line above the title of a pack says for whom it is, and the first due day."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from audits.reports.packs.pack_paper import PackPaper
from audits.reports.packs.said.waiting_words import cheaper_later
from tests.portfolio.drawn_portfolios import Drawn
from tests.portfolio.printed_packs import pack_of

PLAN = Drawn("retrieve", "prompt", "40", True, "live")
EARLY, LATE = date(2026, 12, 11), date(2026, 12, 21)


def pack(*meetings: str) -> PackPaper:
    found = pack_of([PLAN] * len(meetings))
    asked = [
        replace(item, meeting=meeting)
        for item, meeting in zip(found.asked, meetings, strict=True)
    ]
    return replace(
        found, asked=tuple(asked), as_at=datetime(2026, 11, 27, 12, tzinfo=UTC)
    )


def test_what_is_due_before_a_later_meeting_is_named_says_so_in_one_line() -> None:
    held = date(2026, 12, 9)
    found = pack("", "", "Board, 9 March 2027", "Board, 9 December 2026")
    days = (LATE, EARLY, EARLY, held)
    asked = [
        replace(item, name=name, lacks="1 answer", by=day)
        for item, name, day in zip(found.asked, "ABCD", days, strict=True)
    ]
    one_left = [asked[2], replace(asked[3], by=None)]

    made = replace(found, asked=tuple(asked), held=held)
    none = replace(found, asked=tuple(one_left), held=held)

    said = (
        "Also to settle: name a later meeting by 11 December 2026, or new days, for B "
        "and A."
    )
    assert made.due_before_next == said
    assert said in render_to_string("reports/packs/apart.html", {"pack": made})
    late = replace(asked[3], is_late=True)
    both = replace(made, asked=(*asked[:3], late)).due_before_next
    assert both.endswith(" for B and A; set a new day for D, whose day has passed.")
    assert none.due_before_next == replace(made, held=None).due_before_next == ""


@pytest.mark.parametrize(
    ("meetings", "said"),
    [
        (["Board of directors, 9 December 2026"] * 2, "Board of directors, 9 December"),
        (["Board, 9 December 2026", "Board, 9 March 2027"], "Board"),
        (["Board, 9 March 2026"] * 2, "Board"),
        (["Board", "Audit committee"], ""),
        (["Board", ""], ""),
        (["", ""], ""),
    ],
)
def test_pack_is_for_the_meeting_that_all_its_papers_name(
    meetings: list[str], said: str
) -> None:
    found = pack(*meetings)

    assert found.meets.removesuffix(" 2026") == said
    assert replace(found, meeting="Own").meets == "Own"


def test_line_above_the_title_names_the_meeting_and_the_first_due_day() -> None:
    found = pack("Board", "Board")
    one, other = found.asked
    dated = replace(found, asked=(replace(one, by=LATE), replace(other, by=EARLY)))
    late = replace(found, asked=(replace(one, by=EARLY, is_late=True), other))
    told = replace(found, asked=(replace(one, by=EARLY, told="Yes"), other))

    page = strip_tags(render_to_string("reports/packs/pack.html", {"pack": dated}))
    assert (
        "Waits for sign-off · Board · first due 11 December 2026 Two decisions, none"
        in " ".join(page.split())
    )
    assert late.first_due == "first was due 11 December 2026"
    assert told.first_due == found.first_due == ""
    assert replace(found, asked=(replace(one, by=LATE),)).first_due == (
        "due 21 December 2026"
    )


def test_row_says_who_answers_where_it_may_not_run_and_when_its_plan_is_cheaper() -> (
    None
):
    found = pack("Board, 9 December 2026")
    [one] = found.asked
    assert one.money
    lacks = replace(one, lacks="2 answers (“A” and “B”)", owner="Ana")
    assert lacks.who_answers == "Ana"
    assert replace(lacks, lacks="a reviewer").who_answers == ""
    made = replace(found, asked=(replace(one, is_elsewhere=True),))
    assert made.priced_elsewhere.startswith(f"“{one.name}” must run on own servers")
    assert found.priced_elsewhere == ""
    assert cheaper_later(one.money, None) == cheaper_later(None, None) == ""
