"""What the votes of a pack still save on the day of its meeting, and how."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from audits.reports.packs.pack_asked import Asked
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.sums.asked.net_parts import parts_said

_NO_CASH = "; time on the payroll saves no cash."


def still_saved(items: Sequence[Asked]) -> Mapping[str, Decimal]:
    """Return what each decision that saves anything still saves, by name."""
    return {item.name: found.saved for item in items if (found := item.still_saved)}


def saved_in_parts(items: Sequence[Asked]) -> str:
    """Say how much of that is engineers’ time, and what its papers counted before.

    Empty where neither is known.

    Args:
        items: The decisions that the title counts.
    """
    found = [(item.row, parts) for item in items if (parts := item.still_saved)]
    made = parts_said([parts for _, parts in found])
    made = f"{made.removesuffix('.')}{_NO_CASH}" if "less" in made else made
    days = {parts.since for _, parts in found if parts.since}
    if not days:
        return made
    whole = sum((-row.change for row, _ in found if row.change), Decimal(0))
    before = whole - sum((parts.saved for _, parts in found), Decimal(0))
    part = f"${written(before)} of the ${written(whole)} in the papers"
    gone = f"{part} was for days before {in_words(days.pop())}."
    return " ".join(filter(None, (made, gone if before > 0 else "")))
