"""What happened after a paper, in the few lines of another page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from audits.scoring.causes.split import Part
from audits.scoring.costs.rounding import written
from audits.scoring.tracking.calibration import Held, held
from audits.scoring.tracking.months import Standing
from audits.scoring.tracking.outcomes import ComparedMonth
from audits.scoring.tracking.words import (
    SYNTHETIC,
    causes_told,
    list_prices,
    listed,
    only_told,
    weak_told,
)

_LATEST = 6  # months that a result page tells
_STANDINGS: tuple[tuple[Standing, str, str], ...] = (
    ("inside", *2 * ("inside the range",)),
    ("above", *2 * ("above the range",)),
    ("below", *2 * ("below the range",)),
    ("weak", "weak test", "weak tests"),
    ("no_range", *2 * ("with no range to compare with",)),
    ("unknown", *2 * ("with a cost that is not known",)),
)


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
    yield _places(latest)
    if told := cause_of(found):
        first = "Furthest from the paper: " if len(latest) > 1 else ""
        yield f"{first}{told}."


def against_paper(months: Sequence[ComparedMonth]) -> str:
    """Say that the latest month is outside the range of its paper; empty if not.

    Args:
        months: The months of the audit, the newest first.
    """
    real = [month for month in months if not month.is_synthetic]
    latest = next(iter(real or months), None)
    if latest is None or latest.standing not in ("above", "below"):
        return ""
    synthetic = f" {SYNTHETIC}" if latest.is_synthetic else ""
    said, seen = written(latest.said), written(latest.seen or Decimal(0))
    return (
        f"{latest.first:%B %Y} cost ${seen}, {latest.standing} the range of the paper, "
        f"which said ${said}.{synthetic}"
    )


def cause_of(found: Held) -> str:
    """Say which month differs most, and its largest cause; empty if none differs.

    Causes are not added over months: more in one and less in another would leave a
    third as the largest.
    """
    month = found.furthest
    amount = month.difference if month else None
    if month is None or not amount:
        return ""
    cause = largest_of(month)
    why = f", largest cause {causes_told(cause.causes)}" if cause else ""
    return f"{month.first:%B %Y}: {_more(amount)}{why}"


def largest_of(month: ComparedMonth) -> Part | None:
    """Return the part that explains most of a month's difference; None for no part."""
    more = (month.difference or Decimal(0)) > 0
    parts = [part for part in month.parts if part.amount and (part.amount > 0) == more]
    return max(parts, key=lambda part: abs(part.amount or Decimal(0)), default=None)


def weak_because(month: ComparedMonth) -> str:
    """Say why a month is a weak test of its range; empty if it is not."""
    if not month.is_weak:
        return ""
    return weak_told(month.said, month.usage_said)


def totals_sentence(found: Held) -> str:
    """Say what compared months come to together; empty without any."""
    if found.first is None or found.last is None:
        return ""
    one = found.compared == 1
    months = "1 month" if one else f"{found.compared} months"
    said, seen = (f"${written(x)}" for x in (found.said, found.seen))
    verb = "it" if one else "together they"
    differ = f"{_more(found.difference)}" if found.difference else "as much as said"
    told = (
        f"{months}, {span_of(found.first, found.last)}, US dollars: the papers said "
        f"{said}, and {verb} cost {seen}, {differ}."
    )
    if found.more and found.less:
        more, less = written(found.more), written(found.less)
        told += (
            f" Months above what was said add up to ${more} more, and months below it "
            f"to ${less} less."
        )
    if found.at_list_prices:
        told += f" {listed_sentence(found)}"
    if found.rest:
        told += (
            f" ${written(found.rest)} of both amounts is for people and other costs "
            "that no usage file shows, copied from the papers."
        )
    return told


def listed_sentence(found: Held) -> str:
    """Say of how many months the cost is computed, as their files have no bill."""
    count, prices = found.at_list_prices, list_prices(found.prices_checked)
    have = "1 month has" if count == 1 else f"{count:,} months have"
    its = "its" if count == 1 else "their"
    return f"{have} no bill: {its} cost is computed from tokens at {prices}."


def span_of(first: date, last: date) -> str:
    """Name the months from one to another: “June to August 2027”."""
    if first == last:
        return f"{last:%B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first:%B}{year} to {last:%B %Y}"


def _when(months: Sequence[date]) -> str:
    """Name months in their order: a span without gaps, else one by one."""
    first, last = months[0], months[-1]
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    if count == len(months):
        return span_of(first, last)
    return listed(
        [
            f"{x:%B}" if following and x.year == following.year else f"{x:%B %Y}"
            for x, following in zip(months, [*months[1:], None], strict=True)
        ]
    )


def _more(amount: Decimal) -> str:
    return f"${written(abs(amount))} {'more' if amount > 0 else 'less'}"


def _places(latest: Sequence[ComparedMonth]) -> str:
    """Say how many months are where."""
    counts = Counter(month.standing for month in latest)
    why = _why_weak([month for month in latest if month.is_weak])
    said = ", ".join(
        f"{counts[standing]} {one if counts[standing] == 1 else several}"
        f"{why if standing == 'weak' else ''}"
        for standing, one, several in _STANDINGS
        if counts[standing]
    )
    months = "1 month" if len(latest) == 1 else f"{len(latest)} months"
    return f"{_when([month.first for month in reversed(latest)])}, {months}: {said}."


def _why_weak(weak: Sequence[ComparedMonth]) -> str:
    """Say in brackets why the weak tests of one paper are weak."""
    if len(weak) < 2:  # noqa: PLR2004
        return "".join(f" ({weak_because(month)})" for month in weak)
    only = only_told(weak[0].said, weak[0].usage_said)
    return f" (all inside the range; {only})"
