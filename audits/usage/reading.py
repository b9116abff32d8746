"""Reads a usage file in a separate process."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import IO, Any

from audits.uploads.reading import process
from audits.uploads.reading.limits import MEGABYTE, Content, Limits, Reader
from audits.usage.formats.recognised import read_usage
from audits.usage.rows import MOST_DAYS, MOST_ROWS, RefusedUsageError, Usage, UsageFile

_COUNTS = ("requests", "input_tokens", "cached_tokens", "output_tokens")


def usage_of(file: Content) -> UsageFile:
    """Read a usage file in a separate process.

    Raises:
        RefusedUsageError: It is of no known format, damaged, or too complex.
        BusyError: Other files are being read.
    """
    return process.read(_READER, file)


def read(file: IO[bytes]) -> dict[str, Any]:
    """Return what a file says as JSON values; the other process calls it."""
    return values_of(read_usage(file))


def values_of(found: UsageFile) -> dict[str, Any]:
    """Return a usage file as JSON values; `file_of` reads them back."""
    return {
        **asdict(found),
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "left_out": [*found.left_out],
        "missing": [day.isoformat() for day in found.missing],
        "rows": [
            [
                row.day.isoformat(),
                row.model,
                *(getattr(row, name) for name in _COUNTS),
                None if row.cost is None else str(row.cost),
            ]
            for row in found.rows
        ],
    }


def file_of(values: Mapping[str, Any]) -> UsageFile:
    """Return the usage file that JSON values say.

    Raises:
        ValueError, TypeError: They say none.
    """
    if set(values) != {field.name for field in fields(UsageFile)}:
        message = "other names than those of a usage file"
        raise ValueError(message)
    rows = tuple(_row(*each) for each in values["rows"])
    if len(rows) > MOST_ROWS:
        message = f"{len(rows)} rows"
        raise ValueError(message)
    made = UsageFile(
        format=_text(values["format"]) or "",
        version=_text(values["version"]),
        first=date.fromisoformat(values["first"]),
        last=date.fromisoformat(values["last"]),
        rows=rows,
        currency=_text(values["currency"]),
        left_out=tuple(_text(each) or "" for each in values["left_out"]),
        missing=tuple(date.fromisoformat(each) for each in values["missing"]),
        digest=_text(values["digest"]) or "",
    )
    if not 0 < made.days <= MOST_DAYS:
        message = f"{made.days} days"
        raise ValueError(message)
    return made


def _row(day: str, model: object, *amounts: object) -> Usage:
    *counts, cost = amounts
    found = dict(zip(_COUNTS, map(_count, counts), strict=True))
    amount = _text(cost)
    return Usage(
        day=date.fromisoformat(day),
        model=_text(model),
        cost=None if amount is None else Decimal(amount),
        **found,
    )


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        message = "no text"
        raise TypeError(message)
    return value


def _count(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        message = "no count"
        raise TypeError(message)
    return value


_READER = Reader(
    function="audits.usage.reading:read",
    made=file_of,
    refusal=RefusedUsageError,
    too_much=(
        "The file is too complex to read: export a shorter period, and select that "
        "file."
    ),
    limits=Limits(memory=150 * MEGABYTE, cpu=45, wall=60, result=8 * MEGABYTE),
)
