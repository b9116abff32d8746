"""Page 1 is read in a minute: one amount is asked for, and nothing is said twice."""

import re
import subprocess
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from django_scopes import scope

from audits.models import Audit
from audits.reports.context import Paper, build_paper
from audits.reports.pdf_client import print_paper
from audits.scoring.exchange import document
from audits.scoring.money.states import PlanState
from audits.scoring.summary.why_rows import why_rows
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.examples import some_of, thorough
from tests.printed import Printed
from tests.reports.papers import front_of, words_of
from tests.reports.test_appendix import paper as priced_paper
from tests.reports.test_twelve_verdicts import FRAMEWORK, assessed
from tests.scoring.costs.worked_decisions import assessed as priced
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.costs.worked_packs import decided
from tests.scoring.test_untested_ways import STRONGEST
from tests.scoring.test_untested_ways import assessed as waiting
from tests.scoring.twelve_verdicts import ANSWERS

RANGE = re.compile(r"\(\$[\d,]+ to \$[\d,]+(, assumed)?\)")
AMOUNT = re.compile(r"\$[\d,]+")
PLANS: tuple[tuple[PlanState, str], ...] = (
    ("running", "prompt"),
    ("planned", "fine_tune_own"),
    ("stopped", "fine_tune_hosted"),
)
SPEED = ANSWERS["distil"]
WORD = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]*)<')


def training(cast: Cast) -> Paper:
    """Return the paper of a training that waits for the test of a cheaper way."""
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.assessment = document.dump(waiting(STRONGEST))
        return build_paper(audit)


def rows_of(pdf: bytes) -> list[list[tuple[float, float, str]]]:
    """Return the words of page 1 with their left and right ends, by line."""
    said = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", "-", "-"],  # noqa: S607
        input=pdf,
        check=True,
        capture_output=True,
    ).stdout.decode()
    lines: dict[float, list[tuple[float, float, str]]] = {}
    for left, top, right, word in WORD.findall(said):
        line = lines.setdefault(round(float(top)), [])
        line.append((float(left), float(right), word))
    return [sorted(line) for _, line in sorted(lines.items())]


@pytest.mark.thorough
@pytest.mark.parametrize("verdict", some_of(ANSWERS, 6))
@pytest.mark.parametrize(("state", "today"), PLANS)
def test_decision_names_one_amount_and_what_is_held_or_ends(
    verdict: str, state: PlanState, today: str
) -> None:
    money = decided(verdict, state, today=today).money
    if money is None:
        return

    named = AMOUNT.findall(RANGE.sub("", money.asks))
    assert len(named) <= 2, money.asks
    assert len(RANGE.findall(money.asks)) <= 1
    # Short sentences say how it is made up, beside the amounts that they explain.
    sentences = money.parts.split(". ")
    assert len(sentences) <= 3
    assert all(len(AMOUNT.findall(each)) <= 4 for each in sentences)
    assert all(amount in money.parts for amount in AMOUNT.findall(money.parts))


@pytest.mark.thorough
def test_amount_is_made_up_in_the_appendix_alone(cast: Cast) -> None:
    paper = paper_of(cast, MOVES, **ENDS)
    first, appendix = page_one_of(paper), words_of(paper)[1]

    days = "over 12 months"
    assert f"Once signed off It asks for up to $38,441 {days} to move" in first
    amount = "This is $18,373 more than the $20,068 for the current plan."
    assert first.count(amount) == 1
    assert [first.count(each) for each in ("$38,441", " 31,945 ", "$18,373")] == [1] * 3
    made_of = "Of the $38,441 to approve, $15,622 is paid now, to test"
    included = "One-off costs and their range are included."
    for only in (made_of, included):
        assert (first.count(only), appendix.count(only)) == (0, 1)
    # No line of the options that have no row breaks within a word.
    rows = [row for each in paper.one.named_alone for row in each.rows]
    named = [line.named for row in rows if not row.number for line in row.lines]
    page = Printed(front_of(paper).pdf).words[0]
    assert len(named) >= 4
    assert [each for each in named if each not in page] == []


@pytest.mark.thorough
def test_what_the_appendix_is_for_is_not_on_page_one(cast: Cast) -> None:
    paper = paper_of(cast, MOVES, **ENDS)

    note = paper.one.further_note
    assert note.startswith("Each of the 12 months from 24 November 2026 counts the")
    first, appendix = words_of(paper)
    assert "counts the calls of a busy" not in first
    counted = appendix.partition(" How it is counted ")[2]
    assert note in counted.partition(" If we do nothing ")[0]


@pytest.mark.thorough
def test_numbers_of_the_money_table_are_six_points_apart(cast: Cast) -> None:
    paper = paper_of(
        cast, SPEED, "building", today="prompt", requests="10000000", ready_months=None
    )

    found = [
        [word for word in line if re.fullmatch(r"[\d,]+", word[2])]
        for line in rows_of(front_of(paper).pdf)
    ]
    # The day of the prices may be on the same line, beside the table of what is paid
    # once, to run and in all, and of the ends of its range.
    amounts = [line[-5:] for line in found if len(line) >= 5]
    assert len(amounts) == 2
    gaps = [b[0] - a[1] for line in amounts for a, b in pairwise(line)]
    assert min(gaps) >= 6


