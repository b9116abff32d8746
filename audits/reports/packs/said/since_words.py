"""From which day the amounts of a pack count."""

from collections.abc import Sequence
from datetime import date

from audits.reports.packs.pack_asked import Asked
from audits.scoring.days import in_words


def one_day(items: Sequence[Asked]) -> date | None:
    """Return the one day from which decisions count; None if they have several.

    Args:
        items: The decisions, of which those without a price, or for information, have
            no day.
    """
    days = {item.on for item in items if item.money and not item.told}
    return days.pop() if len(days) == 1 else None


def of_verdicts(items: Sequence[Asked]) -> str:
    """Say that 12 months count from verdicts, and between which days they begin.

    Args:
        items: The decisions of the meeting: what is not ready is in no sum.
    """
    said = "12 months from the day of each verdict"
    days = [item.money.on for item in items if item.money]
    if not days:
        return said
    first, last = min(days), max(days)
    if first == last:
        return f"{said}, {in_words(first)}"
    return f"{said} ({in_words(first)} to {in_words(last)})"
