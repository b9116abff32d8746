"""Hides what no log may contain: secrets in addresses, passwords, personal data."""

import re
from urllib.parse import parse_qsl, urlencode

HIDDEN = "[hidden]"
# Query values that are choices of ours, not a person's words.
_HARMLESS = frozenset(
    {"format", "on", "order", "page", "part", "seen", "sort", "stage", "state", "view"}
)
_WORD = re.compile(r"[A-Za-z0-9._-]{1,40}")
# The end of the one longer address about calendars that has no secret.
_REMOVE = (
    r"(?<=/portfolio/calendars/)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/remove/"
)
# Each reads a text once: a run of characters that it repeats is tried from one place.
_HIDING = (
    (
        re.compile(rf"(/calendars/+)(?!{_REMOVE}(?![^\n\"]))[^\n\"]+", re.I),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(/password/+reset/+key/+)[^\n\"]+", re.I), rf"\1{HIDDEN}/"),
    (re.compile(r"(/invitation/+)[^\n\"]+", re.I), rf"\1{HIDDEN}/"),
    (re.compile(r"(/shared/+by-link/+)[^\n\"]+", re.I), rf"\1{HIDDEN}/"),
    # PostgreSQL quotes the row that it refuses.
    (re.compile(r"(DETAIL: ).*(?:\n(?!\S)[ \t].*)*"), rf"\1{HIDDEN}"),
    (re.compile(r"(://[^/\s:@]*:)[^@\s/]++(?=@)"), rf"\1{HIDDEN}"),
    (re.compile(r"(?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)+"), HIDDEN),
    # gunicorn quotes the part of a request it cannot read, which may be a cookie.
    (
        re.compile(r"(Invalid request from ip=)\S*(: [^:'\"\n]*).*", re.S),
        rf"\1{HIDDEN}\2: {HIDDEN}",
    ),
    # The values of a query; only its names are kept.
    (re.compile(r"([?&][\w.-]++=)[^&\s\"'<>]+"), rf"\1{HIDDEN}"),
)
_TO_THE_END = re.compile(
    rf"(/calendars/+(?!{_REMOVE}\Z)|/password/+reset/+key/+|/invitation/+"
    r"|/shared/+by-link/+).+",
    re.I | re.S,
)
# How much of a text is read, and written: anybody can send a long one.
MESSAGE, TRACE = 4_000, 40_000  # characters
_CUT = "[cut]"


def redacted(text: str, most: int = MESSAGE) -> str:
    """Return a text, or its beginning, with its secrets hidden."""
    if len(text) > most:
        text = _beginning(text, most)
    for pattern, instead in _HIDING:
        text = pattern.sub(instead, text)
    return text


def _beginning(text: str, most: int) -> str:
    """Return whole words only: a part of a secret may not look like one."""
    return f"{text[:most].rpartition(' ')[0]} {_CUT}"


def redacted_address(path: str, query: str = "") -> str:
    """Return a path with its secrets hidden, and the harmless part of the query."""
    # In a path alone, the secret extends to the end.
    path = _TO_THE_END.sub(rf"\1{HIDDEN}", path)
    if not query:
        return redacted(path)
    pairs = parse_qsl(query, keep_blank_values=True)
    told = [
        (name, value if name in _HARMLESS and _WORD.fullmatch(value) else "")
        for name, value in pairs
        if _WORD.fullmatch(name)
    ]
    return f"{redacted(path)}?{urlencode(told)}"
