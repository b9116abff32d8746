"""Stored candidates as JSON values, and back.

A document has a value for each candidate, by its id (“c1”), and one by “target” for
what they are compared with. Only what is known has a key; decimals are text.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from audits.scoring.scored.candidates import (
    KINDS,
    Candidates,
    EarlierTarget,
    ReplacedResult,
    ScoredCandidate,
    ScoredKind,
    WrongFile,
)
from audits.scoring.scored.case_values import (
    apart_in,
    cases_in,
    cases_value,
    kept_values,
    refuse,
    tested_in,
)

TARGET = "target"
MOST = 40  # candidates of a use case, removed ones included
MOST_CASES = 10_000_000
MOST_MS = 3_600_000
MOST_RUNS = 199
MOST_COST = Decimal(1_000_000)
TEXTS: Mapping[str, int] = {
    "model": 100,
    "settings": 300,
    "run_by": 100,
    "by": 100,
    "link": 500,
}
_LINK = re.compile(r"https?://[^\s\"<>\\]+", re.IGNORECASE)
_ITEM = re.compile(r"c[1-9][0-9]{0,3}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DECIMAL = re.compile(r"[0-9]{1,7}(\.[0-9]{1,12})?", re.ASCII)
_DAY = re.compile(r"20[2-9][0-9]-[0-9]{2}-[0-9]{2}", re.ASCII)
_COUNTS = {"cases": MOST_CASES, "passed": MOST_CASES, "p50_ms": MOST_MS}
_COUNTS |= {"p95_ms": MOST_MS, "run": MOST_RUNS, "left_out": MOST_CASES}
_COUNTS |= {"lacks": MOST_CASES, "copies": MOST_CASES, "errors": MOST_CASES}
# How many cases of an earlier result a later one lacks.
_LACKS = ("missing", "missing_failed")
_COUNTS |= dict.fromkeys(_LACKS, MOST_CASES)
_FLAGS = ("allowed", "removed", "holds", "left")
_NAMES = {*TEXTS, *_FLAGS, *(_COUNTS.keys() - {*_LACKS}), "kind", "mean", "cost", "day"}
_CASES = {"tested", "apart"}
_NAMES |= {"sha256", "wrong", "replaced", "kept", "same"} | _CASES
# What is said of a file that was removed as a wrong one.
WRONG_TEXTS: Mapping[str, int] = {"reason": 200, "file": 200, "by": 100}
# What is said of an earlier state; people's names are in `by` alone.
REPLACED_TEXTS: Mapping[str, int] = {"model": 100, "file": 200, "then": 200, "by": 100}
MOST_REPLACED = 50
_REPLACED_COUNTS = ("passed", "p95_ms", *_LACKS)
_REPLACED_FLAGS = ("claim", "removed", "wrong", "undone")
_REPLACED_NAMES = {*REPLACED_TEXTS, *_REPLACED_COUNTS, *_REPLACED_FLAGS}
_REPLACED_NAMES |= {"kind", "cases", "errors", "mean", "cost", "sha256", "allowed"}
_REPLACED_NAMES |= {"day", "on"} | _CASES

_NONE = Candidates()


def candidates_of(values: Mapping[str, Any]) -> Candidates:
    """Return the candidates of a document.

    Raises:
        ValueError: A value is none of a candidate; says which, and what is allowed.
    """
    if not values:  # of most use cases
        return _NONE
    items = sorted((item for item in values if item != TARGET), key=_place)
    if len(items) > MOST:
        refuse("candidates", f"at most {MOST}")
    rows = tuple(_candidate(item, values[item]) for item in items)
    return replace(_target(values.get(TARGET, {})), rows=rows)


def values_of(found: Candidates) -> dict[str, dict[str, Any]]:
    """Return the document of candidates."""
    values = {row.id: value_of(row) for row in found.rows}
    target = target_value(found)
    return values | ({TARGET: target} if target else {})


def value_of(row: ScoredCandidate) -> dict[str, Any]:
    """Return the value of a candidate."""
    value: dict[str, Any] = {
        "kind": row.kind,
        "cases": row.cases,
        "passed": row.passed,
        "mean": _text(row.mean),
        "errors": row.errors or None,
        "left_out": row.left_out or None,
        "lacks": row.lacks or None,
        "copies": row.copies or None,
        "model": row.model or None,
        "settings": row.settings or None,
        "cost": _text(row.cost),
        "p50_ms": row.p50_ms,
        "p95_ms": row.p95_ms,
        "day": row.day.isoformat() if row.day else None,
        "run_by": row.run_by or None,
        "by": row.by or None,
        "link": row.link or None,
        "sha256": row.sha256 or None,
        "run": row.run,
        "allowed": None if row.is_allowed else False,
        "removed": True if row.is_removed else None,
        "holds": True if row.holds_back else None,
        "left": True if row.is_left_out else None,
        "wrong": _wrong_value(row.wrong),
        "replaced": [_replaced_value(each) for each in row.replaced] or None,
        **cases_value(row),
        **kept_values(row),
    }
    return {name: part for name, part in value.items() if part is not None}


def target_value(found: Candidates) -> dict[str, Any]:
    """Return the value of what candidates are compared with; empty for nothing."""
    moved = [
        {**_mark_value(each), "by": each.by, "on": each.on.isoformat()}
        for each in found.moved
    ]
    return _mark_value(found) | ({"moved": moved} if moved else {})


def _mark_value(found: Candidates | EarlierTarget) -> dict[str, Any]:
    value = {"share": _text(found.target), "limit_ms": found.limit_ms}
    return {name: part for name, part in value.items() if part is not None}


def check_value(item: str, value: Any) -> None:
    """Refuse a value that is none of that item.

    Raises:
        ValueError: Says which field, and what is allowed.
    """
    if item == TARGET:
        _target(value)
    else:
        _candidate(item, value)


def _place(item: str) -> int:
    if not _ITEM.fullmatch(item):
        refuse("candidates", "named c1, c2, …")
    return int(item[1:])


def _candidate(item: str, value: Any) -> ScoredCandidate:
    _place(item)
    known = _known(item, value, _NAMES)
    _check_texts(item, known, TEXTS)
    found = ScoredCandidate(
        id=item,
        **_result(item, known),
        left_out=_count(item, "left_out", known) or 0,
        lacks=_count(item, "lacks", known) or 0,
        copies=_count(item, "copies", known) or 0,
        p50_ms=_count(item, "p50_ms", known),
        holds_back=known.get("holds") is True,
        is_left_out=known.get("left") is True,
        wrong=_wrong(f"{item}.wrong", known["wrong"]) if "wrong" in known else None,
        replaced=_replaced(f"{item}.replaced", known.get("replaced", [])),
        run=_count(item, "run", known),
        **cases_in(item, known),
        **{name: known.get(name, "") for name in TEXTS},
    )
    _check_result(item, found)
    if found.link and not _LINK.fullmatch(found.link):
        refuse(f"{item}.link", "an address that starts with https:// or http://")
    if found.wrong and not (found.is_removed and found.sha256):
        refuse(f"{item}.wrong", "only of a results file that was removed")
    if found.is_left_out and not (found.is_removed and found.sha256):
        refuse(f"{item}.left", "only of a run of a results file, as removed")
    if value_of(found) != known:
        refuse(item, "not as it is written")
    return found


def _wrong_value(found: WrongFile | None) -> dict[str, str] | None:
    if found is None:
        return None
    said = {name: getattr(found, name) for name in WRONG_TEXTS}
    return said | {"day": found.day.isoformat()}


def _wrong(item: str, value: Any) -> WrongFile:
    known = _known(item, value, {*WRONG_TEXTS, "day"})
    _check_texts(item, known, WRONG_TEXTS)
    day = _day(item, known.get("day"))
    if day is None or not all(known.get(name) for name in WRONG_TEXTS):
        refuse(item, "needs a reason, the file's name, who removed it and the day")
    return WrongFile(**{name: known[name] for name in WRONG_TEXTS}, day=day)


def _replaced_value(found: ReplacedResult) -> dict[str, Any]:
    value = {
        "kind": found.kind,
        "cases": found.cases,
        "errors": found.errors or None,
        "mean": _text(found.mean),
        "cost": _text(found.cost),
        "sha256": found.sha256 or None,
        "allowed": None if found.is_allowed else False,
        "day": found.day.isoformat() if found.day else None,
        "on": found.on.isoformat() if found.on else None,
        **{name: getattr(found, name) for name in _REPLACED_COUNTS},
        **{name: getattr(found, f"is_{name}") or None for name in _REPLACED_FLAGS},
        **{name: getattr(found, name) or None for name in REPLACED_TEXTS},
        **cases_value(found),
    }
    return {name: part for name, part in value.items() if part is not None}


def _replaced(item: str, values: Any) -> tuple[ReplacedResult, ...]:
    if not isinstance(values, list) or len(values) > MOST_REPLACED:
        refuse(item, f"a list of at most {MOST_REPLACED}")
    return tuple(_replaced_result(item, value) for value in values)


def _replaced_result(item: str, value: Any) -> ReplacedResult:
    known = _known(item, value, _REPLACED_NAMES)
    _check_texts(item, known, REPLACED_TEXTS)
    found = ReplacedResult(
        **_result(item, known),
        is_claim=known.get("claim") is True,
        is_wrong=known.get("wrong") is True,
        is_undone=known.get("undone") is True,
        missing=_count(item, "missing", known),
        missing_failed=_count(item, "missing_failed", known),
        on=_day(item, known.get("on")),
        **{name: known.get(name, "") for name in REPLACED_TEXTS},
    )
    if (found.missing_failed or 0) > (found.missing or 0):
        refuse(f"{item}.missing_failed", "at most as many as are missing")
    _check_result(item, found)
    return found


def _result(item: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a candidate has now, and had in each earlier state."""
    return {
        "kind": _kind(item, known),
        "cases": _count(item, "cases", known) or 0,
        "passed": _count(item, "passed", known),
        "mean": _decimal(item, "mean", known, Decimal(1)),
        "errors": _count(item, "errors", known) or 0,
        "cost": _decimal(item, "cost", known, MOST_COST),
        "p95_ms": _count(item, "p95_ms", known),
        "day": _day(item, known.get("day")),
        "is_allowed": known.get("allowed", True) is not False,
        "is_removed": known.get("removed") is True,
        "sha256": _digest(item, known),
        "tested": tested_in(item, known),
        "apart": apart_in(item, known),
    }


