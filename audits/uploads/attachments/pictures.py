"""Checks small pictures for print, in a separate process."""

from typing import IO

from audits.uploads.attachments.contents import JPG, PNG, RefusedUploadError, recognise
from audits.uploads.reading.limits import MEGABYTE, Content, Limits, Reader

LARGEST = 200_000  # bytes
MOST_PIXELS = 4_000  # a side; A4 across has 2,480 at 300 dpi
_PICTURES = (PNG, JPG)
_NOT_TAKEN = "Choose a PNG or JPEG file of up to 200 kB"


def check_picture(file: Content, name: str) -> None:
    """Refuse a file whose content is not a small picture.

    Raises:
        RefusedUploadError: It is not one; says what is allowed.
        BusyError: Other files are being read.
    """
    from audits.uploads.reading import process  # noqa: PLC0415 - only to start another

    process.read(_READER, file, name=name)


def read(file: IO[bytes], name: str) -> str:
    """Return the name of a small picture's kind; the other process calls it."""
    try:
        kind = recognise(file, name, LARGEST)
    except RefusedUploadError as error:
        raise RefusedUploadError(_NOT_TAKEN) from error
    if kind not in _PICTURES:
        raise RefusedUploadError(_NOT_TAKEN)
    file.seek(0)
    width, height = _size(file)
    if max(width, height) > MOST_PIXELS:
        message = (
            f"The picture has {width:,} × {height:,} pixels. Choose one of up to "
            f"{MOST_PIXELS:,} × {MOST_PIXELS:,}"
        )
        raise RefusedUploadError(message)
    return kind.name


def _size(file: IO[bytes]) -> tuple[int, int]:
    """Return width and height from the header of a picture; nothing is unpacked."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - inside the limits

    Image.MAX_IMAGE_PIXELS = None  # because another check has its own message
    try:
        with Image.open(file, formats=("PNG", "JPEG")) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return (0, 0)  # papers leave out one without a header


_READER = Reader(
    function="audits.uploads.attachments.pictures:read",
    made={kind.name: kind for kind in _PICTURES}.__getitem__,
    refusal=RefusedUploadError,
    too_much="The picture is too complex to read. Save it as PNG, then choose the new "
    "file",
    limits=Limits(memory=256 * MEGABYTE, result=4_000),
)
