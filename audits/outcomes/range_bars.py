"""What a month cost beside the range of its paper, as a bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.tracking.outcomes import ComparedMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeBar:
    """A range with what was expected and what was seen, in hundredths of the scale."""

    x: str
    width: str
    said: str
    seen: str


def range_bars(months: Sequence[ComparedMonth]) -> list[RangeBar | None]:
    """Return the bar of each month, all on one scale; None without a range or cost."""
    most = max([Decimal(1), *(max(x.high, x.seen or Decimal(0)) for x in months)])

    def place(amount: Decimal) -> str:
        return f"{amount / most * 98:.1f}"

    return [
        RangeBar(
            x=place(month.low),
            width=place(month.high - month.low),
            said=place(month.said),
            seen=place(month.seen),
        )
        if month.seen is not None and month.low < month.high
        else None
        for month in months
    ]
