"""Gives a case the same id in every run, by what was asked in it."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import normalize

from audits.evaluations.runs import Case, RefusedEvaluationError

_DIGITS = 16  # of a digest: two of 100,000 cases are alike once in a billion files
_LONGEST = 80


def ids_by_content(contents: Iterable[Any]) -> list[str]:
    """Return an id for each content: a digest, with a number where one is repeated.

    Args:
        contents: JSON values, in the order of the file.

    >>> first, second, again = ids_by_content([{"a": 1}, {"a": 2}, {"a": 1}])
    >>> first == second, again == f"{first} 2"
    (False, True)
    """
    seen: Counter[str] = Counter()
    ids = []
    for content in contents:
        text = json.dumps(content, sort_keys=True, ensure_ascii=True)
        digest = _digest(text.encode())
        seen[digest] += 1
        ids.append(digest if seen[digest] == 1 else f"{digest} {seen[digest]}")
    return ids


def id_of(value: object) -> str:
    """Return an id that people gave as one: itself if it is short and visible text."""
    text = str(value)
    if len(text) <= _LONGEST and text.isprintable():
        return text
    return _digest(text.encode(errors="replace"))


def _digest(text: bytes) -> str:
    from hashlib import sha256  # noqa: PLC0415 - takes a while

    return sha256(text).hexdigest()[:_DIGITS]


def normal_id(text: str) -> str:
    """Return an id as it is compared: tools and spreadsheets write the same one apart.

    >>> normal_id(" L-001 "), normal_id("l-001"), normal_id("007"), normal_id("0")
    ('l-001', 'l-001', '7', '0')
    """
    folded = " ".join(normalize("NFKC", text).casefold().split())
    is_number = folded.isascii() and folded.isdigit()
    return (folded.lstrip("0") or "0") if is_number else folded


def require_different(cases: Sequence[Case], file: str, whose: str) -> None:
    """Refuse cases of which two have one id.

    Raises:
        RefusedEvaluationError: Two have; says which.
    """
    counts = Counter(case.id for case in cases)
    for case, count in counts.items():
        if count > 1:
            message = (
                f"The {file} has the case “{case}” {count} times{whose}: keep one row "
                f"for each case, and select the file again."
            )
            raise RefusedEvaluationError(message)
