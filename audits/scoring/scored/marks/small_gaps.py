"""A gap to the target that is small, in points, the same on every page.

On few cases more than 5 points are small, so it is never said without the cases.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from audits.scoring.deciding.shortfalls import MOST_BY_CHANCE, gap_word, small_gap
from audits.scoring.scored.against import is_chance
from audits.scoring.scored.candidates import ScoredCandidate

_FIVE_POINTS = 5
_SAID = re.compile(r"(?:^|; )(([0-9.]+) points? below the target: on [^;]+)$")


def gap_size(row: ScoredCandidate, target: Decimal | None) -> str:
    """Return how many points a small gap is, and up to how many are small.

    Chance is named only where it may explain that the target is missed.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=42)
    >>> gap_size(row, Decimal("0.8"))
    '10 points below the target: on 60 cases, up to 10.1 may be chance'
    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=120, passed=101)
    >>> gap_size(row, Decimal("0.9"))
    '5.8 points below the target: on 120 cases, up to 7.1 are small'
    """
    if target is None or row.score is None or row.errors:
        return ""
    if gap_word(float(target), row.score, row.cases) != "small":
        return ""
    short, small = (float(target) - row.score) * 100, small_gap(row.cases) * 100
    points = "1 point" if _tenth(short) == "1" else f"{_tenth(short)} points"
    may_be = small > _FIVE_POINTS and is_chance(row, target)
    are = "may be chance" if may_be else "are small"
    up_to = f"on {row.cases:,} cases, up to {_tenth(small)} {are}"
    return f"{points} below the target: {up_to}"


def is_small_by_few(row: ScoredCandidate, target: Decimal | None) -> bool:
    """Return whether a gap of over 5 points is small: so few cases may miss by chance.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=48)
    >>> is_small_by_few(row, Decimal("0.9")), is_small_by_few(row, Decimal("0.85"))
    (True, False)
    """
    if target is None or row.score is None or not gap_size(row, target):
        return False
    return gap_word(float(target), row.score, MOST_BY_CHANCE) == "large"


def _tenth(number: float) -> str:
    """Write points in tenths; a half is rounded away from zero.

    >>> _tenth(3.75), _tenth((0.9 - 0.8625) * 100), _tenth(-0.25), _tenth(4.0)
    ('3.8', '3.8', '-0.3', '4')
    """
    # Differences of shares are a hair beside the half that they are.
    exact = Decimal(f"{number:.6f}").quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{exact}".removesuffix(".0")


def over_five_points(because: str) -> str:
    """Return what results are, where a small gap is one of over 5 points; else empty.

    Args:
        because: Why candidates answer what the gap is, which ends in its size.

    >>> over_five_points(
    ...     "x; 10 points below the target: on 60 cases, up to 10.1 are small"
    ... )
    'results are 10 points below the target: on 60 cases, up to 10.1 are small'
    """
    found = _SAID.search(because)
    is_over = found and float(found[2]) > _FIVE_POINTS
    return f"results are {found[1]}" if found and is_over else ""
