"""Turns a paper into a PDF, in a separate process that can be stopped at any time."""

import atexit
import json
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.template.loader import render_to_string

from audits.reports.annex import Annex
from audits.reports.context import Paper
from audits.reports.office.telling import told_in
from audits.reports.packs.pack_paper import PackPaper
from audits.reports.typesetting.lone_words import without_lone_words
from audits.reports.typesetting.pdf import Manuscript
from audits.reports.typesetting.pdf_worker import OUT_OF_MEMORY, written_manuscript
from audits.reports.typesetting.sheets import STEPS
from audits.reports.typesetting.used_words import with_used_words
from audits.services.people.times_of_day import for_everybody
from audits.temporary_room import temporary_room

# Memory that grows over many papers is freed from time to time.
_PAPERS_A_PROCESS = 100
_FOLDER = "attune-pdf-"
_FATAL = (signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV, signal.SIGKILL)
_OUT_OF_MEMORY = {OUT_OF_MEMORY, *(-number for number in _FATAL)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one paper; a usual one takes a second, 150 MB and 6 pages."""

    memory: int = 1024**3  # bytes of address space
    cpu: int = 60  # seconds
    wall: float = 60  # seconds
    pages: int = 40


# A pack has up to 50 decisions of a page each, and an overview.
PACK_LIMITS = Limits(memory=2 * 1024**3, cpu=150, wall=150, pages=150)
# An annex may have many comments and changes, and the lease of a paper.
ANNEX_LIMITS = Limits(memory=2 * 1024**3, cpu=120, wall=120, pages=250)
# A shorter one is no more work than a paper, whose process makes it.
_SHORT_ANNEX = 150_000  # characters of HTML
# A smaller pack is no more work than a paper, whose limits it keeps to.
_AS_A_PAPER = 5  # decisions


FAULT = (
    "This is a fault in Attune, not in the answers. Try again. If it fails again, give "
    "an administrator the number below: the log has the reason."
)


class PaperRefused(Exception):  # noqa: N818 - says so in words for people
    """The paper exceeds a limit, or cannot be made at all."""


_REASONS: Mapping[str, str] = {
    "pages": "It would have more than {pages} pages. Shorten the answers, submit "
    "them again and make a new paper.",
    "memory": "It needs more memory than a paper may use. Shorten the answers, submit "
    "them again and make a new paper.",
    "time": "It took longer than {wall:g} seconds to make. Try again when the site is "
    "less busy. If it fails again, shorten the answers.",
    "fault": FAULT,
}


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF, and a notice for its author; empty if there is none.

    `told` is what it says, for slides and documents; empty for an annex.
    """

    pdf: bytes
    notice: str
    told: dict[str, Any] = field(default_factory=dict)


def render_paper(paper: Paper) -> bytes:
    """Return the paper as PDF/UA-1; equal papers give equal bytes.

    Raises:
        PaperRefused: It exceeds a limit, or cannot be made.
    """
    return print_paper(paper).pdf


def print_paper(paper: Paper) -> Print:
    """Return the paper, and a notice if its page 1 is too long for one.

    Raises:
        PaperRefused: It exceeds a limit, or cannot be made.
    """
    manuscript = manuscript_of(paper)
    told = told_in(manuscript, [paper])
    return replace(_press.printed(manuscript), told=told)


def print_pack(pack: PackPaper) -> Print:
    """Return a pack as one PDF/UA-1; a large one is made in a process of its own.

    Raises:
        PaperRefused: It exceeds a limit, or cannot be made.
    """
    manuscript = manuscript_of_pack(pack)
    # One with a file for each decision has slides of each.
    papers = [page.paper for page in pack.pages]
    told = told_in(manuscript, papers) if papers else {}
    if len(pack.asked) <= _AS_A_PAPER:
        printed = _press.printed(manuscript)
    else:
        printed = _printed_apart(manuscript, PACK_LIMITS)
    return replace(printed, told=told)


def print_annex(annex: Annex) -> Print:
    """Return an annex as PDF/UA-1; a long one is made in a process of its own.

    Raises:
        PaperRefused: It exceeds a limit, or cannot be made.
    """
    manuscript = manuscript_of_annex(annex)
    if len(manuscript.html) <= _SHORT_ANNEX:
        return _press.printed(manuscript)
    return _printed_apart(manuscript, ANNEX_LIMITS)


def _printed_apart(manuscript: Manuscript, limits: Limits) -> Print:
    pdf_client = PdfClient(limits)
    try:
        return pdf_client.printed(manuscript)
    finally:
        pdf_client.close()


def manuscript_of_annex(annex: Annex) -> Manuscript:
    context = {"annex": annex, "step": STEPS[0]}
    with for_everybody():
        html = render_to_string("reports/appendix/annex.html", context)
    return Manuscript(
        html=html,
        identifier=f"{annex.reference} annex",
        dated=annex.submitted_at,
        branding=annex.branding,
    )


def manuscript_of_pack(pack: PackPaper) -> Manuscript:
    context = {"pack": pack, "step": STEPS[0]}
    with for_everybody():
        made = render_to_string("reports/packs/pack.html", context)
    return Manuscript(
        html=with_used_words(without_lone_words(made)),
        identifier=pack.identifier,
        dated=pack.as_at,
        branding=pack.branding,
    )


def manuscript_of(paper: Paper) -> Manuscript:
    return Manuscript(
        html=to_html(paper, STEPS[0]),
        identifier=paper.reference,
        dated=paper.submitted_at,
        has_charts=paper.money is not None,
        enclosures=(paper.attachment,),
        branding=paper.branding,
    )


def to_html(paper: Paper, step: str) -> str:
    """Return the paper as HTML, at one size of type."""
    with for_everybody():
        made = render_to_string("reports/board.html", {"paper": paper, "step": step})
    return with_used_words(without_lone_words(made))


class PdfClient:
    """Keeps a process that makes papers, and replaces it if it must be stopped."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        self._papers = 0

    def pdf_of(self, manuscript: Manuscript) -> bytes:
        """Return the PDF of one manuscript.

        Raises:
            PaperRefused: It exceeds a limit, or cannot be made.
        """
        return self.printed(manuscript).pdf

    def printed(self, manuscript: Manuscript) -> Print:
        """Return the PDF of one manuscript, and the notice for its author.

        Raises:
            PaperRefused: It exceeds a limit, or cannot be made.
        """
        with self._turn:
            self._papers += 1
            if self._papers > _PAPERS_A_PROCESS:
                self.close()
            process = self._running()
            try:
                return self._set(process, written_manuscript(manuscript))
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Stop the process, at once."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        shutil.rmtree(self._folder, ignore_errors=True)
        self._papers = 0

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            _remove_folders_of_the_dead()
            with temporary_room():
                self._folder = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-")
            limits = (self.limits.memory, self.limits.cpu, self.limits.pages)
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [
                    sys.executable,
                    "-m",
                    "audits.reports.typesetting.pdf_worker",
                    *map(str, limits),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=settings.BASE_DIR,
                env=_environment(self._folder),
                # Ctrl-C is for the worker, which lets the current paper finish.
                start_new_session=True,
            )
        return self._process

    def _set(self, process: "subprocess.Popen[bytes]", order: bytes) -> Print:
        assert process.stdin is not None  # noqa: S101 - it was asked for
        assert process.stdout is not None  # noqa: S101 - the same
        deadline = time.monotonic() + self.limits.wall
        with suppress(BrokenPipeError):  # its output, or its end, gives the reason
            process.stdin.write(order)
            process.stdin.flush()
        answers = _Answers(process.stdout, deadline)
        try:
            head = json.loads(answers.line())
            pdf = answers.body(head.get("size", 0))
        except TimeoutError:
            raise self._refusal("time") from None
        except EOFError:
            raise self._refusal(_cause_of_death(process)) from None
        if "refused" in head:
            raise self._refusal(head["refused"])
        return Print(pdf, head["notice"])

    def _refusal(self, reason: str) -> PaperRefused:
        words = _REASONS[reason]
        return PaperRefused(
            words.format(pages=self.limits.pages, wall=self.limits.wall)
        )


class _Answers:
    """Reads from a pipe until a deadline."""

    def __init__(self, pipe: IO[bytes], deadline: float) -> None:
        self._pipe = pipe
        self._deadline = deadline
        self._read = b""

    def line(self) -> bytes:
        while b"\n" not in self._read:
            self._read += self._more()
        line, _, self._read = self._read.partition(b"\n")
        return line

    def body(self, size: int) -> bytes:
        parts, missing = [self._read], size - len(self._read)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        return b"".join(parts)

    def _more(self) -> bytes:
        with selectors.DefaultSelector() as selector:
            selector.register(self._pipe, selectors.EVENT_READ)
            if not selector.select(max(0, self._deadline - time.monotonic())):
                raise TimeoutError
        read = os.read(self._pipe.fileno(), 1 << 20)
        if not read:
            raise EOFError
        return read


def _cause_of_death(process: "subprocess.Popen[bytes]") -> str:
    """Return why a process ended that nobody stopped.

    Libraries in C end a process that gets no memory, and the kernel ends one that uses
    too much; both without a message.
    """
    code = process.wait()
    if code == -signal.SIGXCPU:
        return "time"
    return "memory" if code in _OUT_OF_MEMORY else "fault"


def _environment(folder: str) -> dict[str, str]:
    """Return the environment of the process, without any secret.

    It starts no program: without a PATH, no compiler is asked where each library is.
    """
    kept = ("HOME", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
    own = {name: os.environ[name] for name in kept if name in os.environ}
    return own | {"LANG": "C.UTF-8", "PATH": "", "TMPDIR": folder}


def _remove_folders_of_the_dead() -> None:
    """Remove the fonts of processes whose worker was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        found = re.fullmatch(rf"{_FOLDER}(\d+)-\w+", folder.name)
        if found and not Path(f"/proc/{found[1]}").exists():
            shutil.rmtree(folder, ignore_errors=True)


_press = PdfClient()
atexit.register(_press.close)
