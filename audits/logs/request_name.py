"""The name of the request that a thread is serving."""

import re
import secrets
from contextvars import ContextVar

KEY = "attune.request_id"
_NAME = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str | None] = ContextVar("request_name", default=None)


def choose(given: str) -> str:
    """Return the name that a proxy gave, or a new one if it gave no valid one."""
    return given if _NAME.fullmatch(given) else secrets.token_hex(8)


def current() -> str | None:
    """Return the name of the request that this thread is serving, if any."""
    return _current.get()


def take_off() -> None:
    """Clear the name before the thread reads its next request."""
    _current.set(None)


def wear(name: str) -> None:
    """Give this name to every log line of this thread, until its next request.

    Django logs a refused request after every middleware has returned.
    """
    _current.set(name)
