"""A paper proposes the move of a tuned model that ends, and what it takes."""

import re
from datetime import date

import pytest
from django.utils.html import strip_tags

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.pdf_client import manuscript_of
from audits.scoring.days import in_words
from audits.scoring.money.moves import by_when
from audits.scoring.sums.calendar import months_of
from audits.services.due.decision_day import decided_in_time
from audits.services.due.time_for_move import time_left
from audits.services.papers.next_date import next_date
from tests.board_money.ending.test_move_is_proposed_with_its_price import money_behind
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES, the_move

DAY = date(2026, 11, 24)


def test_amounts_of_the_paper_add_up_to_its_12_months(cast: Cast) -> None:
    money = money_behind(assessed(MOVES, **ENDS))
    proposed, otherwise = money.stated[1:]

    for row in (proposed, otherwise):
        first, second, *others = row.calendar.months
        lines = sum(line.amount for line in row.calendar.one_offs)
        running = first.running + second.running + sum(x.running for x in others)
        assert row.year.expected == running + lines
    said = page_one_of(paper_of(cast, MOVES, **ENDS))
    assert "Proposed: Few-shot" in said
    assert "If only it passes: Tuned open model" in said


def test_training_that_closes_is_no_event_of_examples_in_a_prompt() -> None:
    found = months_of(money_behind(assessed(MOVES, **ENDS))).happenings

    closes = [x for x in found if "cannot be retrained" in x.text]

    assert [x.names for x in closes] == [("Tuned hosted model",)]
    assert [x.number for x in found] == [1, 2, 3]


TOO_LATE = "is too late for the move."


@pytest.mark.parametrize(
    ("decided", "by", "said"),
    [
        (date(2026, 12, 3), date(2026, 12, 3), ""),
        (
            date(2026, 12, 4),
            date(2026, 12, 4),
            " That leaves no day to spare for the move.",
        ),
        # 14 January 2027 less 41 days is 4 December 2026.
        (
            date(2026, 12, 28),
            date(2026, 12, 4),
            f" The day entered, 28 December 2026, {TOO_LATE}",
        ),
        (
            date(2027, 1, 13),
            date(2026, 12, 4),
            f" The day entered, 13 January 2027, {TOO_LATE}",
        ),
        (
            date(2027, 1, 14),
            date(2026, 12, 4),
            " On the day entered, 14 January 2027, the model has ended.",
        ),
    ],
)
def test_move_brings_the_day_of_the_decision_forward(
    decided: date, by: date, said: str
) -> None:
    found = assessed(MOVES, **ENDS)
    move, cover = the_move(found), Cover(decide_by=decided)

    assert time_left(move, decided) == said.lstrip()
    assert decided_in_time(found, cover, DAY) == by
    assert by_when(move, DAY) == (
        "The move takes about 41 days, so decide by 4 December 2026"
    )
    assert next_date(current(), found, cover, DAY) == (
        f"Decide by {in_words(by)}.{said}"
    )


def test_move_that_is_too_late_already_is_decided_at_once() -> None:
    found = assessed(MOVES, **ENDS)
    on, cover = date(2026, 12, 5), Cover(decide_by=date(2026, 12, 9))

    # No day that has passed is given for one that has not.
    assert decided_in_time(found, cover, on) == date(2026, 12, 9)
    assert by_when(the_move(found), on) == (
        "The move takes about 41 days, too long from now: decide at once"
    )


def test_paper_says_what_its_up_front_amount_pays_for(cast: Cast) -> None:
    paper = paper_of(cast, MOVES, **ENDS)
    said = " ".join(strip_tags(manuscript_of(paper).html).split())
    parts = said.partition("“Few-shot” up front $15,622: ")[2].partition(". ")[0]
    amounts = [int(x.replace(",", "")) for x in re.findall(r", \$([\d,]+)", parts)]

    assert "Test the successor: 2 days at $800, $1,600" in parts
    assert sum(amounts) == 15_622


def test_reason_to_train_says_what_decides_instead(cast: Cast) -> None:
    said = page_one_of(paper_of(cast, MOVES, **ENDS))

    assert (
        "No reason to train is proved: of those that pass, the cheapest is used" in said
    )