def _kind(item: str, known: Mapping[str, Any]) -> ScoredKind:
    kind = known.get("kind")
    if kind not in KINDS:
        refuse(f"{item}.kind", f"one of {', '.join(KINDS)}")
    return cast("ScoredKind", kind)


def _digest(item: str, known: Mapping[str, Any]) -> str:
    digest = known.get("sha256", "")
    if digest and not (isinstance(digest, str) and _DIGEST.fullmatch(digest)):
        refuse(f"{item}.sha256", "64 hexadecimal digits")
    return cast("str", digest)


def _check_result(item: str, found: ScoredCandidate | ReplacedResult) -> None:
    if not found.cases or (found.passed is None) is (found.mean is None):
        refuse(item, "needs cases, and either how many passed or their mean score")
    if found.passed is not None and found.passed > found.cases:
        refuse(f"{item}.passed", "at most as many as there are cases")


def _check_texts(item: str, known: Mapping[str, Any], texts: Mapping[str, int]) -> None:
    for name, most in texts.items():
        text = known.get(name, "")
        if not isinstance(text, str) or len(text) > most:
            refuse(f"{item}.{name}", f"text of at most {most} characters")


def _target(value: Any) -> Candidates:
    known = _known(TARGET, value, {"share", "limit_ms", "moved"})
    moved = known.get("moved", [])
    if not isinstance(moved, list) or len(moved) > MOST_REPLACED:
        refuse(f"{TARGET}.moved", f"a list of at most {MOST_REPLACED}")
    share, limit = _mark(known)
    earlier = tuple(_earlier_target(each) for each in moved)
    return Candidates(target=share, limit_ms=limit, moved=earlier)


