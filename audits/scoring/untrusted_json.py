"""Reads a JSON file that anybody may have written, and refuses what is no such file.

Nothing is built before the limits are checked, and every refusal is a sentence.
"""

import json
import re
from typing import Any

MAX_BYTES = 1_000_000
MAX_DEPTH = 16
MAX_DIGITS = 15
_SHOWN = 60
# The parts of JSON that open, close, or hide what opens and closes.
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


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
    _check_depth(text)
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
    return values


def shown(value: object) -> str:
    """Return a value as a message may show it: short, and nothing but visible."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    if not text.isprintable():
        text = json.dumps(text)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _check_depth(text: str) -> None:
    depth = 0
    for mark in _MARKS.finditer(text):
        match mark.group()[0]:
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
        if depth > MAX_DEPTH:
            message = f"It is nested more than {MAX_DEPTH} deep."
            raise RefusedJsonError(message)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = f"{shown(twice)} is in it twice."
        raise RefusedJsonError(message)
    for name, value in pairs:
        _check_text(name)
        if isinstance(value, list):
            for item in value:
                _check_text(item)
        _check_text(value)
    return found


def _check_text(value: Any) -> None:
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            message = f"It has a broken character, in {shown(value)}."
            raise RefusedJsonError(message) from error


def _no_number(text: str) -> Any:
    message = f"{shown(text)} is no number that belongs in it: whole numbers only."
    raise RefusedJsonError(message)


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        message = f"{shown(text)} has more than {MAX_DIGITS} digits."
        raise RefusedJsonError(message)
    return int(text)
