"""Recomputes a board paper, and compares its pages. Nothing is stored."""

from base64 import b64decode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any, Literal

from audits.frameworks.loading import loader
from audits.models import Report
from audits.scoring.exchange.verification import Verification, verify
from audits.uploads.reading import process
from audits.uploads.reading.limits import Content, Limits, Reader
from audits.uploads.reading.refusals import UnreadableUploadError
from audits.verify import extract
from audits.verify.pages import Drawn, Pages, compared
from audits.verify.stored import Stored, open_stored, stored_paper

MEGABYTE = extract.MEGABYTE
MAX_BYTES = extract.MAX_BYTES
TOO_LARGE = extract.TOO_LARGE

# A PDF has this within its first bytes.
_SIGN, _SIGN_WITHIN = b"%PDF-", 1024

Outcome = Literal[
    "reproduced", "different", "pages_differ", "saved_again", "not_compared", "refused"
]


class RefusedPaperError(UnreadableUploadError):
    """There is nothing in a file to recompute; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What one look at a paper gives: its assessment, its SHA-256, its pages."""

    assessment: bytes
    digest: str
    pages: int


@dataclass(frozen=True, slots=True)
class VerifiedPaper:
    """The results for a paper's attachment and for its printed pages.

    `pages` is None if nothing could be recomputed. `report` is the paper that the file
    must be, if this installation made it.
    """

    attachment: Verification
    pages: Pages | None
    report: Report | None = None

    @property
    def outcome(self) -> Outcome:
        """What differs, or what is not known; "reproduced" only if all is compared."""
        if self.pages is None or self.attachment.outcome != "reproduced":
            return self.attachment.outcome
        return _OF_PAGES[self.pages.outcome]


_OF_PAGES: Mapping[str, Outcome] = {
    "same": "reproduced",
    "different": "pages_differ",
    "saved_again": "saved_again",
    "not_compared": "not_compared",
}


def verify_paper(pdf: Content) -> VerifiedPaper:
    """Recompute the verdict of a board paper, and compare its pages.

    Args:
        pdf: A PDF from anybody.

    Raises:
        RefusedPaperError: It is not a paper with an assessment attached.
        BusyError: Other files are being read.
    """
    found = extracted(pdf)
    attachment = verify(found.assessment, loader.shipped())
    if attachment.assessment is None:
        return VerifiedPaper(attachment, None)
    made = stored_paper(found.digest, attachment.record)
    report = made.report if isinstance(made, Stored) else None
    return VerifiedPaper(attachment, _pages(pdf, found, made), report)


def stated_verdict(file: IO[bytes]) -> Verification:
    """Recompute the verdict of a paper, or of the assessment.json that is in one.

    Args:
        file: A file from anybody.

    Raises:
        RefusedPaperError: It is a PDF without an assessment attached.
        BusyError: Other files are being read.
    """
    start = file.read(_SIGN_WITHIN)
    file.seek(0)
    if _SIGN in start:
        raw = extracted(file).assessment
    else:
        raw = file.read(extract.MAX_ATTACHMENT + 1)
    return verify(raw, loader.shipped())


def extracted(pdf: Content) -> Extract:
    """Return what is taken out of a paper, read in a separate process.

    Raises:
        RefusedPaperError: It is not a paper with an assessment attached.
        BusyError: Other files are being read.
    """
    return process.read(_READER, pdf)


def drawn(pdf: Content) -> Drawn:
    """Return what the pages of a PDF are drawn from, read in a separate process.

    Raises:
        RefusedPaperError: It is broken or too complex.
        BusyError: Other files are being read.
    """
    return process.read(_PAGES, pdf)


def _pages(pdf: Content, found: Extract, made: Stored | str) -> Pages:
    """Compare a paper with the file of it that this installation stores.

    Raises:
        BusyError: Other files are being read.
    """
    if not isinstance(made, Stored):
        return Pages.not_compared(made)
    if made.digest == found.digest:
        return Pages.same(found.pages, made.at)
    opened = open_stored(made)
    if isinstance(opened, str):
        return Pages.not_compared(opened)
    with opened, suppress(RefusedPaperError):
        return compared(drawn(pdf), drawn(opened), made.at)
    return Pages.not_compared(
        "the file is too complex, and is not the one that Attune made"
    )


def _extract(values: Any) -> Extract:
    return Extract(
        b64decode(values["assessment"]), str(values["digest"]), int(values["pages"])
    )


def _drawn(values: Any) -> Drawn:
    return Drawn(tuple(map(str, values["pages"])), str(values["rest"]))


_READER = Reader(
    function="audits.verify.extract:read",
    made=_extract,
    refusal=RefusedPaperError,
    too_much="The PDF is broken or too complex to read. Download it again.",
    # A paper takes a tenth of a second.
    limits=Limits(memory=1024 * MEGABYTE, cpu=2, result=2 * extract.MAX_ATTACHMENT),
)
_PAGES = Reader(
    function="audits.verify.page_digests:read",
    made=_drawn,
    refusal=RefusedPaperError,
    too_much="The PDF is broken or too complex to compare.",
    # A paper takes a fifth of a second.
    limits=Limits(memory=1024 * MEGABYTE, cpu=2),
)
