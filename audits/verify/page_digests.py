"""Says what each page of a PDF is drawn from, in the process that reads the file.

The digest of a page covers its content, every font, image, form and layer that this
content names, its annotations and its boxes. It does not depend on the numbers, order
or packing of objects, so a program that only saves a file again changes none.
"""

import io
import re
import zlib
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import IO, Any

from audits.verify.extract import MAX_BYTES, MEGABYTE, RefusedPdfError

MAX_PAGES = 200
_MAX_UNPACKED = 100 * MEGABYTE
_INHERITED = ("/CropBox", "/MediaBox", "/Resources", "/Rotate")
# What leads back to other pages, or is digested apart.
_BACK = {"/Parent", "/P", "/StructParent", "/StructParents"}
_OF_A_PAGE = {*_BACK, *_INHERITED, "/Contents", "/Type"}
# A program that saves a file again rewrites its metadata.
_OF_THE_FILE = {"/Metadata", "/Pages", "/Type"}
_PACKING = {"/Length", "/Filter", "/DecodeParms"}
# These colour spaces count without being named.
_UNNAMED = {b"DefaultGray", b"DefaultRGB", b"DefaultCMYK"}
_NAME = re.compile(rb"/([^\x00\t\n\f\r /()<>\[\]{}%]+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_TOO_COMPLEX = "The PDF is larger or more complex than any paper."


def read(file: IO[bytes]) -> dict[str, Any]:
    """Return the digest of each page, and of the rest; the other process calls it.

    Raises:
        RefusedPdfError: It is not a PDF that can be compared.
    """
    from pikepdf import Pdf, PdfError  # noqa: PLC0415 - inside the limits

    try:
        content = io.BytesIO(file.read(MAX_BYTES))
        with Pdf.open(content, suppress_warnings=True) as pdf:
            return _digests(pdf)
    except RefusedPdfError:
        raise
    except (PdfError, ValueError, TypeError, LookupError, AttributeError) as error:
        message = "The PDF is broken."
        raise RefusedPdfError(message) from error


def _digests(pdf: Any) -> dict[str, Any]:
    pages = [page.obj for page in pdf.pages]
    if len(pages) > MAX_PAGES:
        raise RefusedPdfError(_TOO_COMPLEX)
    objects = _Objects({page.objgen: n for n, page in enumerate(pages)})
    rest = {k: v for k, v in pdf.Root.items() if k not in _OF_THE_FILE}
    return {
        "pages": [objects.of_page(page).hex() for page in pages],
        "rest": objects.of_entries(rest.items()).hex(),
    }


class _Objects:
    """Digests objects, each that others share only once."""

    def __init__(self, pages: dict[Any, int]) -> None:
        self._pages = pages
        self._known: dict[Any, bytes] = {}
        self._unpacked = 0

    def of_page(self, page: Any) -> bytes:
        """Return the digest of what a page is drawn from."""
        inherited = {name: _inherited(page, name) for name in _INHERITED}
        resources = inherited.pop("/Resources") or {}
        content = b"\n".join(self._content(page.get("/Contents")))
        own = {k: v for k, v in page.items() if k not in _OF_A_PAGE}
        return _joined(
            b"page",
            sha256(content).digest(),
            *self._named(resources, _names(content)),
            self.of_entries((inherited | own).items()),
        )

    def of_entries(self, entries: Any) -> bytes:
        """Return the digest of the entries of a dictionary."""
        kept = dict(entry for entry in entries if entry[0] not in _BACK)
        digests = ((_text(name), self._of(kept[name])) for name in sorted(kept))
        return _joined(b"<<", *(part for pair in digests for part in pair))

    def _content(self, stream: Any) -> Iterator[bytes]:
        from pikepdf import Array  # noqa: PLC0415 - inside the limits

        for part in stream if isinstance(stream, Array) else [stream]:
            if part is not None:
                yield self._data(part)[0]

    def _named(self, resources: Any, names: set[bytes]) -> Iterator[bytes]:
        """Yield the digests of the resources that a content names.

        All pages and their forms may share one list of resources: what only another
        page names is not drawn on this one.
        """
        from pikepdf import Dictionary  # noqa: PLC0415 - inside the limits

        for kind in sorted(resources.keys()):
            entries = resources[kind]
            if not isinstance(entries, Dictionary):
                continue
            for name in sorted(entries.keys()):
                if _text(name)[1:] in names:
                    yield _joined(_text(kind), _text(name), self._of(entries[name]))

    def _of(self, value: Any) -> bytes:
        """Return the digest of an object and of everything that it refers to."""
        number = getattr(value, "objgen", (0, 0))
        if number == (0, 0):
            return self._of_direct(value)
        if number in self._pages:
            return _joined(b"page", str(self._pages[number]).encode())
        if number not in self._known:
            self._known[number] = b"itself"  # until it is known: it may contain itself
            self._known[number] = self._of_direct(value)
        return self._known[number]

    def _of_direct(self, value: Any) -> bytes:
        from pikepdf import Array, Dictionary, Stream, String  # noqa: PLC0415 - limits

        if isinstance(value, Stream):
            return self._of_stream(value)
        if isinstance(value, Dictionary):
            return self.of_entries(value.items())
        if isinstance(value, Array):
            return _joined(b"[", *(self._of(part) for part in value))
        if isinstance(value, String):
            return _joined(b"(", bytes(value))
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return _joined(b"is", _text(value))
        return _joined(b"number", str(Decimal(value).normalize()).encode())

    def _of_stream(self, stream: Any) -> bytes:
        data, packed = self._data(stream)
        apart = {"/Resources"} if packed else {"/Resources", *_PACKING}
        kept = [(k, v) for k, v in stream.items() if k not in apart]
        return _joined(
            b"stream",
            sha256(data).digest(),
            *self._named(stream.get("/Resources", {}), _names(data)),
            self.of_entries(kept),
        )

    def _data(self, stream: Any) -> tuple[bytes, bool]:
        """Return what a stream holds, and whether it is still packed."""
        raw: bytes = stream.read_raw_bytes()
        names = _filters(stream)
        if names and (names != ["/FlateDecode"] or "/DecodeParms" in stream):
            return raw, True
        left = _MAX_UNPACKED - self._unpacked
        try:
            data = zlib.decompressobj().decompress(raw, left) if names else raw
        except zlib.error:
            return raw, True
        self._unpacked += len(data)
        if self._unpacked >= _MAX_UNPACKED:
            raise RefusedPdfError(_TOO_COMPLEX)
        return data, False


def _filters(stream: Any) -> list[str]:
    from pikepdf import Array  # noqa: PLC0415 - inside the limits

    names = stream.get("/Filter")
    listed = list(names) if isinstance(names, Array) else [names]
    return [str(name) for name in listed if name is not None]


def _inherited(page: Any, name: str) -> Any:
    """Return an entry of a page, or of the nearest node above it that has one."""
    node = page
    for _ in range(MAX_PAGES):
        if name in node or "/Parent" not in node:
            return node.get(name)
        node = node["/Parent"]
    raise RefusedPdfError(_TOO_COMPLEX)


def _names(content: bytes) -> set[bytes]:
    """Return every name that a content uses, without its slash."""
    return _UNNAMED | {
        _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), name)
        for name in _NAME.findall(content)
    }


def _text(value: object) -> bytes:
    return str(value).encode(errors="surrogateescape")


def _joined(kind: bytes, *parts: bytes) -> bytes:
    """Return the digest of parts, none of which can pass for a part of another."""
    digest = sha256(kind)
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.digest()
