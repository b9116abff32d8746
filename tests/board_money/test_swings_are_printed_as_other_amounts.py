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
