"""What a pass mark settles: how many passed cases no chance explains."""

import re
from functools import lru_cache
from itertools import count

from audits.evaluations.statistics.shares import wilson

_COUNTED = re.compile(r"([\d.]+) of 100 cases pass: ([\d,]+) of ([\d,]+)$")


@lru_cache(maxsize=256)
def settles(passes: str) -> str:
    """Say from how many passed cases on the target is met beyond chance.

    Empty where the pass mark counts no cases, or settles it itself.

    Args:
        passes: The pass mark with its cases in words.

    >>> settles("90 of 100 cases pass: 45 of 50")
    '45 to 49 may be chance, 50 is not'
    >>> settles("90 of 100 cases pass: 27 of 30")
    '30 cases can only show a miss: to show a pass, test 35 or more'
    >>> settles("1% or fewer")
    ''
    """
    found = _COUNTED.search(passes)
    if found is None or not 0 < float(found[1]) < 100:  # noqa: PLR2004 - per cent
        return ""
    share = float(found[1]) / 100
    enough, cases = (int(found[each].replace(",", "")) for each in (2, 3))
    passed = range(enough, cases + 1)
    certain = next((x for x in passed if wilson(x, cases).low >= share), None)
    if certain is None:
        fewest = next(x for x in count(cases) if wilson(x, x).low >= share)
        return (
            f"{cases:,} cases can only show a miss: to show a pass, "
            f"test {fewest:,} or more"
        )
    if certain == enough:
        return ""
    upto = f" to {certain - 1:,}" if certain - 1 > enough else ""
    return f"{enough:,}{upto} may be chance, {certain:,} is not"
