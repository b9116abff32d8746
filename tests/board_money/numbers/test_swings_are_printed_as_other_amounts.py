"""A small swing around a large difference is printed without cents, as all are."""

import pytest

from audits.scoring.costs.rounding import as_printed
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS


@pytest.mark.parametrize("requests", ["700", "9000", "40000"])
def test_every_end_is_rounded_as_an_amount_is(requests: str) -> None:
    found = assessed(ANSWERS["rag"], today="prompt", requests=requests)

    assert found.costs is not None
    ends = [end for each in found.costs.printed_swings for end in each.ends]
    assert ends
    assert ends == [as_printed(end) for end in ends]
    # The moves alone are small enough for cents.
    assert any(0 < abs(each.at_low) < 10 for each in found.costs.swings)


def test_numbers_that_turn_what_is_cheaper_are_apart_from_the_rest() -> None:
    found = assessed(ANSWERS["rag"], today="prompt", requests="40000").costs

    assert found is not None
    assert {*found.turning_swings, *found.steady_swings} == {*found.printed_swings}
    assert all(each.turns for each in found.turning_swings)
    assert not any(each.turns for each in found.steady_swings)
