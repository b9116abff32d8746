"""The paper and the pack have the same range for the difference of two plans."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from audits.reports.packs.pack_money import totals
from audits.scoring.money.of_assessment import money_of
from audits.scoring.sums.money_sums import Decided
from audits.templatetags.figures import difference
from tests.board_money.printed_papers import paper_of
from tests.casting import Cast
from tests.reports.papers import words_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.twelve_verdicts import ANSWERS

STOPS = ANSWERS["stop_fine_tuning"]
PLAN = {"today": "fine_tune_own"}


def decided(answers: Mapping[str, Any] = STOPS, /, **numbers: str) -> Decided:
    found = assessed(answers, **numbers)
    return Decided(name="Mail", family=found.family, money=money_of(found))


def test_pack_counts_a_number_that_both_plans_have_once() -> None:
    costs, found = assessed(STOPS, **PLAN).costs, totals([decided(**PLAN)])

    assert costs is not None
    same = costs.lead_in_all
    [row], [net] = found.rows, [x for x in found.lines if x.kind == "net"]
    assert same is not None
    assert same.low < same.expected < same.high
    assert row.net == net.amount == same
    assert row.released is not None
    assert row.asked is not None
    assert row.released.low - row.asked.high < same.low
    meeting = found.meeting
    assert meeting is not None
    assert (meeting.low, meeting.change, meeting.high) == (
        -same.high,
        -same.expected,
        -same.low,
    )
    *_, of_all = found.in_all
    assert of_all.amount == same
    assert found.range_of_net == (
        "In the range of a net, each number is the same in the plan that ends and in "
        "what replaces it."
    )


def test_worst_case_is_within_the_range_of_the_net() -> None:
    [row] = totals([decided(**PLAN)]).rows
    assert row.net is not None
    assert row.net.low > 0

    assert totals([decided(**PLAN)]).worst_case.endswith(
        f"if the board later agrees to its high end, the net is ${row.net.low:,} less."
    )


def test_plans_whose_difference_is_not_known_are_each_at_an_end_and_named() -> None:
    # The swings of a move are about the technique that follows, and not the move.
    move = replace(decided(MOVES, **ENDS), name="Quotes")
    found = totals([decided(**PLAN), move])

    *_, row = found.rows
    assert row.net is not None
    assert row.released is not None
    assert row.asked is not None
    assert row.net.low == row.released.low - row.asked.high
    assert found.range_of_net.endswith(
        "except for Quotes, where each plan is at an end of its own."
    )
    assert totals([]).range_of_net == ""


@pytest.mark.django_db
def test_appendix_has_the_same_range(cast: Cast) -> None:
    costs = assessed(STOPS, **PLAN).costs
    assert costs is not None
    same = costs.lead_in_all
    assert same is not None

    _, appendix = words_of(paper_of(cast, STOPS, **PLAN))

    row = f"All {len(costs.assumed_swings)} assumed numbers that change it"
    # As in other rows, the smaller difference is first.
    low, high = sorted((same.low, same.high), key=abs)
    span = f"{difference(low)} to {difference(high)} Stays the same"
    assert f"{row} Low to high, each independent of the others {span}" in appendix
