"""Recomputes a board paper and returns the result. Nothing is stored."""

from base64 import b64decode

from audits.frameworks import loader
from audits.scoring.exchange.verification import Verification, verify
from audits.uploads.reading import process
from audits.uploads.reading.limits import Content, Limits, Reader
from audits.uploads.reading.refusals import UnreadableUploadError
from audits.verify import extract

MEGABYTE = extract.MEGABYTE
MAX_BYTES = extract.MAX_BYTES
TOO_LARGE = extract.TOO_LARGE


class RefusedPaperError(UnreadableUploadError):
    """There is nothing in a file to recompute; says why and what to do."""


def verify_paper(pdf: Content) -> Verification:
    """Recompute the verdict of a board paper from its attachment.

    Args:
        pdf: A PDF from anybody.

    Raises:
        RefusedPaperError: It is not a paper with an assessment attached.
        BusyError: Other files are being read.
    """
    return verify(attached(pdf), loader.shipped())


def attached(pdf: Content) -> bytes:
    """Return the assessment attached to a paper, read in a separate process.

    Raises:
        RefusedPaperError: It is not a paper with an assessment attached.
        BusyError: Other files are being read.
    """
    return process.read(_READER, pdf)


_READER = Reader(
    function="audits.verify.extract:read",
    made=b64decode,
    refusal=RefusedPaperError,
    too_much="The PDF is broken or too complex to read. Download it again.",
    # A paper takes a tenth of a second.
    limits=Limits(memory=1024 * MEGABYTE, cpu=2, result=2 * extract.MAX_ATTACHMENT),
)
