"""The sums of a meeting: what is asked for in all, the plans that end, and the net."""

from collections.abc import Iterator, Sequence

from audits.scoring.sums.money_left import added
from audits.scoring.sums.money_sums import REPLACES, Kind, SumLine


def lines_in_all(lines: Sequence[SumLine]) -> tuple[SumLine, ...]:
    """Return the totals of the lines by kind of money; none where none has an amount.

    Only a meeting adds running and planned plans together, as its votes end both. What
    is left has a total where each part of it has one.

    Args:
        lines: The sums of each kind.
    """
    return tuple(_totals([line for line in lines if line.amount]))


def _totals(lines: Sequence[SumLine]) -> Iterator[SumLine]:
    ends = [line for line in lines if line.kind == "end"]
    spent = [line for line in lines if line.kind == "spend"]
    if spent:
        yield _total("spend", "Asked for", spent)
    if ends:
        yield _total("end", "Plans that end", ends)
    if spent and ends:
        # What replaces a plan is in the net of that plan.
        nets = [line for line in lines if line.kind == "net"]
        yield _total("net", "Net", (*nets, *(x for x in spent if x.what != REPLACES)))


def _total(kind: Kind, what: str, lines: Sequence[SumLine]) -> SumLine:
    left = [line.left for line in lines if line.left]
    return SumLine(
        state="proposed",
        kind=kind,
        head="In all",
        what=what,
        number=len(lines),
        amount=added(line.amount for line in lines if line.amount),
        left=added(left) if len(left) == len(lines) else None,
    )
