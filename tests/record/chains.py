"""Chains of lines, made without a database, and what may be done to them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from audits.record.checking import Check, Fault, Head
from audits.record.lines import Line

OURS = UUID(int=1)
THEIRS = UUID(int=2)
START = datetime(2026, 11, 26, 9, tzinfo=UTC)


def chain(length: int, organization: UUID = OURS) -> list[Line]:
    return rechained(
        Line(
            organization=organization,
            number=number,
            at=START + timedelta(minutes=number),
            actor=number % 3 or None,
            verb="audit.submitted",
            subject=f"UC-{number:04}",
            details={"verdict": "rag", "number": number},
            previous="",
        )
        for number in range(1, length + 1)
    )


def rechained(lines: Iterable[Line]) -> list[Line]:
    """Give every line the number and the digests that make a chain of them."""
    made: list[Line] = []
    for number, line in enumerate(lines, start=1):
        previous = made[-1].digest if made else ""
        made.append(redigested(replace(line, number=number, previous=previous)))
    return made


def redigested(line: Line) -> Line:
    return replace(line, digest=line.compute_digest())


def anchored(lines: Sequence[Line]) -> list[Head]:
    last = lines[-1]
    return [Head(last.number, last.digest, "the anchor of 26 November 2026")]


def faults(lines: Sequence[Line], heads: Iterable[Head] = ()) -> list[Fault]:
    check = Check(heads)
    found = [fault for line in lines for fault in check.read(line)]
    return [*found, *check.end(check.number)]


def told(lines: Sequence[Line], heads: Iterable[Head] = ()) -> list[tuple[int, str]]:
    return [(fault.number, str(fault.what)) for fault in faults(lines, heads)]
