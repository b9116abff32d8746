"""What differs between the test results of two audits, in words."""

from collections.abc import Iterator
from decimal import Decimal

from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.words import evidence, name_of, result
from audits.scoring.what_if.changes import ChangeWords

_NONE = "none"


def results_between(before: Candidates, after: Candidates) -> Iterator[ChangeWords]:
    """Yield what differs: the target, the limit, then each candidate."""
    told = (
        ("Target", before.target, after.target, _share),
        ("Limit of the time of a call", before.limit_ms, after.limit_ms, _limit),
    )
    for label, was, now, words in told:
        if was != now:
            yield ChangeWords(label=label, now=words(was), then=words(now))
    rows = [{row.id: row for row in found.rows} for found in (before, after)]
    for item in dict.fromkeys((*rows[1], *rows[0])):
        yield from _row(rows[0].get(item), rows[1].get(item))


def _row(
    was: ScoredCandidate | None, now: ScoredCandidate | None
) -> Iterator[ChangeWords]:
    is_renamed = len({name_of(row) for row in (was, now) if row}) > 1
    old, new = (_said(row, is_renamed=is_renamed) for row in (was, now))
    if old != new and (row := was or now):
        label = f"Test result of “{name_of(row)}”"
        yield ChangeWords(label=label, now=old, then=new)


def _said(row: ScoredCandidate | None, *, is_renamed: bool) -> str:
    """Return all that is known of a result, with its name if that has changed."""
    if row is None:
        return _NONE
    parts = (
        name_of(row) if is_renamed else "",
        "removed as a wrong file" if row.wrong else "removed" if row.is_removed else "",
        result(row),
        evidence(row),
        row.settings,
        "" if row.cost is None else f"${row.cost.normalize():,f} a call",
        "" if row.p95_ms is None else f"95 of 100 calls up to {row.p95_ms:,} ms",
        "" if row.is_allowed else "not allowed",
    )
    return "; ".join(filter(None, parts))


def _share(target: Decimal | float | None) -> str:
    return _NONE if target is None else f"{float(target) * 100:g} of 100 must pass"


def _limit(limit: Decimal | float | None) -> str:
    return _NONE if limit is None else f"{limit:,} ms"
