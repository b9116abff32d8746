"""What the votes of a pack save in the 12 months from the day on which they begin."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from audits.reports.packs.pack_asked import Asked
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.sums.asked.net_parts import paid_since, parts_said

_NO_CASH = "time on the payroll saves no cash"


def saved_in_parts(items: Sequence[Asked], on: date | None) -> str:
    """Say what bills and time come to together, and on what that rests.

    The title has both apart where they are known, else their sum. It rests on a
    decision that begins on its day, and on training that nobody pays for before. Empty
    where that is all in the title. What saves nothing any more is not in it.

    Args:
        items: The decisions that the title counts.
        on: The one day from which they count; None if they have several.
    """
    found = [
        (item, parts)
        for item in items
        if (parts := item.still_saved) and parts.saved > 0
    ]
    saved = [parts for _, parts in found]
    is_apart, is_dated = bool(parts_said(saved)), any(x.since for x in saved)
    training = _training([item for item, _ in found])
    if not (is_apart or is_dated or training):
        return ""
    year = sum((parts.saved for parts in saved), Decimal(0))
    said = f"{'Together' if saved[1:] else 'In all'}: ${written(year)} less"
    if is_dated:
        all_of = ("it begins", "both begin", "all begin")[min(len(saved), 3) - 1]
        day = f"on {in_words(on)}" if on else "on the day of their decision"
        said += f" if {all_of} {day}"
    said += _if_paid(training, year)
    is_time = is_apart and sum((x.people or Decimal(0) for x in saved), Decimal(0)) > 0
    return f"{said}; {_NO_CASH}." if is_time else f"{said}."


def _if_paid(training: Decimal, year: Decimal) -> str:
    """Say what a saving is without the training in it, or of which part that counts.

    >>> _if_paid(Decimal(30), Decimal(40))
    ', $30 of it only if no training is paid before then'

    No part is larger than the whole.

    >>> _if_paid(Decimal(50), Decimal(40))
    '; $10 more than the plan if training is paid before then'
    """
    if not training:
        return ""
    if training <= year:
        return f", ${written(training)} of it only if no training is paid before then"
    more = written(training - year)
    return f"; ${more} more than the plan if training is paid before then"


def _training(items: Sequence[Asked]) -> Decimal:
    """Return the training in what is saved that was not paid on the verdict's day."""
    plans = (x.plan for x in items if x.money and paid_since(x.money))
    return sum((x.training or Decimal(0) for x in plans if x), Decimal(0))