@pytest.mark.thorough
@pytest.mark.parametrize(
    "owner", [thorough("Ida"), "Ida Maria Vik-Nordgaard of the claims desk"]
)
def test_names_break_between_items(cast: Cast, owner: str) -> None:
    paper = paper_of(cast, MOVES, **ENDS)
    one = replace(paper.one, sponsor="Anna Berg-Haugen, Claims and Recoveries")
    made = replace(paper, one=one, owner=owner, author=owner)

    lines = [
        " ".join(word for _, _, word in line) for line in rows_of(front_of(made).pdf)
    ]

    first, last = (
        next(n for n, line in enumerate(lines) if said in line)
        for said in ("Sponsor*", "* marks what")
    )
    shown = lines[first : last + 1]
    assert not [line for line in shown if line.endswith("·")]
    assert not [line for line in shown if line.strip("· ") == made.state]
    # “* marks what … wrote” is whole, beside the names or on a line of its own.
    writers = made.signed.writers or made.author
    assert shown[-1].endswith(f"* marks what {writers} wrote")
    assert any(
        re.search(rf"\w ·\s{made.state}( ·| \* marks|$)", line) for line in shown
    )


@pytest.mark.thorough
def test_training_that_waits_for_a_cheaper_way_has_six_pages(cast: Cast) -> None:
    made = print_paper(training(cast))

    pages = Printed(made.pdf).words
    assert (made.notice, len(pages)) == ("", 6)
    assert "A10 Glossary" in pages[-1]
    assert "A11 Where this paper comes from" in pages[-1]


@pytest.mark.parametrize("verdict", ANSWERS)
def test_no_two_rows_say_the_same(verdict: str) -> None:
    found = [row.found for row in why_rows(FRAMEWORK, assessed(verdict))]

    assert len(set(found)) == len(found)


def test_second_reason_names_what_it_alone_rests_on() -> None:
    fast: dict[str, Any] = {
        "unit_economics": "too_high",
        "volume": "gt_10m",
        "smaller_model": "fails",
    }
    rows = why_rows(FRAMEWORK, priced(SPEED | fast))

    assert [row.condition for row in rows] == [
        *("Fit for a small model", "Money", "Speed"),
    ]
    assert rows[2].found.startswith("The quickest model is too slow")


@pytest.mark.parametrize("verdict", ANSWERS)
def test_reason_that_does_not_hold_says_what_is_missing(verdict: str) -> None:
    absent = [x for x in assessed(verdict).trace.reasons if x.standing == "absent"]

    assert absent
    for reason in absent:
        assert "Not all of this is proved" not in reason.because
        assert re.search(
            r"would have to be |is not known|meets the target", reason.because
        )
        # Other parts are small ones, too, for other faults.
        if reason.id == "X6" and "or “The ranking”" in reason.because:
            assert "or “The ranking”, for example." in reason.because


@pytest.mark.thorough
def test_paper_and_page_say_the_finding_against_what_is_needed(cast: Cast) -> None:
    found = assessed("keep")
    [skill] = [x for x in found.trace.reasons if x.id == "X1"]

    assert skill.because == (
        "Untuned results miss the target by up to 5 points; “Gap to the target” would "
        "have to be “Large” or “Often wrong”. 1 more condition is not met."
    )
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.assessment = document.dump(found)
        trace = build_paper(audit).trace
    [row] = [row for row in trace if row.is_shared and "Skill" in row.read]
    assert row.name == "Reason: 9 of 11"
    assert row.read.startswith("Do not hold: ")
    # The others are not known, which is said apart.
    [other] = [row for row in trace if row.name == "Reason: 2 of 11"]
    assert other.read == "Not known: Language; Limits"


# Some derive a reason and some do not; of each, two.
@pytest.mark.thorough
@pytest.mark.parametrize("verdict", some_of(ANSWERS, 4))
def test_why_now_is_derived_until_an_author_writes_it_and_hides_no_day(
    cast: Cast, verdict: str
) -> None:
    paper = priced_paper(cast, ANSWERS[verdict])
    one = replace(paper.one, why_now="The contract ends.", written=("why_now",))

    days = re.findall(r"\d+ [A-Z][a-z]+ 20\d\d", paper.assessment.lead)
    first, _ = words_of(paper)
    derived = f"Why now {paper.one.why_derived}"
    assert (derived in first) == bool(paper.one.why_derived)
    assert first.count("Why now") == bool(paper.one.why_derived)
    assert all(day in first for day in days)
    written = words_of(replace(paper, one=one))[0]
    assert "Why now* The contract ends." in written
    assert "(Derived.)" not in written
