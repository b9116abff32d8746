"""Which part of what the votes of a pack save is over on its day, and what is time."""

from collections.abc import Sequence
from decimal import Decimal

from audits.reports.packs.pack_asked import Asked
from audits.scoring.sums.asked.net_parts import parts_said
from audits.scoring.sums.money_left import for_days_before

_NO_CASH = "; time on the payroll saves no cash."


def saved_in_parts(items: Sequence[Asked]) -> str:
    """Say which part of a saving is over, and how much of the rest is engineers’ time.

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
    whole = sum((-row.change for row, _ in found if row.change), Decimal(0))
    before = whole - sum((parts.saved for _, parts in found), Decimal(0))
    days = {parts.since for _, parts in found if parts.since}
    if days and before > 0:
        gone = for_days_before(before, "what is saved", days.pop(), were=True)
        made = f"{gone} {_of_the_rest(made)}"
    return made.rstrip()


def _of_the_rest(made: str) -> str:
    return f"Of the rest, {made[:1].lower()}{made[1:]}" if made else ""
