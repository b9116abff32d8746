"""Rows of scored candidates, read from a line of facts."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn, get_args

from audits.scoring.deciding.candidates import Candidate, CandidateKind, CandidatesTable
from audits.scoring.deciding.circumstances import EvidenceLevel

# Numbers that only the comparison of candidates uses.
NUMBERS = ("trained_call", "trained_month", "limit_ms")
_FIELDS = ("candidate", "n", "score", "cost", "p95_ms", "allowed", "level")
_MOST_ROWS = 100


def read_table(
    facts: Mapping[str, Any], numbers: Mapping[str, Any]
) -> CandidatesTable | None:
    """Return the table of a line's facts; None if it has no rows.

    Args:
        facts: `rows`, a list of objects, and `target`, a share from 0 to 1.
        numbers: `requests`, `trained_call`, `trained_month` and `limit_ms`, if known.

    Raises:
        ValueError: A row is wrong; says which field, and what is allowed.
    """
    rows = facts.get("rows")
    if rows is None:
        return None
    if not isinstance(rows, list) or len(rows) > _MOST_ROWS:
        _refuse("facts.rows", f"must be a list of at most {_MOST_ROWS} rows")
    target = _share("facts.target", facts.get("target"))
    limit = _number("numbers.limit_ms", numbers.get("limit_ms"))
    return CandidatesTable(
        rows=tuple(_row(f"facts.rows[{i}]", row) for i, row in enumerate(rows, 1)),
        target=target,
        requests=_number("numbers.requests", numbers.get("requests")),
        trained_call=_number("numbers.trained_call", numbers.get("trained_call")),
        trained_month=_number("numbers.trained_month", numbers.get("trained_month")),
        limit_ms=None if limit is None else int(limit),
    )


def _row(key: str, row: Any) -> Candidate:
    if not isinstance(row, dict):
        _refuse(key, f"must be an object with {', '.join(_FIELDS)}")
    for field in row:
        if field not in _FIELDS:
            _refuse(f"{key}.{field}", f"not one of {', '.join(_FIELDS)}")
    kind, level = row.get("candidate"), row.get("level", "asserted")
    kinds, levels = get_args(CandidateKind), get_args(EvidenceLevel)
    if kind is None or kind not in kinds:
        _refuse(f"{key}.candidate", f"must be one of {', '.join(kinds)}")
    if level not in levels:
        _refuse(f"{key}.level", f"must be one of {', '.join(levels)}")
    cases = _number(f"{key}.n", row.get("n"))
    time = _number(f"{key}.p95_ms", row.get("p95_ms"))
    is_allowed = row.get("allowed", True)
    if not isinstance(is_allowed, bool):
        _refuse(f"{key}.allowed", "must be true or false")
    return Candidate(
        kind=kind,
        cases=0 if cases is None else int(cases),
        score=_share(f"{key}.score", row.get("score")),
        cost=_number(f"{key}.cost", row.get("cost")),
        p95_ms=None if time is None else int(time),
        is_allowed=is_allowed,
        level=level,
    )


def _number(key: str, value: Any) -> Decimal | None:
    if value is None:
        return None
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        _refuse(key, "must be a number, 0 or more")
    return value


def _share(key: str, value: Any) -> float | None:
    number = _number(key, value)
    if number is not None and number > 1:
        _refuse(key, "must be a share from 0 to 1")
    return None if number is None else float(number)


def _refuse(key: str, message: str) -> NoReturn:
    said = f"{key}: {message}"
    raise ValueError(said)
