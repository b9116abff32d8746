"""What a file is, found out by a process of its own."""

from typing import IO

from audits.uploads.attachments.contents import (
    KINDS,
    Kind,
    RefusedUploadError,
    recognise,
)
from audits.uploads.reading import process
from audits.uploads.reading.limits import MEGABYTE, Content, Limits, Reader


def kind_of(file: Content, name: str, most: int) -> Kind:
    """Return what kind of file this is.

    Args:
        file: The file.
        name: What the person calls it, of which the ending counts.
        most: How many bytes are taken.

    Raises:
        RefusedUploadError: It is empty, too large, of a kind that is not taken, or
            its name says otherwise than its content; or it takes too much work.
        BusyError: Other files are being read.
    """
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
