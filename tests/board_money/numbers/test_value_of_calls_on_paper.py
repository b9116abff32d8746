"""A paper and a result tell what calls earn or save in 12 months."""

from django.template.loader import render_to_string

from audits.scoring.money.of_assessment import money_of
from tests.board_money.numbers.test_value_of_calls import ENTERED
from tests.board_money.printed_papers import paper_of
from tests.casting import Cast
from tests.reports.papers import words_of
from tests.scoring.letters import letters
from tests.scoring.twelve_verdicts import ANSWERS


def test_result_tells_it_below_the_money() -> None:
    found = letters(numbers=ENTERED)
    page = render_to_string(
        "results/money/rows.html",
        {"assessment": found, "money": money_of(found), "explained": None},
    )

    assert "model calls a month earn or save $4.80 each: $201,600 a year" in page


def test_paper_tells_it_with_what_was_entered(cast: Cast) -> None:
    given = {"value_per_request": "4.80", "requests": "3500"}
    said = words_of(paper_of(cast, ANSWERS["few_shot"], "planned", **given))

    assert "As entered, 3,500 model calls a month earn or save $4.80 each" in said[1]
