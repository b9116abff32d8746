"""Reads a file in a separate process, and takes only a result from it.

A file may unpack to a thousand times its size, or keep a parser busy for an hour.
Neither may happen to the process that answers requests.
"""

import io
import json
import logging
import os
import selectors
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from audits.uploads.reading import child
from audits.uploads.reading.limits import Content, Limits, Reader
from audits.uploads.reading.places import Places, Shares
from audits.uploads.reading.refusals import BusyError

logger = logging.getLogger(__name__)

# Of one web process.
SHARES = Shares()
_places = Places(SHARES)
# Seconds that a file waits for an earlier one of its sender, and for those of others:
# longer than any of these may take.
_PATIENCE, _LONGER = 5, 25
_BUSY = "Attune is reading other files. Try again in a moment."
_CHILD = Path(child.__file__)
_ROOT = _CHILD.parents[3]
_BLOCK = 64 * 1024
_MOST_LOGGED = 300  # characters
_NO_RESULT = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)


def read[T](reader: Reader[T], file: Content, **options: Any) -> T:
    """Return a reader's result for a file; nothing else of the parser's work stays.

    Args:
        reader: The reader.
        file: Its bytes, or the open file; one on the disk is never in this process's
            memory.
        options: Other JSON values for the reader.

    Raises:
        UnreadableUploadError: As `reader.refusal`, with the reason.
        BusyError: No place was free for it, after some waiting.
    """
    with _places.taken(_PATIENCE, _LONGER):
        try:
            with _descriptor(file) as descriptor:
                answer = _answer(reader, descriptor, options)
        except OSError as error:  # no memory, files or processes available right now
            logger.warning("%s was not started: %s", reader.function, error)
            raise BusyError(_BUSY) from error
    try:
        if "refusal" not in answer:
            return reader.made(answer["result"])
        sentence = str(answer["refusal"])
    except _NO_RESULT as error:
        fault = str(answer.get("fault", repr(error)))[:_MOST_LOGGED]
        logger.warning("%s failed: %r", reader.function, fault)
        raise reader.refusal(reader.too_much) from error
    raise reader.refusal(sentence)


@contextmanager
def _descriptor(file: Content) -> Iterator[int]:
    """Open a file again, read-only and from its start."""
    with ExitStack() as opened:
        try:
            number = file.fileno()  # type: ignore[union-attr]
        except (AttributeError, OSError):  # it is in memory, or elsewhere
            copy = opened.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(_from_the_start(file), copy)
            copy.flush()
            number = copy.fileno()
        descriptor = os.open(f"/dev/fd/{number}", os.O_RDONLY)
        opened.callback(os.close, descriptor)
        yield descriptor


def _from_the_start(file: Content) -> IO[bytes]:
    if isinstance(file, bytes):
        return io.BytesIO(file)
    file.seek(0)
    return file


def _answer(
    reader: Reader[Any], descriptor: int, options: dict[str, Any]
) -> dict[str, Any]:
    """Start the process, and return the object it answers with, or a `fault`."""
    limits = {"memory": reader.limits.memory, "cpu": reader.limits.cpu}
    process = subprocess.Popen(  # noqa: S603 - our own program, without a shell
        [
            *(sys.executable, "-I", "-B", str(_CHILD), str(_ROOT)),
            *(reader.function, json.dumps(limits), json.dumps(options)),
        ],
        stdin=descriptor,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
    )
    with process:
        try:
            answer = json.loads(_output(process, reader.limits))
        except (ValueError, RecursionError, TimeoutError) as error:
            answer = {"fault": f"{type(error).__name__}: {error}"}
        finally:
            process.kill()
    return answer if isinstance(answer, dict) else {"fault": "no object"}


def _output(process: "subprocess.Popen[bytes]", limits: Limits) -> bytes:
    """Return what a process writes until it ends well.

    Raises:
        TimeoutError: It takes too long.
        ValueError: It writes too much, or does not end well.
    """
    assert process.stdout is not None  # noqa: S101 - it was asked for
    deadline = time.monotonic() + limits.wall
    written = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while selector.select(max(0, deadline - time.monotonic())):
            block = os.read(process.stdout.fileno(), _BLOCK)
            if not block:
                break
            written += block
            if len(written) > limits.result:
                message = "it answers too much"
                raise ValueError(message)
        else:
            message = f"it takes longer than {limits.wall:g} seconds"
            raise TimeoutError(message)
    try:
        code = process.wait(max(0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    if code:
        message = f"it ended with {code}"
        raise ValueError(message)
    return bytes(written)
