"""The bytes of a JSON file, or of one with an object a line, to its values."""

import json
from typing import Any

from audits.evaluations.runs import MOST_CASES, RefusedEvaluationError
from audits.json_depth import is_deeper

MOST_DEPTH = 64
_MOST_DIGITS = 400
_SHOWN = 60


def value_of(raw: bytes, file: str) -> Any:
    """Return the value of a JSON text.

    Numbers that are none (NaN, Infinity) stay, because tools write them for what was
    not scored; `Fields` refuses them where a number is needed.

    Args:
        raw: The bytes, in UTF-8.
        file: How people call it, such as "promptfoo file".

    Raises:
        RefusedEvaluationError: It is not JSON, nested too deep, or has a name twice in
            one object.
    """
    return _parsed(_text_of(raw, file), file)


def values_of_lines(raw: bytes, file: str) -> list[Any]:
    """Return the value of each line that is not empty.

    Raises:
        RefusedEvaluationError: As `value_of`, or there are too many lines.
    """
    lines = [x for x in _text_of(raw, file).split("\n") if x and not x.isspace()]
    if len(lines) > MOST_CASES:
        message = f"The {file} has more than {MOST_CASES:,} lines: split it."
        raise RefusedEvaluationError(message)
    return [_parsed(line, file) for line in lines]


def decoder() -> json.JSONDecoder:
    """Return a decoder that raises `FaultError` for what could be read in two ways."""
    return json.JSONDecoder(object_pairs_hook=_object, parse_int=_whole)


def _text_of(raw: bytes, file: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = (
            f"The {file} is not text in UTF-8 (byte {error.start + 1:,}): save it as "
            f"UTF-8, and select it again."
        )
        raise RefusedEvaluationError(message) from error


def _parsed(text: str, file: str) -> Any:
    if is_deeper(text, MOST_DEPTH):
        message = (
            f"The {file} is nested more than {MOST_DEPTH} deep: export the results "
            f"again without other data, and select that file."
        )
        raise RefusedEvaluationError(message)
    try:
        return decoder().decode(text)
    except json.JSONDecodeError as error:
        message = (
            f"The {file} is cut off or not JSON (line {error.lineno:,}, character "
            f"{error.colno:,}): export the results again, and select that file."
        )
        raise RefusedEvaluationError(message) from error
    except FaultError as error:
        message = (
            f"The {file} has {error}: export the results again, and select that file."
        )
        raise RefusedEvaluationError(message) from error


class FaultError(Exception):
    """Something that makes a JSON text mean different things to different readers."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                fault = f"the name {json.dumps(name)[:_SHOWN]} twice in one object"
                raise FaultError(fault)
            seen.add(name)
    return found


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        fault = f"a number of {len(text):,} digits"
        raise FaultError(fault)
    return int(text)
