"""What is said of chance agrees with the ends of the interval beside it."""

import re
from decimal import Decimal

import pytest

from audits.scoring.scored.against import against_target
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.words import result

END = r"((?:just under |just over )?[0-9]+(?:\.[0-9]+)?)"


def number(end: str) -> Decimal:
    """Return an end of an interval; one just beside the target is not on it."""
    mark = Decimal(end.removeprefix("just under ").removeprefix("just over "))
    beside = Decimal("0.0001")
    if end.startswith("just"):
        return mark - beside if "under" in end else mark + beside
    return mark


@pytest.mark.parametrize("target", ["0.9", "0.85", "0.999", "0.995", "0.9925"])
@pytest.mark.parametrize("cases", [40, 120, 1_000])
def test_end_that_is_judged_is_printed_on_its_side_of_the_target(
    target: str, cases: int
) -> None:
    mark, judged = Decimal(target), 0
    for passed in range(cases * 7 // 10, cases + 1):
        row = ScoredCandidate(id="c1", kind="prompt", cases=cases, passed=passed)
        said, ends = against_target(row, mark), result(row, mark)
        found = re.search(rf"between {END} and {END} of 100", ends)
        assert found, ends
        low, high = map(number, found.groups())
        if "even at the upper end" in said:
            assert high < mark * 100, (said, ends)
        elif "even at the lower end" in said:
            assert low > mark * 100, (said, ends)
        # A result of some cases has no more than a tenth of a percent to say.
        written = (x.removeprefix("just ") for x in found.groups())
        assert all(len(x.partition(".")[2]) <= 1 for x in written if x[0].isdigit())
        judged += "even at" in said
    assert judged
