"""The process that makes papers, called with limits: MEMORY, CPU and PAGES.

It reads one manuscript a line and answers each with a line of JSON, then the PDF. It
has no database, no secrets and no network. A paper that exceeds a limit stops only this
process. When nobody is left to hand a paper to, it ends at once, amid a paper too.
"""

import base64
import errno
import gc
import json
import logging
import os
import resource
import select
import sys
import threading
from datetime import datetime
from typing import IO, Any

from audits.reports.typesetting.branding import Branding
from audits.reports.typesetting.overflow import in_words
from audits.reports.typesetting.pdf import (
    Enclosure,
    Manuscript,
    TooManyPages,
    Typesetter,
)
from audits.reports.typesetting.room_for_calls import with_room_for_calls

OUT_OF_MEMORY = errno.ENOMEM  # its exit code in that case
# Garbage is hardly looked for amid a paper: after each 50,000 objects, it takes 6% of
# the time and frees 8 MB of 143, since what is laid out stays until the end.
_SELDOM = (1_000_000, 20, 20)


def main() -> None:
    memory, seconds, pages = map(int, sys.argv[1:])
    gc.set_threshold(*_SELDOM)
    logging.basicConfig(level=logging.WARNING)
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CORE, 0)
    sys.addaudithook(_refuse_the_network)
    answers = _own_output()
    watch = threading.Thread(target=_end_with_the_client, args=[answers], daemon=True)
    watch.start()
    typesetter = Typesetter()
    gc.freeze()  # what it keeps need not be looked through after each paper
    for line in sys.stdin.buffer:
        _allow_seconds(seconds)
        try:
            printed = typesetter.printed(read_manuscript(line), pages)
        except TooManyPages:
            _answer(answers, {"refused": "pages"})
        except MemoryError:
            raise  # there may be too little left to report it
        except Exception:
            logging.exception("a paper could not be set")
            _answer(answers, {"refused": "fault"})
        else:
            notice = in_words(printed.overflows)
            head = {"size": len(printed.pdf), "notice": notice}
            _answer(answers, head, printed.pdf)
        gc.collect()  # while nobody waits; boxes refer to each other in cycles


def written_manuscript(manuscript: Manuscript) -> bytes:
    """Return a manuscript as one line of JSON."""
    values = {
        "html": manuscript.html,
        "identifier": manuscript.identifier,
        "dated": manuscript.dated.isoformat(),
        "has_charts": manuscript.has_charts,
        "enclosures": [
            {
                "name": file.name,
                "description": file.description,
                "content": base64.b64encode(file.content).decode(),
                "dated": file.dated.isoformat(),
            }
            for file in manuscript.enclosures
        ],
        "is_letter": manuscript.branding.is_letter,
        "accent": manuscript.branding.accent,
        "is_for_archive": manuscript.branding.is_for_archive,
        "logo": base64.b64encode(manuscript.branding.logo).decode(),
    }
    return json.dumps(values).encode() + b"\n"


def read_manuscript(line: bytes) -> Manuscript:
    values = json.loads(line)
    return Manuscript(
        html=values["html"],
        identifier=values["identifier"],
        dated=datetime.fromisoformat(values["dated"]),
        has_charts=values["has_charts"],
        enclosures=tuple(
            Enclosure(
                name=file["name"],
                description=file["description"],
                content=base64.b64decode(file["content"]),
                dated=datetime.fromisoformat(file["dated"]),
            )
            for file in values["enclosures"]
        ),
        branding=Branding(
            is_letter=values["is_letter"],
            accent=values["accent"],
            is_for_archive=values["is_for_archive"],
            logo=base64.b64decode(values["logo"]),
        ),
    )


def _allow_seconds(seconds: int) -> None:
    """Allow this much CPU from now on; the kernel kills a process that uses more."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _limit(resource.RLIMIT_CPU, used + seconds)


def _limit(what: int, most: int) -> None:
    """Lower a limit, unless an operator has set a lower one."""
    _, hard = resource.getrlimit(what)
    bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bounded, hard))


def _own_output() -> IO[bytes]:
    """Return standard output, and redirect other output: libraries may print."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


def _end_with_the_client(answers: IO[bytes]) -> None:
    """Wait until nobody can read the answers, then end this process.

    A worker that was killed needs no paper, and its successor needs the memory.
    """
    poll = select.poll()
    poll.register(answers, 0)  # asks for nothing, and reports the end all the same
    poll.poll()
    os._exit(0)


def _answer(answers: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    answers.write(json.dumps(head).encode() + b"\n" + body)
    answers.flush()


def _refuse_the_network(event: str, _: tuple[object, ...]) -> None:
    if event.startswith("socket."):
        message = "A paper is made only from its manuscript; it cannot fetch anything."
        raise PermissionError(message)


if __name__ == "__main__":
    code = 0
    try:
        with_room_for_calls(main)()
    except MemoryError:
        code = OUT_OF_MEMORY
    except BrokenPipeError:
        pass  # the worker has gone
    # At once: an orderly exit breaks a thread of Pango.
    os._exit(code)
