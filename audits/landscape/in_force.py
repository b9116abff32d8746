"""The one landscape that is in force, and results that are kept for each.

It is the one that ships with this release, unless a request, a task or a command runs
under another one. All code reads `current()`.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from operator import is_
from threading import RLock
from typing import Any

from audits.landscape.in_turn import in_turn as taken_in_turn
from audits.landscape.loader import built_in
from audits.landscape.schema import Landscape

type Finder = Callable[[], Landscape]

_chosen: ContextVar[Finder] = ContextVar("landscape in force", default=built_in)


def current() -> Landscape:
    """Return the landscape that is in force here and now.

    Raises:
        RefusedFileError: A file of the built-in one is refused.
    """
    return _chosen.get()()


@contextmanager
def using(find: Finder) -> Iterator[None]:
    """Put another landscape in force, for this thread and as long as this is open.

    Args:
        find: Returns the landscape, the same one at each call. It is called only
            once a fact is read.
    """
    token = _chosen.set(find)
    try:
        yield
    finally:
        _chosen.reset(token)


def remembered[**P, R](
    maxsize: int, *, in_turn: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function returns, by its arguments and the landscape in force.

    It is `functools.lru_cache` for functions that read a landscape, so that no facts
    of another one are returned.

    Args:
        maxsize: How many results to keep, of all landscapes together.
        in_turn: Whether threads take turns, so that several that ask for the same at
            once work it out once and need the memory of one.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        def of(_: str, *args: Any, **named: Any) -> R:
            return function(*args, **named)

        kept: Any = lru_cache(maxsize=maxsize)(of)
        if in_turn:
            kept = taken_in_turn(kept, RLock())

        @wraps(function)
        def asked(*args: P.args, **named: P.kwargs) -> R:
            found: R = kept(current().sha256, *args, **named)
            return found

        return asked

    return decorate


def remembered_of_same[**P, R](
    maxsize: int,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function returned last for the very same objects, not for equal ones.

    For arguments that are large and that no code changes: a page asks several times for
    the plan of one assessment, and to compare two by their values takes long.

    Args:
        maxsize: How many results to keep, of all landscapes together.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        last = deque[tuple[tuple[object, ...], R]](maxlen=maxsize)

        @wraps(function)
        def asked(*args: P.args, **named: P.kwargs) -> R:
            of = (current(), *args, *named, *named.values())
            for before, kept in tuple(last):
                if len(before) == len(of) and all(map(is_, before, of)):
                    return kept
            found = function(*args, **named)
            last.append((of, found))
            return found

        return asked

    return decorate
