"""What a pass mark settles: how many passed cases no chance explains."""

import re
from functools import lru_cache

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
    'Even 30 of 30 does not prove the pass; only more cases do'
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
    if certain == enough:
        return ""
    if certain is None:
        # No second number of cases is beside the one that the step tests.
        return (
            f"Even {cases:,} of {cases:,} does not prove the pass; only more cases do"
        )
    last = certain - 1
    chance = f"{enough:,}{f' to {last:,}' if last > enough else ''} may be chance"
    return f"{chance}, {certain:,} is not"
