"""Works something out in a copy of this process, which leaves no trace in this one."""

import os
import pickle
import signal
import traceback
from collections.abc import Callable
from typing import Any

# Of the clock: what waits for ever uses no processor time.
SECONDS = 600


class UntestedTreeError(RuntimeError):
    """The tests fail before anything is changed, so they can show nothing."""


class KilledError(RuntimeError):
    """The copy was ended by a signal: it took too long, or broke its interpreter."""


def forked[Result](work: Callable[[], Result], *, seconds: int = SECONDS) -> Result:
    """Return what `work` returns in a copy of this process.

    Args:
        work: What the copy does.
        seconds: How long it may take; 0 if its own copies have a limit each.

    Raises:
        KilledError: A signal ended the copy.
        UntestedTreeError: `work` raised something; it is in the standard errors.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        _work_and_exit(work, reading, writing, seconds)
    os.close(writing)
    with open(reading, "rb") as told:  # noqa: PTH123 - a descriptor
        result = told.read()
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        raise KilledError(signal.Signals(os.WTERMSIG(status)).name)
    if status:
        raise UntestedTreeError("A trial broke; the reason should be above.")
    found: Result = pickle.loads(result)  # noqa: S301 - our own
    return found


def _work_and_exit(
    work: Callable[[], Any], reading: int, writing: int, seconds: int
) -> None:
    status = 1
    try:
        os.close(reading)
        signal.alarm(seconds)
        result = pickle.dumps(work())
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        with open(writing, "wb") as told:
            told.write(result)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)
