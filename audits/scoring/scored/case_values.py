"""The set of cases of a candidate as JSON values, and back."""

import re
from collections.abc import Mapping
from typing import Any, NoReturn

from audits.scoring.deciding.candidates import FEWEST_CASES
from audits.scoring.scored.candidates import (
    KeptCases,
    ReplacedResult,
    SameOutcomes,
    ScoredCandidate,
)

_ITEM = re.compile(r"c[1-9][0-9]{0,3}", re.ASCII)
_NAME = re.compile(r"[0-9a-f]{12}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MOST_KEPT = 50  # as many as earlier states of a candidate
_MOST_CASES = 10_000_000
_MOST_RUN = 199
_MOST_SETS = 2_500  # all candidates, in all their states


def cases_value(found: ScoredCandidate | ReplacedResult) -> dict[str, Any]:
    """Return the values of the set of cases; None for what is not known."""
    return {"tested": found.tested or None, "apart": dict(found.apart) or None}


def tested_in(item: str, known: Mapping[str, Any]) -> str:
    """Return the name of a set of cases; may be empty.

    Raises:
        ValueError: It is none; says what is allowed.
    """
    name = known.get("tested", "")
    if not isinstance(name, str) or not (name == "" or _NAME.fullmatch(name)):
        refuse(f"{item}.tested", "12 hexadecimal digits")
    return name


def apart_in(item: str, known: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """Return the sets that have too few of the cases, with how many, by name.

    Raises:
        ValueError: It is no such object; says what is allowed.
    """
    found = known.get("apart", {})
    if not isinstance(found, dict) or len(found) > _MOST_SETS:
        refuse(f"{item}.apart", f"an object with at most {_MOST_SETS} sets of cases")
    for name, cases in found.items():
        is_few = type(cases) is int and 0 <= cases < FEWEST_CASES
        if not (isinstance(name, str) and _NAME.fullmatch(name) and is_few):
            refuse(
                f"{item}.apart", f"sets of cases with fewer than {FEWEST_CASES} each"
            )
    return tuple(sorted(found.items()))


def kept_values(found: ScoredCandidate) -> dict[str, Any]:
    """Return the cases with an earlier outcome, and whose outcomes all cases have."""
    same = found.same
    return {
        "kept": [[x.sha256, x.run, x.count] for x in found.kept] or None,
        "same": [same.of, same.cases, same.differ] if same else None,
    }


def cases_in(item: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return which cases have outcomes of an earlier file, or of another candidate.

    Raises:
        ValueError: It is not as it is written; says what is allowed.
    """
    return {
        "kept": _kept_in(item, known),
        "same": _same_in(item, known),
    }


def _kept_in(item: str, known: Mapping[str, Any]) -> tuple[KeptCases, ...]:
    found = known.get("kept", [])
    if not isinstance(found, list) or len(found) > _MOST_KEPT:
        refuse(f"{item}.kept", f"a list of at most {_MOST_KEPT}")
    return tuple(_kept(item, each) for each in found)


def _kept(item: str, value: Any) -> KeptCases:
    match value:
        case [str(sha256), int(run), int(count)] if _is_kept(sha256, run, count):
            return KeptCases(sha256=sha256, run=run, count=count)
    said = f"{item}.kept: each a SHA-256, the number of a run and of its cases"
    raise ValueError(said)


def _is_kept(sha256: str, run: int, count: int) -> bool:
    is_file = _DIGEST.fullmatch(sha256) is not None
    return is_file and 0 <= run <= _MOST_RUN and 0 < count <= _MOST_CASES


def refuse(field: str, message: str) -> NoReturn:
    """Refuse a value; says which field, and what is allowed."""
    said = f"{field}: {message}"
    raise ValueError(said)


def _same_in(item: str, known: Mapping[str, Any]) -> SameOutcomes | None:
    found = known.get("same")
    match found:
        case None:
            return None
        case [str(of), int(cases), int(differ)] if _is_same(of, cases, differ):
            return SameOutcomes(of=of, cases=cases, differ=differ)
    said = f"{item}.same: a candidate, how many cases, and how many of them differ"
    raise ValueError(said)


def _is_same(of: str, cases: int, differ: int) -> bool:
    is_id = _ITEM.fullmatch(of) is not None
    return is_id and FEWEST_CASES <= cases <= _MOST_CASES and 0 <= differ < cases
