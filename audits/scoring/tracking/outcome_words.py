"""What happened after a paper, in the few lines of another page."""

from collections.abc import Iterator, Sequence
from datetime import date

from audits.scoring.costs.rounding import written
from audits.scoring.tracking.calibration import Held, held
from audits.scoring.tracking.outcomes import ComparedMonth
from audits.scoring.tracking.words import SYNTHETIC, causes_named

_LATEST = 6  # months that a result page tells


def latest_lines(months: Sequence[ComparedMonth]) -> Iterator[str]:
    """Yield at most three lines about the latest months of an audit.

    Synthetic months are told only where there are no others.

    Args:
        months: The months of the audit, the newest first.
    """
    real = [month for month in months if not month.is_synthetic]
    latest = (real or list(months))[:_LATEST]
    if not latest:
        return
    if not real:
        yield SYNTHETIC
    found = held(latest)
    yield _places(latest, found)
    if found.causes:
        yield f"The largest cause: {cause_of(found)}."


def cause_of(found: Held) -> str:
    """Say which cause added or saved most: “$604 more by volume”; empty for none."""
    if not found.causes:
        return ""
    amount = found.by_causes
    together = " together" if len(found.causes) > 1 else ""
    return (
        f"${written(abs(amount))} {'more' if amount > 0 else 'less'} by "
        f"{causes_named(found.causes)}{together}"
    )


def _places(latest: Sequence[ComparedMonth], found: Held) -> str:
    """Say how many months are where; there may be gaps between the first and last."""
    counts = [
        (found.inside, "inside the range"),
        (found.above, "above the range"),
        (found.below, "below the range"),
        (found.no_range, "with no range to compare with"),
        (found.unknown, "with a cost that is not known"),
    ]
    said = ", ".join(f"{count} {where}" for count, where in counts if count)
    months = "1 month" if len(latest) == 1 else f"{len(latest)} months"
    return f"{span(latest[-1].first, latest[0].first)}, {months}: {said}."


def span(first: date, last: date) -> str:
    """Name the months from one to another, by a day of each.

    >>> span(date(2026, 9, 1), date(2026, 11, 1))
    'September to November 2026'
    """
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first:%B}{year} to {last:%B %Y}"
