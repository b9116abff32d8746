"""Takes the attached assessment out of a PDF. Run as a program of its own.

A PDF on the input, the attachment on the output. The file may be anybody's and the
parser is large, so it works here: with so much memory and time, and nothing to find.
A refusal is a sentence on the output and the exit code 3.
"""

import io
import resource
import sys
import zlib
from collections.abc import Iterator
from typing import Any

REFUSED = 3
NAME = "assessment.json"
MAX_ATTACHMENT = 1_000_000
_MAX_MEMORY = 1024 * 1024 * 1024
_MAX_SECONDS = 2  # of work; a paper takes a tenth of one
_MAX_LEVELS = 8


class RefusedPdfError(ValueError):
    """There is no assessment to take out; says why and what to do."""


def attachment(raw: bytes) -> bytes:
    """Return the attached assessment of a PDF.

    Raises:
        RefusedPdfError: It is no readable PDF, or has not exactly one such attachment.
    """
    from pikepdf import PasswordError, Pdf, PdfError  # noqa: PLC0415 - inside the limits

    try:
        with Pdf.open(io.BytesIO(raw), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                message = "The PDF is protected. Use the file as it was downloaded."
                raise RefusedPdfError(message)
            return _unpacked(_stream(pdf))
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
            "or saving anew may lose it: use the file as it was downloaded. A pack has "
            "none: verify the board paper of each decision."
        )
        raise RefusedPdfError(message)
    if len(found) > 1:
        message = f"The PDF has more than one {NAME}. Download the paper again."
        raise RefusedPdfError(message)
    return found[0].EF.F


def _files(tree: Any, levels: int) -> Iterator[tuple[str, Any]]:
    """Yield every file of a name tree; pikepdf would leave out a second of a name."""
    if not levels:
        message = "its list of files is too deep"
        raise ValueError(message)
    for branch in tree.get("/Kids", []):
        yield from _files(branch, levels - 1)
    entries = iter(tree.get("/Names", []))
    for name, file in zip(entries, entries, strict=True):
        yield str(name), file


def _unpacked(stream: Any) -> bytes:
    """Return the content of a stream, and never more of it than is taken."""
    from pikepdf import Array  # noqa: PLC0415 - inside the limits

    packed = stream.get("/Filter")
    names = list(packed) if isinstance(packed, Array) else [packed]
    if names not in ([None], ["/FlateDecode"]) or "/DecodeParms" in stream:
        message = f"The {NAME} is packed in a way that papers are not."
        raise RefusedPdfError(f"{message} Download the paper again.")
    content: bytes = stream.read_raw_bytes()
    if packed is not None:
        try:
            content = zlib.decompressobj().decompress(content, MAX_ATTACHMENT + 1)
        except zlib.error as error:
            message = f"The {NAME} is damaged. Download the paper again."
            raise RefusedPdfError(message) from error
    if len(content) > MAX_ATTACHMENT:
        message = f"The {NAME} is larger than that of any paper. Choose a paper."
        raise RefusedPdfError(message)
    return content


def main() -> int:
    """Read the PDF under limits; return the exit code."""
    for kind, most in (
        (resource.RLIMIT_AS, _MAX_MEMORY),
        (resource.RLIMIT_CPU, _MAX_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    raw = sys.stdin.buffer.read()
    try:
        content, code = attachment(raw), 0
    except RefusedPdfError as error:
        content, code = str(error).encode(), REFUSED
    sys.stdout.buffer.write(content)
    return code


if __name__ == "__main__":
    sys.exit(main())
