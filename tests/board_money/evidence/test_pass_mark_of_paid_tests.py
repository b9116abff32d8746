"""Page 1 says what the tests that a decision pays for have to reach, and by when."""

from dataclasses import replace

from audits.scoring.sums.asked.paid_tests import pass_mark_said
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES


def test_page_one_has_it_below_the_decision(cast: Cast) -> None:
    said = pass_mark_said(assessed(MOVES, **ENDS), None)

    page = page_one_of(paper_of(cast, MOVES, **ENDS))

    assert said in page.partition("Terms")[2].partition("Why this verdict")[0]


def test_page_one_names_the_owner_beside_what_is_not_known(cast: Cast) -> None:
    paper = paper_of(cast, MOVES, **ENDS)

    # What is signed is locked: only before that, the owner still enters it.
    owner = paper.owner
    enters = f"Before sign-off, {owner} should enter the pass mark"
    for unsigned, is_provisional, said in (
        ("Grace Mensah", False, f"{enters}, if known."),
        ("", True, f"{enters}."),
        ("", False, f"Before the decision, {owner} tells the board the pass mark."),
    ):
        page = page_one_of(
            replace(
                paper,
                one=replace(paper.one, is_provisional=is_provisional),
                signed=replace(paper.signed, unsigned=unsigned),
            )
        )
        last = page.rpartition("Not known")[2].partition("Next date")[0]
        assert said in last
