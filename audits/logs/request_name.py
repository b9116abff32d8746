"""The name of the request that a thread works on."""

import re
import secrets
from contextvars import ContextVar

KEY = "attune.request_id"
_NAME = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str | None] = ContextVar("request_name", default=None)


def choose(given: str) -> str:
    """Return the name that a proxy gave, or a new one if it gave none that fits."""
    return given if _NAME.fullmatch(given) else secrets.token_hex(8)


def current() -> str | None:
    """Return the name of the request that this thread works on, if any."""
    return _current.get()


def take_off() -> None:
    """Have no name: a thread goes on to a request that it has not read yet."""
    _current.set(None)


def wear(name: str) -> None:
    """Let all that this thread logs have this name, until its next request.

    Django tells of a refused request when every middleware has returned.
    """
    _current.set(name)
