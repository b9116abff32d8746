"""How strong the evidence behind a verdict is: its order, and how it moved."""

import typing
from collections.abc import Mapping
from typing import Literal

Strength = Literal["live_outcomes", "solid_test", "small_test", "said", "none"]
Trend = Literal["stronger", "steady", "weaker"]

# The strongest first.
STRENGTHS: tuple[Strength, ...] = typing.get_args(Strength)
IN_SHORT: Mapping[Strength, str] = {
    "live_outcomes": "Live outcomes",
    "solid_test": "200 cases or more",
    "small_test": "30 or more cases",
    "said": "Only asserted",
    "none": "Nothing tested",
}

# What follows a strength that only an answer by hand says.
BY_HAND = ", as the team answered"
# What follows one that only results without a file show.
TYPED = ", as typed"
# What follows either of them where no results file shows a test at all.
NO_FILE = "; no results file"
TYPED_ALONE = f"{TYPED}{NO_FILE}"
MARKS_IN_SHORT: Mapping[str, str] = {BY_HAND: ", team says", TYPED: ", typed"}
# A strength that such a mark follows.
MARKED_IN_SHORT: Mapping[str, str] = {
    "solid_test": "200+ cases",
    "small_test": "30+ cases",
    "live_outcomes": "Live results",
}


def rank(strength: str) -> int:
    """Return its place, the strongest first; one that is not told comes last.

    >>> rank("live_outcomes"), rank("none"), rank("")
    (0, 4, 5)
    """
    names: tuple[str, ...] = STRENGTHS
    return names.index(strength) if strength in names else len(names)


def in_short(strength: str) -> str:
    """Return a strength in two or three words; empty if it is not told.

    >>> in_short("solid_test"), in_short("")
    ('200 cases or more', '')
    """
    names: Mapping[str, str] = {str(key): name for key, name in IN_SHORT.items()}
    return names.get(strength, "")


def trend(before: str, now: str) -> Trend | None:
    """Return how the evidence moved; None unless it is known at both times.

    >>> trend("said", "solid_test"), trend("", "said")
    ('stronger', None)
    """
    if not before or not now:
        return None
    rise = rank(before) - rank(now)
    if rise == 0:
        return "steady"
    return "stronger" if rise > 0 else "weaker"
