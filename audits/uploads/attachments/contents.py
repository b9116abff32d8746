"""Recognizes a file by its bytes; its name must agree.

It never unpacks, parses or renders a file. It reads only the list of members of a ZIP,
and at most a megabyte of that list.
"""

import codecs
import os
import re
import zipfile
from dataclasses import dataclass
from typing import IO

from audits.uploads.reading.refusals import UnreadableUploadError

MEGABYTE = 1024 * 1024
_BLOCK = 64 * 1024
_MAX_DIRECTORY = MEGABYTE
_MAX_MEMBERS = 5_000
_MAX_UNPACKED = 1024 * MEGABYTE
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Kind:
    """An accepted kind of file."""

    name: str
    media_type: str
    extensions: tuple[str, ...]


PDF = Kind("PDF", "application/pdf", ("pdf",))
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Kind("DOCX", f"{_OFFICE}wordprocessingml.document", ("docx",))
XLSX = Kind("XLSX", f"{_OFFICE}spreadsheetml.sheet", ("xlsx",))
PNG = Kind("PNG", "image/png", ("png",))
JPG = Kind("JPG", "image/jpeg", ("jpg", "jpeg"))
CSV = Kind("CSV", "text/csv", ("csv",))
TXT = Kind("TXT", "text/plain", ("txt",))
JSON = Kind("JSON", "application/json", ("json",))
KINDS = (PDF, DOCX, XLSX, PNG, JPG, CSV, TXT, JSON)

TAKEN = ", ".join(kind.name for kind in KINDS[:-1]) + f" or {KINDS[-1].name}"
_BY_EXTENSION = {ending: kind for kind in KINDS for ending in kind.extensions}
_MAGIC = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPG}
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# Content that a browser may treat as a page, whatever its name.
_MARKUP = re.compile(
    r"<(?:!|\?xml|(?:a|b|body|br|div|font|form|h1|head|html|iframe|img|input|link|math"
    r"|meta|object|p|script|style|svg|table|title|video)(?:[\s/>]|$))",
    re.IGNORECASE,
)

_NOT_TAKEN = f"The selected file must be a {TAKEN}"
_EMPTY = "The selected file is empty"
_LOCKED = "The selected file has a password. Save it without one, then select it again"
_OLD = (
    "The selected file is an old Office file, or has a password. "
    "Save it as DOCX or XLSX without one, then select it again"
)
_MACROS = "The selected file has macros. Save it as DOCX or XLSX, then select it again"
_TOO_MANY = "The selected file has too many parts. Save it as PDF, then select it again"
_TOO_WIDE = "The selected file would unpack to more than 1 GB. Select a smaller one"
_NOT_UTF8 = (
    "The selected file must be text in UTF-8. In a spreadsheet, save it as “CSV UTF-8”"
)


class RefusedUploadError(UnreadableUploadError):
    """A file is not accepted; says what is, in words for the person who chose it."""


def too_large(most: int) -> str:
    """Return the message for a file with more than a number of bytes."""
    return f"The selected file must be smaller than {most // MEGABYTE} MB"


def recognise(file: IO[bytes], name: str, most: int) -> Kind:
    """Return what kind of file this is.

    Args:
        file: The file; it may be read and sought in.
        name: The person's name for it; its ending counts.
        most: The most bytes accepted.

    Raises:
        RefusedUploadError: It is empty, too large, of a kind that is not accepted, or
            its name does not match its content.
    """
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise RefusedUploadError(_EMPTY)
    if size > most:
        raise RefusedUploadError(too_large(most))
    stem, _, ending = name.rpartition(".")
    named = _BY_EXTENSION.get(ending.lower()) if stem else None
    if named is None:
        raise RefusedUploadError(_NOT_TAKEN)
    found = _found(file, named)
    if found is not named:
        content = found.name if found else f"not {named.name}"
        raise RefusedUploadError(
            f"The selected file is named .{ending.lower()} but its content is {content}"
        )
    return named


def _found(file: IO[bytes], named: Kind) -> Kind | None:
    file.seek(0)
    head = file.read(8)
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if head.startswith(_ZIP):
        return _office(file)
    if head.startswith(_OLD_OFFICE):
        raise RefusedUploadError(_OLD)
    return _text(file, named)


class _Sparing:
    """Reads a file, and stops before a hostile list of members fills the memory."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._left = most

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        most = self._left + 1
        data = self._file.read(min(size, most) if size >= 0 else most)
        self._left -= len(data)
        if self._left < 0:
            raise RefusedUploadError(_TOO_MANY)
        return data


def _office(file: IO[bytes]) -> Kind | None:
    """Return the kind of a ZIP by the names in its directory; None if neither."""
    members = _members(file)
    names = {member.filename for member in members}
    if len(members) > _MAX_MEMBERS:
        raise RefusedUploadError(_TOO_MANY)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise RefusedUploadError(_LOCKED)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedUploadError(_MACROS)
    if sum(member.file_size for member in members) > _MAX_UNPACKED:
        raise RefusedUploadError(_TOO_WIDE)
    if "[Content_Types].xml" not in names:
        return None
    parts = ("word/document.xml" in names, "xl/workbook.xml" in names)
    return {(True, False): DOCX, (False, True): XLSX}.get(parts)


def _members(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(_Sparing(file, _MAX_DIRECTORY)) as archive:
            return archive.infolist()
    except RefusedUploadError:
        raise
    except Exception:
        return []


def _text(file: IO[bytes], named: Kind) -> Kind | None:
    """Return the kind of a text: JSON by its start, CSV or TXT by its name."""
    start = _start_of_text(file)
    if start is None:
        if named in (CSV, TXT, JSON):
            raise RefusedUploadError(_NOT_UTF8)
        return None
    if _MARKUP.match(start):
        raise RefusedUploadError(_NOT_TAKEN)
    if named is JSON and not start.startswith(("{", "[")):
        return TXT
    return named if named in (CSV, TXT, JSON) else TXT


def _start_of_text(file: IO[bytes]) -> str | None:
    """Return the start of a text after its blanks; None if it is not all UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    start = ""
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            if b"\x00" in block:
                return None
            text = decoder.decode(block)
            if len(start) < len("<!doctype"):
                start = (start + text).lstrip()[:_BLOCK]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return start
