"""Log records as lines: JSON for machines, or text for people at a terminal."""

import json
import logging
import os
import re
from datetime import UTC, datetime
from typing import Any

from audits.logs import request_name
from audits.logs.redaction import TRACE, redacted

# Characters that end a line or move a cursor: a record's text must not contain them.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def formatter(**_: Any) -> logging.Formatter:
    """Return the format that LOG_FORMAT names; text for the demo, else JSON."""
    usual = "text" if os.environ.get("ATTUNE_DEMO") else "json"
    chosen = os.environ.get("LOG_FORMAT") or usual
    return TextLines() if chosen == "text" else JsonLines()


class JsonLines(logging.Formatter):
    """One JSON object a record; json writes every control character as an escape."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record on one line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
            **_asked(record),
        }
        if trace := _trace(self, record):
            line["exception"] = redacted(trace, TRACE)
        return json.dumps(line, default=str)


class TextLines(logging.Formatter):
    """A readable line a record; an exception follows it, indented."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text."""
        asked = _asked(record)
        told = " ".join(f"{name}={value}" for name, value in asked.items())
        words = f"{record.levelname} {record.name} {redacted(record.getMessage())}"
        line = f"{self.formatTime(record)} {words} {told}".rstrip()
        lines = redacted(_trace(self, record), TRACE).splitlines()
        return "\n    ".join(_CONTROL.sub(_escape, part) for part in (line, *lines))


def _asked(record: logging.LogRecord) -> dict[str, Any]:
    """Return what is known about the request of a record."""
    asked: dict[str, Any] = dict(getattr(record, "asked", {}))
    if name := request_name.current():
        asked.setdefault("request_id", name)
    return asked


def _trace(self: logging.Formatter, record: logging.LogRecord) -> str:
    trace = self.formatException(record.exc_info) if record.exc_info else ""
    stack = self.formatStack(record.stack_info) if record.stack_info else ""
    return "\n".join(part for part in (trace, stack) if part)


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
