"""A bill that is known, beside what today's plan is computed to cost."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from django.utils import timezone

from audits.landscape import in_force
from audits.landscape.catalogue import catalogue
from audits.models import Audit, UsageUpload
from audits.models.audits import values
from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.numbers.contradictions import given_in
from audits.scoring.numbers.numbers import FIELDS_BY_ID
from audits.scoring.sums.billed_month import BilledMonth, billed_month
from audits.scoring.tracking.bills import far_off
from audits.services.read_files.outcomes import counted_usage
from audits.services.read_files.usage_uploads import numbers_from
from audits.usage.spellings import with_one_spelling
from audits.usage.summary import Summary, summarized
from audits.usage.words import spend

_CALLS = "requests"
_CENT = Decimal("0.01")
_IN_CENTS_BELOW = 1000
_NO_PRICE = "The current plan is computed at list prices: no bill changes it."


def known_bills(audit: Audit) -> tuple[str, ...]:
    """Return what the files whose month is that of today's plan were billed.

    Synthetic usage has no bill that anybody knows.

    Note: one query; none where the audit is known to have no file.
    """
    if not getattr(audit, "has_usage", True):
        return ()
    there = values(audit.numbers)
    on = timezone.localdate(audit.submitted_at or timezone.now())
    own = UsageUpload.objects.filter(use_case=audit.use_case_id).counted()
    said = (
        bill_beside(kept.name, summary, there, on)
        for kept in own.filter(is_synthetic=False).exclude(measured={})
        if _CALLS in numbers_from(kept, there)
        and (summary := _summary_of(kept)).busiest == Decimal(there[_CALLS])
    )
    return tuple(filter(None, said))


def _summary_of(kept: UsageUpload) -> Summary:
    ids = in_force.current().models
    return summarized(with_one_spelling(counted_usage(kept), ids))


def bill_beside(
    name: str, summary: Summary, numbers: Mapping[str, str], on: date
) -> str:
    """Say what a usage file was billed beside what its calls are computed to cost.

    The page of the file says this before its numbers are saved, and the result after.

    Args:
        name: Of the file.
        summary: What the file says.
        numbers: Of the audit, with those of the file.
        on: The day of the prices.

    Returns:
        The sentences; empty where either is not known, or where both are equal.
    """
    bill, model = summary.cost, numbers.get("model", "")
    if bill is None or summary.currency != "USD":
        return ""
    try:
        prices = catalogue(on).prices(model)
    except LookupError:
        return ""
    # These fields are named as the inputs of the formulas.
    given = cast("Mapping[InputId, Decimal]", given_in(numbers))
    found = billed_month(given, bill, prices)
    if found is None or as_printed(found.month) == as_printed(bill):
        return ""
    computed = f"${_in_full(found.month)}"
    if times := far_off(bill, as_printed(found.month)):
        return (
            f"The bill in “{name}” is {spend(summary)}, {times} what Attune computes "
            f"for its calls at list prices ({computed}). {_NO_PRICE} Check the tokens "
            "of a call, and whether the bill is of this use case alone."
        )
    return (
        f"The bill in “{name}” is {spend(summary)}; at list prices, Attune computes "
        f"{computed} for its calls alone{_why_other(found)} {_NO_PRICE}"
    )


def _why_other(found: BilledMonth) -> str:
    """Say why a computed month is not the bill, with a full stop."""
    if found.assumed is None:
        return (
            ". A discount, or cached text that is not counted, may explain the "
            "difference."
        )
    label = FIELDS_BY_ID["cache_hit"].label
    said = f", as it assumes that {found.assumed:.0%} of the repeated text is cached."
    if found.billed is None:
        return f"{said} Enter “{label}”, if you know it."
    return f"{said} The bill fits {found.billed:.0%}: enter that as “{label}”."


def _in_full(month: Decimal) -> str:
    """Write a computed bill, a small one in cents, so that a reader can follow it.

    >>> _in_full(Decimal("37.1234")), _in_full(Decimal("1433.6"))
    ('37.12', '1,434')
    """
    if month < _IN_CENTS_BELOW:
        return f"{month.quantize(_CENT):,}"
    return written(as_printed(month))
