"""Recognizes a file in a separate process."""

from typing import IO

from audits.uploads.attachments.contents import (
    KINDS,
    Kind,
    RefusedUploadError,
    recognise,
)
from audits.uploads.reading.limits import MEGABYTE, Content, Limits, Reader


def kind_of(file: Content, name: str, most: int) -> Kind:
    """Return what kind of file this is.

    Args:
        file: The file.
        name: The person's name for it; its ending counts.
        most: The most bytes accepted.

    Raises:
        RefusedUploadError: It is empty, too large, too complex, of a kind that is not
            accepted, or its name does not match its content.
        BusyError: Other files are being read.
    """
    from audits.uploads.reading import process  # noqa: PLC0415 - only to start another

    return process.read(_READER, file, name=name, most=most)


def read(file: IO[bytes], name: str, most: int) -> str:
    """Return the name of a file's kind; the other process calls it."""
    return recognise(file, name, most).name


_READER = Reader(
    function="audits.uploads.attachments.reading:read",
    made={kind.name: kind for kind in KINDS}.__getitem__,
    refusal=RefusedUploadError,
    too_much=(
        "The selected file is too complex to read. Save it as PDF, then select it again"
    ),
    limits=Limits(memory=256 * MEGABYTE, result=4_000),
)
