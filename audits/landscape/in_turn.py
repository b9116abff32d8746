"""What threads work out one at a time, so that it takes the memory of one.

People open the same page at once: after a new release, or from the same mail. Each
would read and draw what none has yet, and Python keeps most of what that takes.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from threading import RLock

# One for all that pages read and draw first: parts of one may be inside others. What
# is worked out asks no database, which could be waiting for another thread.
FIRST = RLock()


def in_turn[**P, R](
    function: Callable[P, R], turn: AbstractContextManager[object, None] = FIRST
) -> Callable[P, R]:
    """Let threads take turns at a function, which keeps what it returned before."""

    @wraps(function)
    def asked(*args: P.args, **named: P.kwargs) -> R:
        with turn:
            return function(*args, **named)

    return asked
