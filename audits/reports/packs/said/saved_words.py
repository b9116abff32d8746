"""What the votes of a pack save in 12 months, from its day on, and in time."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from audits.reports.packs.pack_asked import Asked
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.sums.asked.net_parts import parts_said
from audits.scoring.sums.ended_plans import released

_NO_CASH = "; time on the payroll saves no cash."


def saved_in_parts(items: Sequence[Asked], on: date | None = None) -> str:
    """Say what of a saving a day leaves, and how much of all is engineers’ time.

    The parts are those of the 12 months, as the title and the cash count them, and what
    is left is that of the page behind them. Empty where neither is known. What saves
    nothing any more is not in it.

    Args:
        items: The decisions that the title counts.
        on: The day of the meeting, if it is known.
    """
    found = [
        (item, parts)
        for item in items
        if (parts := item.still_saved) and parts.saved > 0
    ]
    years = [parts.year or parts for _, parts in found]
    made = parts_said(years)
    people = sum((parts.people or Decimal(0) for parts in years), Decimal(0))
    made = f"{made.removesuffix('.')}{_NO_CASH}" if made and people > 0 else made
    left = _left([item for item, _ in found], on)
    if left and made:
        return f"{left} Over all 12\u00a0months, {made[:1].lower()}{made[1:]}"
    return left or made


def _left(items: Sequence[Asked], on: date | None) -> str:
    """Say what is saved from a day on; empty where that is what the 12 months save."""
    plans = released([item.decided for item in items], on)
    nets = [plan.net_left for plan in plans if plan.net_left is not None]
    left, year = sum(nets, Decimal(0)), sum((x.net for x in plans), Decimal(0))
    if on is None or len(nets) < len(plans) or left == year:
        return ""
    saved = "is saved" if left > 0 else "more is spent"
    return f"From {in_words(on)} on, ${written(abs(left))} {saved}."
