"""Reads the text of an uploaded document, by its content and never by its name."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from audits.uploads.reading.refusals import UnreadableUploadError

MAX_BYTES = 25 * 1024 * 1024
MAX_PAGES = 1_000
# As many as the largest file of plain text may have.
MAX_CHARACTERS = MAX_BYTES
_MAX_UNPACKED = 100 * 1024 * 1024
_MAX_ENTRIES = 10_000
_WORD_NAMESPACES = ("/wordprocessingml/2006/main", "/wordprocessingml/main")
_BLOCK = 64 * 1024

_NOT_OURS = "not a .txt, .md, .docx or .pdf file"
_PROTECTED_PDF = "the PDF is protected by a password"
_OLD_WORD = (
    "this is an old .doc file, or a .docx file with a password; save it as .docx "
    "without one"
)
_WORD_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
# Characters that no text has; tab, line feed, form feed and carriage return are text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


class UnreadableDocumentError(UnreadableUploadError):
    """A document has no readable text; says why, in words for its owner."""


def text_of(raw: bytes) -> str:
    """Return the text of a .txt, .md, .docx or .pdf file.

    Args:
        raw: The file's bytes, 25 MB at most.

    Returns:
        The text, of as many characters as 25 MB have bytes. Pictures are not read.

    Raises:
        UnreadableDocumentError: The file is not such a file, is broken, too large,
            protected by a password, or has no text; says which.
    """
    if len(raw) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1024 // 1024} MB"
        raise UnreadableDocumentError(message)
    if b"%PDF-" in raw[:1024]:
        text = _pdf(raw)
    elif raw.startswith(b"PK\x03\x04"):
        text = _docx(raw)
    elif raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocumentError(_OLD_WORD)
    else:
        text = _plain(raw)
    if not text.strip():
        raise UnreadableDocumentError("the file has no text; it may be a scan")
    if len(text) > MAX_CHARACTERS:
        message = f"the file has more than {MAX_CHARACTERS:,} characters"
        raise UnreadableDocumentError(message)
    return text


def _plain(raw: bytes) -> str:
    has_mark = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if has_mark else ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise UnreadableDocumentError(_NOT_OURS)


def _pdf(raw: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - only where needed
    from pypdf.errors import DependencyError  # noqa: PLC0415 - the same

    try:
        reader = PdfReader(io.BytesIO(raw))
        # Many files are encrypted without a password, only to forbid changes.
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocumentError(_PROTECTED_PDF)
        if len(reader.pages) > MAX_PAGES:
            message = f"the PDF has more than {MAX_PAGES:,} pages"
            raise UnreadableDocumentError(message)
        return "\n".join(_limited(page.extract_text() for page in reader.pages))
    except (UnreadableDocumentError, MemoryError):
        raise
    except DependencyError as error:
        raise UnreadableDocumentError(_PROTECTED_PDF) from error
    except Exception as error:  # a broken file may raise anything
        raise UnreadableDocumentError("the PDF is broken") from error


def _limited(texts: Iterator[str]) -> Iterator[str]:
    """Pass texts on, and stop once they exceed the total limit."""
    total = 0
    for text in texts:
        total += len(text)
        yield text
        if total > MAX_CHARACTERS:
            return


def _docx(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            if _WORD_PARTS[0] not in names or "[Content_Types].xml" not in names:
                raise UnreadableDocumentError(_NOT_OURS)
            if len(names) > _MAX_ENTRIES:
                raise UnreadableDocumentError("the .docx file has too many parts")
            parts = [name for name in _WORD_PARTS if name in names]
            return "\n".join(_limited(_word_text(archive, name) for name in parts))
    except (UnreadableDocumentError, MemoryError):
        raise
    except Exception as error:  # a broken file may raise anything
        raise UnreadableDocumentError("the .docx file is broken") from error


def _word_text(archive: zipfile.ZipFile, name: str) -> str:
    """Read one part as a stream, so that a bomb is refused before it is unpacked."""
    found: list[str] = []
    parser = _word_parser(found)
    unpacked = 0
    with archive.open(name) as part:
        while block := part.read(_BLOCK):
            unpacked += len(block)
            if unpacked > _MAX_UNPACKED:
                raise UnreadableDocumentError(
                    "the .docx file unpacks to more than 100 MB"
                )
            parser.Parse(block)
    parser.Parse(b"", True)
    return "".join(found)


def _word_parser(found: list[str]) -> expat.XMLParserType:
    """Return a parser that collects the text of a part, with a line per paragraph."""
    parser = expat.ParserCreate(namespace_separator=" ")
    is_text = False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal is_text
        is_text = _is(name, "t")
        if _is(name, "tab"):
            found.append("\t")

    def end(name: str) -> None:
        nonlocal is_text
        is_text = False
        if _is(name, "p") or _is(name, "br"):
            found.append("\n")

    def characters(text: str) -> None:
        if is_text:
            found.append(text)

    def refuse(*_: object) -> None:
        raise UnreadableDocumentError(
            "the .docx file has a document type declaration, which Word never writes"
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _is(name: str, local: str) -> bool:
    namespace, _, found = name.rpartition(" ")
    return found == local and namespace.endswith(_WORD_NAMESPACES)
