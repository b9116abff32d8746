"""The set of cases of a candidate as JSON values, and back."""

import re
from collections.abc import Mapping
from typing import Any

from audits.scoring.deciding.candidates import FEWEST_CASES
from audits.scoring.scored.candidates import ReplacedResult, ScoredCandidate

_NAME = re.compile(r"[0-9a-f]{12}", re.ASCII)
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
        said = f"{item}.tested: 12 hexadecimal digits"
        raise ValueError(said)
    return name


def apart_in(item: str, known: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """Return the sets that have too few of the cases, with how many, by name.

    Raises:
        ValueError: It is no such object; says what is allowed.
    """
    found = known.get("apart", {})
    if not isinstance(found, dict) or len(found) > _MOST_SETS:
        said = f"{item}.apart: an object with at most {_MOST_SETS} sets of cases"
        raise ValueError(said)
    for name, cases in found.items():
        is_few = type(cases) is int and 0 <= cases < FEWEST_CASES
        if not (isinstance(name, str) and _NAME.fullmatch(name) and is_few):
            said = f"{item}.apart: sets of cases with fewer than {FEWEST_CASES} each"
            raise ValueError(said)
    return tuple(sorted(found.items()))
