"""Takes the attached assessment out of a PDF, in the process that reads the file."""

import io
import zlib
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import IO, Any

from audits.uploads.reading.refusals import UnreadableUploadError

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
TOO_LARGE = f"The file is larger than {MAX_BYTES // MEGABYTE} MB, which no paper is."
NAME = "assessment.json"
MAX_ATTACHMENT = 1_000_000
_MAX_LEVELS = 8
_NO_PDF = "The file is not a PDF. Choose the board paper as it was downloaded."


class RefusedPdfError(UnreadableUploadError):
    """There is no assessment to extract; says why and what to do."""


def read(file: IO[bytes]) -> dict[str, Any]:
    """Return the attached assessment in base 64; the other process calls it.

    `digest` is the SHA-256 of the whole file, and `pages` how many it has.

    Raises:
        RefusedPdfError: It is not a readable PDF with exactly one such attachment.
    """
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise RefusedPdfError(TOO_LARGE)
    if b"%PDF-" not in raw[:1024]:
        raise RefusedPdfError(_NO_PDF)
    assessment, pages = _contents(raw)
    return {
        "assessment": b64encode(assessment).decode(),
        "digest": sha256(raw).hexdigest(),
        "pages": pages,
    }


def _contents(raw: bytes) -> tuple[bytes, int]:
    """Return the attached assessment of a PDF, and how many pages it has.

    Raises:
        RefusedPdfError: It is not a readable PDF with exactly one such attachment.
    """
    from pikepdf import PasswordError, Pdf, PdfError  # noqa: PLC0415 - inside the limits

    try:
        with Pdf.open(io.BytesIO(raw), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                message = "The PDF is protected. Use the file as it was downloaded."
                raise RefusedPdfError(message)
            return _unpacked(_stream(pdf)), len(pdf.pages)
    except PasswordError as error:
        message = "The PDF is protected by a password. Use it as it was downloaded."
        raise RefusedPdfError(message) from error
    except (PdfError, ValueError, TypeError, LookupError, AttributeError) as error:
        if isinstance(error, RefusedPdfError):
            raise
        message = "The PDF is broken. Download the paper again."
        raise RefusedPdfError(message) from error


def _stream(pdf: Any) -> Any:
    tree = pdf.Root.get("/Names", {}).get("/EmbeddedFiles", {})
    found = [file for name, file in _files(tree, _MAX_LEVELS) if name == NAME]
    if not found:
        message = (
            f"The PDF has no {NAME} in it, so there is nothing to recompute. Printing "
            f"or saving again may lose it, so use the file as it was downloaded. A "
            f"pack has none, so verify the board paper of each decision."
        )
        raise RefusedPdfError(message)
    if len(found) > 1:
        message = f"The PDF has more than one {NAME}. Download the paper again."
        raise RefusedPdfError(message)
    return found[0].EF.F


def _files(tree: Any, levels: int) -> Iterator[tuple[str, Any]]:
    """Yield every file of a name tree; pikepdf would skip a duplicate name."""
    if not levels:
        message = "its list of files is nested too deeply"
        raise ValueError(message)
    for branch in tree.get("/Kids", []):
        yield from _files(branch, levels - 1)
    entries = iter(tree.get("/Names", []))
    for name, file in zip(entries, entries, strict=True):
        yield str(name), file


def _unpacked(stream: Any) -> bytes:
    """Return the content of a stream, up to the limit."""
    from pikepdf import Array  # noqa: PLC0415 - inside the limits

    packed = stream.get("/Filter")
    names = list(packed) if isinstance(packed, Array) else [packed]
    if names not in ([None], ["/FlateDecode"]) or "/DecodeParms" in stream:
        message = f"The {NAME} is packed in a way that papers never are."
        raise RefusedPdfError(f"{message} Download the paper again.")
    content: bytes = stream.read_raw_bytes()
    if packed is not None:
        try:
            content = zlib.decompressobj().decompress(content, MAX_ATTACHMENT + 1)
        except zlib.error as error:
            message = f"The {NAME} is damaged. Download the paper again."
            raise RefusedPdfError(message) from error
    if len(content) > MAX_ATTACHMENT:
        message = f"The {NAME} is larger than in any board paper. Choose a board paper."
        raise RefusedPdfError(message)
    return content
