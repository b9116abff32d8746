"""What months come to, as it is stored beside them: to JSON and back.

A page over a whole portfolio reads these counts, and not the months behind them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from audits.scoring.tracking.calibration import Held, held
from audits.scoring.tracking.outcomes import ComparedMonth, months_of, values_of

_AMOUNTS = ("said", "seen", "rest", "more", "less")
_DAYS = ("first", "last", "prices_checked")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCounts:
    """What real and synthetic months of a paper come to, apart; None without any."""

    real: Held | None = None
    synthetic: Held | None = None


def counts_of(months: Sequence[ComparedMonth]) -> dict[str, Any]:
    """Return what months come to as JSON values; `counted` reads them back."""
    found = {
        name: [month for month in months if month.is_synthetic == is_synthetic]
        for name, is_synthetic in (("real", False), ("synthetic", True))
    }
    return {name: _values(held(own)) for name, own in found.items() if own}


def counted(values: Mapping[str, Any]) -> PaperCounts:
    """Return what months come to from its JSON values."""
    return PaperCounts(**{name: _held(each) for name, each in values.items()})


def _values(found: Held) -> dict[str, Any]:
    values = {each.name: getattr(found, each.name) for each in fields(found)}
    for name in _AMOUNTS:
        values[name] = str(values[name])
    for name in _DAYS:
        values[name] = values[name].isoformat() if values[name] else None
    values["furthest"] = values_of([found.furthest]) if found.furthest else []
    return values


def _held(values: Mapping[str, Any]) -> Held:
    read: dict[str, Any] = {name: Decimal(values[name]) for name in _AMOUNTS}
    for name in _DAYS:
        read[name] = date.fromisoformat(values[name]) if values[name] else None
    read["furthest"] = next(iter(months_of(values["furthest"])), None)
    return Held(**{each.name: values[each.name] for each in fields(Held)} | read)
