"""Lines of sign-ins, of which an organization may forget who it was (decision 0171)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from math import inf
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
# The line that says for how many months an organization keeps that.
RETENTION = "organization.retention"
_MONTH = timedelta(days=365.25) / 12

# The first and the last number of lines, the moment before which all of them are, and
# the number from which each has a seal.
type Removal = tuple[int, int, datetime, float]


def is_emptied_sign_in(line: Line, removed: Sequence[Removal]) -> bool:
    """Return whether a line lost nothing but who signed in, as later lines say.

    Args:
        line: The line.
        removed: The lines that they name, in order.
    """
    if not line.is_emptied or line.verb not in SIGN_INS:
        return False
    place = bisect_right(removed, line.number, key=itemgetter(0)) - 1
    if place < 0:
        return False
    _, last, before, sealed_from = removed[place]
    is_said = line.number <= last and line.at < before
    if line.number >= sealed_from and not line.seal:
        return False
    return is_said and line.actor is None and not line.subject and not line.details


def removals(
    lines: Iterable[tuple[str, datetime, Any]], sealed_from: float = inf
) -> Iterator[Removal]:
    """Yield what lines of removals name, if the organization had chosen a time before.

    Once one line has a seal, each later one has: a line of a removal may say so of an
    earlier line, but of none that it has no seal.

    Args:
        lines: The verb, the time and the details of each line of both kinds, in order.
        sealed_from: The number of the first line of the record that has a seal.

    >>> at = datetime(2027, 1, 31, 12)
    >>> gone = (REMOVED, at, {"lines": [[3, 5]]})
    >>> list(removals([gone, (RETENTION, at, {"sign_ins_months": None}), gone]))
    []
    >>> chosen = (RETENTION, at, {"sign_ins_months": 12})
    >>> [(_, _, before, sealed_from)] = removals([chosen, gone])
    >>> str(before), sealed_from
    ('2026-01-31 06:00:00', inf)
    >>> sealed = (REMOVED, at, {"lines": [[7, 8]], "sealed_from": 7})
    >>> [each[3] for each in removals([chosen, gone, sealed], 9)]
    [7, 7]
    """
    lines = list(lines)
    said = (each.get("sealed_from") for *_, each in lines if isinstance(each, dict))
    least = min([sealed_from, *(each for each in said if isinstance(each, int))])
    fewest = 0
    for verb, at, details in lines:
        if verb == RETENTION:
            told = details.get("sign_ins_months") if isinstance(details, dict) else None
            if isinstance(told, int) and told > 0:
                fewest = min(fewest or told, told)
        elif fewest:
            for first, last in said_to_be_removed(details):
                yield first, last, at - fewest * _MONTH, least


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
