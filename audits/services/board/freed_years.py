"""What of 12 months of plans a pack freezes as freed, or as not paid any more."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from audits.models import PortfolioRow
from audits.scoring.costs.rounding import written

_ENDED, _KEEP = "training_ended", "keep"


def freed_years(use_cases: Iterable[UUID]) -> dict[UUID, dict[str, str | None]]:
    """Return what of 12 months of each plan is freed, and what is kept as it is.

    A training that ended is apart, unless an amount that was freed once says it.
    """
    rows = PortfolioRow.objects.filter(use_case__in=[*use_cases])
    return {
        row.use_case_id: {
            "year": _text(row.year_off),
            "kept": _text(row.year if row.verdict == _KEEP else None),
            _ENDED: None if row.freed_once else _text(row.training_off or None),
        }
        for row in rows
    }


def ended_said(decisions: Sequence[Mapping[str, Any]]) -> str:
    """Say what trainings that ended are not paid any more; empty without any.

    >>> ended_said([{"training_ended": "19022.00"}, {}])
    'training stopped: $19,022 once'
    """
    found = [Decimal(x[_ENDED]) for x in decisions if x.get(_ENDED)]
    amount = written(sum(found, Decimal(0)))
    return f"training stopped: ${amount} once" if found else ""


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
