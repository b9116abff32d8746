"""Reads a usage file in a separate process."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import IO, Any

from audits.uploads.reading.limits import MEGABYTE, Content, Limits, Reader
from audits.uploads.reading.read_values import count_of, text_of
from audits.usage.formats.recognised import read_usage
from audits.usage.rows import MOST_DAYS, MOST_ROWS, RefusedUsageError, Usage, UsageFile

_COUNTS = ("requests", "input_tokens", "cached_tokens", "output_tokens")


def usage_of(file: Content) -> UsageFile:
    """Read a usage file in a separate process.

    Raises:
        RefusedUsageError: It is of no known format, damaged, or too complex.
        BusyError: Other files are being read.
    """
    from audits.uploads.reading import process  # noqa: PLC0415 - only to start another

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
        format=text_of(values["format"]) or "",
        version=text_of(values["version"]),
        first=date.fromisoformat(values["first"]),
        last=date.fromisoformat(values["last"]),
        rows=rows,
        currency=text_of(values["currency"]),
        left_out=tuple(text_of(each) or "" for each in values["left_out"]),
        missing=tuple(date.fromisoformat(each) for each in values["missing"]),
        digest=text_of(values["digest"]) or "",
    )
    if not 0 < made.days <= MOST_DAYS:
        message = f"{made.days} days"
        raise ValueError(message)
    return made


def _row(day: str, model: object, *amounts: object) -> Usage:
    *counts, cost = amounts
    found = dict(zip(_COUNTS, map(count_of, counts), strict=True))
    amount = text_of(cost)
    return Usage(
        day=date.fromisoformat(day),
        model=text_of(model),
        cost=None if amount is None else Decimal(amount),
        **found,
    )


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
