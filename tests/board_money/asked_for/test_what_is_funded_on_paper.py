"""A paper and a pack mark what is asked for before a training."""

import re

from django.template.loader import render_to_string

from audits.scoring.money.of_assessment import money_of
from tests.board_money.asked_for.test_what_a_decision_funds_has_a_range import (
    ASSUMED,
    LATER,
)
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.pages import html_in
from tests.scoring.twelve_verdicts import ANSWERS


def test_page_of_a_pack_marks_what_is_asked_and_not_the_later_training(
    cast: Cast,
) -> None:
    answers = LATER | {"mlops": "partial"}
    paper = paper_of(cast, answers, "live", today="prompt", **ASSUMED)
    shown = {"paper": paper, "one": paper.one, "money": paper.money, "number": "1"}

    table = html_in(render_to_string("reports/money_rows.html", shown))
    table, _, _ = table.partition("</table>")
    cells = [re.findall(r">([^<>]+)</t[hd]>", row) for row in table.split("<tr")[3:]]
    marked = [row for row in table.split("<tr") if 'class="pick"' in row]
    # 45,000 of 12 months are for people.
    assert [each.strip() for each in cells[0]] == [
        *("Asked: people’s time to run a model", "24,000", "45,000", "69,000"),
        *("31,118", "131,785"),
    ]
    assert len(marked) == 1
    assert "Asked: people’s time to run a model" in marked[0]


def test_approval_is_not_subject_to_what_the_decision_funds(cast: Cast) -> None:
    said = page_one_of(paper_of(cast, LATER, "building", today="prompt"))

    # The decision says itself what it funds, and what that does not buy.
    assert "This approves" not in said
    assert "No planned spending ends" not in said
    assert (
        "The 12 months buy readiness, and no better answers: the use case’s owner "
        "chooses" in said
    )
    assert "whether “Prompt” serves until training is approved." in said
    assert "Training needs a second approval, once " in said
    assert "(1)" not in said
    assert "Only once" not in said


def test_stopped_use_case_is_not_decided_to_go_on(cast: Cast) -> None:
    paper = paper_of(cast, ANSWERS["fine_tune"], "stopped", today="prompt")
    assert money_of(paper.assessment, "stopped") is not None

    said = page_one_of(paper)

    assert paper.one.title.endswith(": stay stopped")
    assert f" {paper.one.title} " in said
    assert "the current plan" not in said
