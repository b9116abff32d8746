"""What of a usage file does not count, as its models were not chosen: in a sentence."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.scoring.costs.rounding import written
from audits.scoring.tracking.words import listed
from audits.usage.rows import UsageFile
from audits.usage.spellings import Name

_MOST_NAMED = 5
_CENT = Decimal("0.01")


def others_of(found: UsageFile, counted: Collection[Name]) -> UsageFile:
    """Return a file with the rows of those models that do not count."""
    rows = tuple(row for row in found.rows if row.model not in counted)
    return replace(found, rows=rows)


def in_month(found: UsageFile, first: date) -> UsageFile:
    """Return a file with the rows of the month that begins on a day."""
    wanted = (first.year, first.month)
    rows = (row for row in found.rows if (row.day.year, row.day.month) == wanted)
    return replace(found, rows=tuple(rows))


def uncounted_sentence(others: UsageFile, of: str = "this file") -> str:
    """Say what does not count, and of which models; empty if nothing was used.

    Args:
        others: The rows that do not count, as `others_of` returns them.
        of: What they are a part of.
    """
    used = [x for x in others.rows if x.cost or x.requests or x.input_tokens]
    if not used:
        return ""
    names = [name or "a model without a name" for name in others.models]
    if more := len(names) - _MOST_NAMED:
        names = names[:_MOST_NAMED] + ([f"{more} more"] if more > 0 else [])
    costs = [row.cost for row in used if row.cost is not None]
    asked = [row.requests for row in used if row.requests is not None]
    if len(costs) == len(used):
        amount, are = _money(sum(costs, Decimal(0)), others.currency), "is"
    elif len(asked) == len(used):
        count = sum(asked)
        amount, are = f"{count:,} requests", "are"
        if count == 1:
            amount, are = "1 request", "is"
    else:
        amount, are = "Usage", "is"
    return f"{amount} of {of} {are} not counted: {listed(names)}."


def _money(amount: Decimal, currency: str | None) -> str:
    if currency not in (None, "USD"):
        return f"{amount:,.2f} {currency}"
    return f"${written(amount) if amount >= 1 else amount.quantize(_CENT)}"
