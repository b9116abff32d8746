"""Room for the calls of a whole piece of work, so that none waits for the kernel.

CPython 3.12 to 3.14 keeps what a call needs in pieces of 16 KiB. A call for which a
piece has no room begins another, which is given back when that call returns. A loop
that calls there takes a piece from the kernel each time: where calls are deep, as in
WeasyPrint or below pytest, up to a quarter of the time. A page of the web server gains
nothing.
"""

from collections.abc import Callable
from functools import wraps

# In words of eight bytes. A new piece is a power of two and larger than what its first
# call says that it needs, so it has 1 MiB; half of it is free for all other calls.
_SAID_TO_BE_NEEDED = 64 * 1024


def with_room_for_calls[**Given, Returned](
    work: Callable[Given, Returned],
) -> Callable[Given, Returned]:
    """Return a function that does the work in a piece of its own, large enough for all.

    No generator: what it needs between two steps is kept elsewhere.
    """

    def call(*args: Given.args, **kwargs: Given.kwargs) -> Returned:
        return work(*args, **kwargs)

    # It writes nothing there, so of what it says it needs, no memory is taken.
    call.__code__ = call.__code__.replace(co_stacksize=_SAID_TO_BE_NEEDED)
    return wraps(work)(call)
