"""Where two JSON values differ, by path."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audits.scoring.exchange.untrusted_json import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place in a file that differs, and a sentence about it."""

    field: str
    sentence: str


def differences(found: Any, expected: Any, field: str = "") -> Iterator[Difference]:
    """Yield every place where a file differs from the expected values.

    Args:
        found: The values in the file.
        expected: The correct values.
        field: The path of both, its parts separated by dots; counted from 1 in lists.
    """
    if _is_same(found, expected):
        return
    if isinstance(found, dict) and isinstance(expected, dict):
        yield from _of_objects(found, expected, field)
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            count = f"The file has {len(found)} entries; there should be "
            yield Difference(field=field, sentence=f"{count}{len(expected)}.")
        for place, pair in enumerate(zip(found, expected, strict=False), start=1):
            yield from differences(*pair, f"{field}.{place}")
    else:
        said = f"The file says {_quoted(found)}; recomputed, it is {_quoted(expected)}."
        yield Difference(field=field, sentence=said)


def _is_same(found: Any, expected: Any) -> bool:
    """Whether nothing differs; true and 1 are equal in Python, and not in a file."""
    if found != expected:
        return False
    return json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


def _of_objects(
    found: dict[str, Any], expected: dict[str, Any], field: str
) -> Iterator[Difference]:
    for name in sorted({*found, *expected}):
        path = f"{field}.{shown(name)}" if field else shown(name)
        if name not in expected:
            yield Difference(field=path, sentence="It should not be there.")
        elif name not in found:
            yield Difference(field=path, sentence="It is missing.")
        else:
            yield from differences(found[name], expected[name], path)


def _quoted(value: Any) -> str:
    if value is None:
        return "nothing"
    return f"“{shown(value)}”" if isinstance(value, str) else shown(value)
