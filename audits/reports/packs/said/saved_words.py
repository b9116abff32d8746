"""What the votes of a pack save in 12 months, and from its day on."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from audits.reports.packs.pack_asked import Asked
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.sums.asked.net_parts import parts_said
from audits.scoring.sums.ended_plans import released

_NO_CASH = "time on the payroll saves no cash"


def saved_in_parts(items: Sequence[Asked], on: date | None = None) -> str:
    """Say what bills and time come to in 12 months, and in those from a day.

    The title has both apart where they are known, else their sum: this sentence names
    it beside that from the day on, which the page behind it has. Empty where neither is
    known. What saves nothing any more is not in it.

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
    left = _left([item for item, _ in found], on)
    is_apart = bool(parts_said(years))
    if not (left or is_apart):
        return ""
    year = sum((parts.saved for parts in years), Decimal(0))
    people = sum((parts.people or Decimal(0) for parts in years), Decimal(0))
    less = f"{_amount(year)} less over 12\u00a0months"
    if left and on:
        then = "less" if left > 0 else "more"
        less += f", {_amount(left)} {then} if these begin on {in_words(on)}"
    whose = f"The {len(found)} together" if found[1:] else "In all"
    said = f"{whose}: {less}"
    return f"{said}; {_NO_CASH}." if is_apart and people > 0 else f"{said}."


def _amount(saved: Decimal | None) -> str:
    return f"${written(abs(saved or Decimal(0)))}"


def _left(items: Sequence[Asked], on: date | None) -> Decimal | None:
    """Return what is saved from a day on; None where the 12 months save the same."""
    plans = released([item.decided for item in items], on)
    nets = [plan.net_from_day for plan in plans if plan.net_from_day is not None]
    left, year = sum(nets, Decimal(0)), sum((x.net for x in plans), Decimal(0))
    return None if on is None or len(nets) < len(plans) or left == year else left
