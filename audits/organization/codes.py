"""Codes of the record that tell a reader nothing: ids and digests."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from audits.frameworks.loading import loader

_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_CODE = re.compile(rf"(?:{_ID}|(?:sha256:)?[0-9a-f]{{64}})")
# What a line is about whose object is gone, or has no name.
_UNNAMED: Mapping[str, str] = {
    "ask": "Answer request",
    "audit": "Audit that was removed",
    "cover": "Page 1 of an audit that was removed",
    "report": "Board paper or annex",
    "pack": "Board pack",
    "share": "Paper or pack that was removed",
    "inventory": "Import",
    "import": "File of an import",
    "feed": "Calendar",
    "token": "Token of the provider",
    "use_cases": "Several use cases",
    "landscape": "Market facts",
    "file": "Stored file",
}
# Details that name questions of the method by their ids.
_QUESTIONS = ("question", "answers", "own_answers", "points")


def is_code(value: Any) -> bool:
    """Return whether a value is an id or a digest, or a list of nothing else.

    >>> is_code("9aaf658d-3543-4199-a7cc-d41b436efd91"), is_code("sha256:" + "a1" * 32)
    (True, True)
    >>> is_code("UC-0001"), is_code("4711"), is_code([])
    (False, False, False)
    """
    if isinstance(value, list):
        return bool(value) and all(map(is_code, value))
    return isinstance(value, str) and bool(_CODE.fullmatch(value))


def unnamed(kind: str, subject: str) -> str:
    """Say what a line is about that nothing has a name for.

    >>> unnamed("feed", "9aaf658d-3543-4199-a7cc-d41b436efd91"), unnamed("team", "4711")
    ('Calendar', '4711')
    """
    if not is_code(subject):
        return subject
    return _UNNAMED.get(kind, kind.replace("_", " ").capitalize())


def in_plain_words(name: str, value: Any) -> tuple[str, str] | None:
    """Return a detail whose value is a number or an id of the method, in words.

    >>> in_plain_words("others", 4)
    ('one of', '5 use cases changed together')
    >>> in_plain_words("size", 10434)
    ('size', '10,434 bytes')
    >>> in_plain_words("stage", ["planned", "live"])
    ('stage', 'planned → live')
    """
    if name in _QUESTIONS and not isinstance(value, bool | int):
        asked = [value] if isinstance(value, str) else value
        label = "changed answers" if name == "answers" else name.replace("_", " ")
        return label, ", ".join(_labels().get(x, str(x)) for x in asked)
    if name == "others":
        return "one of", f"{value + 1:,} use cases changed together"
    if name == "size":
        return name, f"{value:,} bytes"
    if name in ("stage", "team", "name") and isinstance(value, list):
        return name, " → ".join(str(each or "none") for each in value)
    if isinstance(value, dict):
        said = (f"{what} {number}" for what, number in value.items())
        return name, ", ".join(said).replace("_", " ")
    return None


@cache
def _labels() -> Mapping[str, str]:
    return {each.id: each.label for each in loader.current().questions}
