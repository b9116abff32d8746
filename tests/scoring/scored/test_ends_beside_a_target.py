"""What is said of chance agrees with the ends of the interval beside it."""

import re
from decimal import Decimal

import pytest

from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.words import against_target, result


@pytest.mark.parametrize("target", ["0.9", "0.85", "0.999", "0.995", "0.9925"])
@pytest.mark.parametrize("cases", [40, 120, 1_000])
def test_end_that_is_judged_is_printed_on_its_side_of_the_target(
    target: str, cases: int
) -> None:
    mark, judged = Decimal(target), 0
    for passed in range(cases * 7 // 10, cases + 1):
        row = ScoredCandidate(id="c1", kind="prompt", cases=cases, passed=passed)
        said, ends = against_target(row, mark), result(row, mark)
        found = re.search(r"between ([0-9.]+) and ([0-9.]+)", ends)
        assert found, ends
        low, high = map(Decimal, found.groups())
        if "even at the upper end" in said:
            assert high < mark * 100, (said, ends)
        elif "even at the lower end" in said:
            assert low > mark * 100, (said, ends)
        judged += "even at" in said
    assert judged
