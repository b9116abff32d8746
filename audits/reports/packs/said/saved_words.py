"""What the votes of a pack still save on the day of its meeting, and how."""

from collections.abc import Sequence
from decimal import Decimal

from audits.reports.packs.pack_asked import Asked
from audits.scoring.costs.rounding import written
from audits.scoring.sums.asked.net_parts import parts_said
from audits.scoring.sums.money_left import for_days_before

_NO_CASH = "; time on the payroll saves no cash."


def saved_in_parts(items: Sequence[Asked]) -> str:
    """Say how much of that is engineers’ time, and what its papers counted before.

    Empty where neither is known. What saves nothing any more is not in it.

    Args:
        items: The decisions that the title counts.
    """
    found = [
        (item.row, parts)
        for item in items
        if (parts := item.still_saved) and parts.saved > 0
    ]
    made = parts_said([parts for _, parts in found])
    people = sum((parts.people or Decimal(0) for _, parts in found), Decimal(0))
    made = f"{made.removesuffix('.')}{_NO_CASH}" if made and people > 0 else made
    days = {parts.since for _, parts in found if parts.since}
    if not days:
        return made
    whole = sum((-row.change for row, _ in found if row.change), Decimal(0))
    before = whole - sum((parts.saved for _, parts in found), Decimal(0))
    papers = f"the ${written(whole)} in the papers"
    gone = for_days_before(before, papers, days.pop(), were=True)
    return " ".join(filter(None, (made, gone if before > 0 else "")))
