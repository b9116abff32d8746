"""The process that reads one file: `python -I -B child.py ROOT READER LIMITS OPTIONS`.

The file is the standard input. The answer is one JSON object on the standard output:
the reader's `result`, the `refusal` it raised, or the `fault` it met. Out of memory, it
ends with a special code; the kernel kills it if it takes too long.

The parsers are large and anybody may have made the files. So it has no environment, no
database and no place to write to, and it ends after one file.
"""

import errno
import json
import os
import resource
import sys
from importlib import import_module
from typing import IO, Any

OUT_OF_MEMORY = errno.ENOMEM
_MOST_SAID = 300


def main() -> int:
    """Read the file, and return the exit code."""
    root, reader, *values = sys.argv[1:]
    limits, options = map(json.loads, values)
    _limit(resource.RLIMIT_AS, limits["memory"])
    _limit(resource.RLIMIT_CPU, limits["cpu"])
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    sys.path.append(root)
    output = _own_output()
    try:
        answer = _answer(reader, options)
        output.write(json.dumps(answer, ensure_ascii=False).encode(errors="replace"))
        output.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _answer(reader: str, options: dict[str, Any]) -> dict[str, Any]:
    from audits.uploads.reading.refusals import UnreadableUploadError  # noqa: PLC0415 - limits

    module, _, function = reader.partition(":")
    try:
        read = getattr(import_module(module), function)
        return {"result": read(sys.stdin.buffer, **options)}
    except UnreadableUploadError as error:
        return {"refusal": str(error)}
    except MemoryError:
        raise
    except Exception as error:
        return {"fault": f"{type(error).__name__}: {error}"[:_MOST_SAID]}


def _limit(what: int, most: int) -> None:
    """Lower a limit, unless an operator has set a lower one."""
    _, hard = resource.getrlimit(what)
    bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bounded, bounded))


def _own_output() -> IO[bytes]:
    """Return standard output, and redirect other output: libraries may print."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


if __name__ == "__main__":
    code = main()
    # At once: freeing the objects of a hostile file may take long.
    os._exit(code)
