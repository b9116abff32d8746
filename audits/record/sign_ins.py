"""Lines of sign-ins, of which an organization may forget who it was (decision 0171)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

from audits.record.lines import Line

SIGN_INS = frozenset(
    (
        "person.session_ended",
        "person.sessions_ended",
        "person.sign_in_failed",
        "person.signed_in",
        "person.signed_out",
    )
)
# The line that says of which others the person was removed.
REMOVED = "record.sign_ins_removed"


def is_emptied_sign_in(line: Line, removed: Sequence[Sequence[int]]) -> bool:
    """Return whether a line lost nothing but who signed in, as later lines say.

    Args:
        line: The line.
        removed: The first and the last numbers of the lines that they name, in order.
    """
    if not line.is_emptied or line.verb not in SIGN_INS:
        return False
    place = bisect_right(removed, line.number, key=itemgetter(0)) - 1
    is_said = place >= 0 and line.number <= removed[place][1]
    return is_said and line.actor is None and not line.subject and not line.details


def said_to_be_removed(details: Any) -> Iterator[list[int]]:
    """Yield the first and last numbers that a line of removals names, if it does.

    >>> list(said_to_be_removed({"lines": [[3, 5], "7", [8]]}))
    [[3, 5]]
    >>> list(said_to_be_removed(["lines"]))
    []
    """
    told = details.get("lines") if isinstance(details, dict) else None
    for pair in told if isinstance(told, list) else ():
        match pair:
            case [int() as first, int() as last]:
                yield [first, last]


def ranges(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Yield the first and the last number of each run of numbers without a gap.

    >>> list(ranges([7, 3, 4, 5, 9, 8])), list(ranges([]))
    ([[3, 5], [7, 9]], [])
    """
    own = sorted({*numbers})
    if not own:
        return
    breaks = [pair for pair in pairwise(own) if pair[1] - pair[0] > 1]
    starts = [own[0], *(after for _, after in breaks)]
    ends = [*(before for before, _ in breaks), own[-1]]
    yield from map(list, zip(starts, ends, strict=True))
