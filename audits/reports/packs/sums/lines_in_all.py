"""The sums of a meeting: what is asked for in all, the plans that end, and the net."""

from collections.abc import Iterator, Sequence

from audits.scoring.sums.money_sums import REPLACES, Kind, SumLine
from audits.scoring.sums.months_from_day import added


def lines_in_all(lines: Sequence[SumLine]) -> tuple[SumLine, ...]:
    """Return the totals of the lines by kind of money; none where none has an amount.

    Only a meeting adds running and planned plans together, as its votes end both. 12
    months from a later day have a total where each part of them has one.

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
    later = [line.from_day for line in lines if line.from_day]
    return SumLine(
        state="proposed",
        kind=kind,
        head="In all",
        what=what,
        number=len(lines),
        amount=added(line.amount for line in lines if line.amount),
        from_day=added(later) if len(later) == len(lines) else None,
    )