def _earlier_target(value: Any) -> EarlierTarget:
    item = f"{TARGET}.moved"
    known = _known(item, value, {"share", "limit_ms", "by", "on"})
    _check_texts(item, known, {"by": TEXTS["by"]})
    on = _day(item, known.get("on"))
    if on is None:
        refuse(item, "needs the day of the change")
    share, limit = _mark(known)
    return EarlierTarget(target=share, limit_ms=limit, by=known.get("by", ""), on=on)


def _mark(known: Mapping[str, Any]) -> tuple[Decimal | None, int | None]:
    share = _decimal(TARGET, "share", known, Decimal(1))
    limit = known.get("limit_ms")
    if limit is not None and not _is_count(limit, MOST_MS):
        refuse(f"{TARGET}.limit_ms", f"a whole number up to {MOST_MS}")
    if share is not None and not 0 < share < 1:
        refuse(f"{TARGET}.share", "above 0 and below 1")
    return share, limit


def _known(item: str, value: Any, names: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or not value.keys() <= names:
        refuse(item, f"an object with some of {', '.join(sorted(names))}")
    return value


def _count(item: str, name: str, known: Mapping[str, Any]) -> int | None:
    value = known.get(name)
    if value is not None and not _is_count(value, _COUNTS[name]):
        refuse(f"{item}.{name}", f"a whole number up to {_COUNTS[name]}")
    return cast("int | None", value)


def _is_count(value: object, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


def _decimal(
    item: str, name: str, known: Mapping[str, Any], most: Decimal
) -> Decimal | None:
    value = known.get(name)
    if value is None:
        return None
    try:
        is_text = isinstance(value, str) and _DECIMAL.fullmatch(value)
        number = Decimal(value) if is_text else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_nan() or number > most or _text(number) != value:
        refuse(f"{item}.{name}", f"a number up to {most:f}, as text")
    return number


def _day(item: str, value: Any) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        refuse(f"{item}.day", "a day like 2026-11-24")
    return date.fromisoformat(value)


def _text(number: Decimal | None) -> str | None:
    """Return a number as text, without needless zeros."""
    if number is None:
        return None
    return f"{number.normalize():f}"
