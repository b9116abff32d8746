"""What a pass mark settles: how many passed cases no chance explains."""

import re
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from audits.evaluations.statistics.shares import wilson

_COUNTED = re.compile(r"([\d.]+) of 100 cases pass: ([\d,]+) of ([\d,]+)$")


class Settled(NamedTuple):
    """What a pass mark settles, in words, and how many more cases prove a pass.

    `more` is 0 where those of the test can prove it.
    """

    says: str = ""
    more: int = 0


@lru_cache(maxsize=256)
def settles(passes: str) -> Settled:
    """Say from how many passed cases on the target is met beyond chance.

    Empty where the pass mark counts no cases, or settles it itself.

    Args:
        passes: The pass mark with its cases in words.

    >>> settles("90 of 100 cases pass: 45 of 50").says
    '45 to 49 may be chance, 50 is not'
    >>> settles("90 of 100 cases pass: 27 of 30")
    Settled(says='27 to 30 may be chance; 35 of 35 is not', more=5)
    >>> settles("1% or fewer").says
    ''
    """
    found = _COUNTED.search(passes)
    if found is None or not 0 < float(found[1]) < 100:  # noqa: PLR2004 - per cent
        return Settled()
    share = float(found[1]) / 100
    enough, cases = (int(found[each].replace(",", "")) for each in (2, 3))
    passed = range(enough, cases + 1)
    certain = next((x for x in passed if wilson(x, cases).low >= share), None)
    if certain == enough:
        return Settled()
    last = (certain or cases + 1) - 1
    chance = f"{enough:,}{f' to {last:,}' if last > enough else ''} may be chance"
    if certain:
        return Settled(f"{chance}, {certain:,} is not")
    fewest = next(n for n in count(cases) if wilson(n, n).low >= share)
    return Settled(f"{chance}; {fewest:,} of {fewest:,} is not", fewest - cases)
