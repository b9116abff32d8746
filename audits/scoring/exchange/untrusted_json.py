"""Reads a JSON file that anybody may have written, and refuses other files.

It checks the limits before it builds anything, and every refusal is a sentence.
"""

import json
from typing import Any

from audits.json_depth import is_deeper

MAX_BYTES = 1_000_000
MAX_DEPTH = 16
MAX_DIGITS = 15
_SHOWN = 60


class RefusedJsonError(ValueError):
    """The file is not read; says why."""


def read_object(raw: bytes) -> dict[str, Any]:
    """Return the object a file holds: text, whole numbers, true, false, null, nested.

    Args:
        raw: The file's bytes.

    Raises:
        RefusedJsonError: The file is too large or too deep, or not one such object.
    """
    if len(raw) > MAX_BYTES:
        message = f"It is larger than {MAX_BYTES // 1_000_000} MB."
        raise RefusedJsonError(message)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"It is not text in UTF-8: byte {error.start + 1} is wrong."
        raise RefusedJsonError(message) from error
    if is_deeper(text, MAX_DEPTH):
        message = f"It is nested more than {MAX_DEPTH} deep."
        raise RefusedJsonError(message)
    try:
        values = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=_no_number,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        message = f"It is not JSON: {error.msg} in line {error.lineno}."
        raise RefusedJsonError(message) from error
    if not isinstance(values, dict):
        message = "It is not a JSON object."
        raise RefusedJsonError(message)
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        message = "It has half a character (a lone surrogate), which is not text."
        raise RefusedJsonError(message) from error
    return values


def shown(value: object) -> str:
    """Return a value that is safe in a message: short, with visible characters only."""
    text = visible(value if isinstance(value, str) else json.dumps(value))
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def visible(text: str) -> str:
    """Return a text without characters that hide or reverse the text around it."""
    return text if text.isprintable() else json.dumps(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            message = f"{shown(name)} appears in it twice."
            raise RefusedJsonError(message)
        found[name] = value
    return found


def _no_number(text: str) -> Any:
    message = f"{shown(text)} is not allowed in it: whole numbers only."
    raise RefusedJsonError(message)


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        message = f"{shown(text)} has more than {MAX_DIGITS} digits."
        raise RefusedJsonError(message)
    return int(text)
