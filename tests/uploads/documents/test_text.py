import contextlib
import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from audits.uploads.documents import text as documents
from audits.uploads.documents.text import UnreadableDocumentError, text_of

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = (
    f'<w:document xmlns:w="{WORD}"><w:body>'
    "<w:p><w:r><w:t>Refunds take</w:t><w:tab/><w:t>five days.</w:t></w:r></w:p>"
    "<w:p><w:r><w:delText>not</w:delText><w:t>Zürich &amp; Bern</w:t></w:r></w:p>"
    "</w:body></w:document>"
)


def docx(document: str = BODY, **more: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        for name, content in more.items():
            archive.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def pdf(*texts: str, password: str | None = None) -> bytes:
    """Return a PDF with a page for each text; a password of "" only forbids changes."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in texts:
        page = writer.add_blank_page(200, 200)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
    if password is not None:
        writer.encrypt(password, "owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        "Zürich – 5 €".encode(),
        "Zürich – 5 €".encode("utf-8-sig"),
        "Zürich – 5 €".encode("utf-16"),
        "Zürich – 5 €".encode("cp1252"),
    ],
)
def test_plain_text_is_read_in_its_encoding(raw: bytes) -> None:
    assert text_of(raw) == "Zürich – 5 €"


def test_docx_is_read_by_paragraphs_without_what_was_deleted() -> None:
    assert text_of(docx()) == "Refunds take\tfive days.\nZürich & Bern\n"


def test_footnotes_of_a_docx_are_read() -> None:
    note = BODY.replace("Refunds take", "As of May")

    assert "As of May" in text_of(docx(footnotes=note))


def test_pdf_is_read_page_by_page() -> None:
    assert text_of(pdf("Refunds", "take five days")) == "Refunds\ntake five days"


def test_pdf_that_only_forbids_changes_is_read() -> None:
    assert text_of(pdf("Refunds", password="")) == "Refunds"


def bomb() -> bytes:
    return docx(BODY.replace("Refunds", "0" * (documents._MAX_UNPACKED + 1)))


def picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))


def other_archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


REFUSED = {
    "picture": (picture(), "not a .txt, .md, .docx or .pdf file"),
    "spreadsheet": (other_archive(), "not a .txt, .md, .docx or .pdf file"),
    "old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", documents._OLD_WORD),
    "nothing": (b"", "the file has no text; it may be a scan"),
    "scan": (pdf(""), "the file has no text; it may be a scan"),
    "protected PDF": (
        pdf("Refunds", password="secret"),  # noqa: S106
        "the PDF is protected by a password",
    ),
    "half a PDF": (pdf("Refunds")[:60], "the PDF is broken"),
    "half a .docx": (docx()[:200], "the .docx file is broken"),
    "not XML": (docx("<w:document>"), "the .docx file is broken"),
    "entities": (
        docx(f'<!DOCTYPE x [<!ENTITY a "aaaa">]>{BODY}'),
        "the .docx file has a document type declaration, which Word never writes",
    ),
    "bomb": (bomb, "the .docx file unpacks to more than 100 MB"),
    "too large": (b"a" * (documents.MAX_BYTES + 1), "the file is larger than 25 MB"),
}


@pytest.mark.parametrize("row", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_words(
    row: tuple[bytes | Callable[[], bytes], str],
) -> None:
    made, message = row
    raw = made if isinstance(made, bytes) else made()

    with pytest.raises(UnreadableDocumentError) as caught:
        text_of(raw)

    assert str(caught.value) == message


def test_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_PAGES", 2)

    with pytest.raises(UnreadableDocumentError, match="the PDF has more than 2 pages"):
        text_of(pdf("a", "b", "c"))


def test_docx_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_MAX_ENTRIES", 2)

    with pytest.raises(UnreadableDocumentError, match="has too many parts"):
        text_of(docx(footnotes=BODY))


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_CHARACTERS", 10)

    with pytest.raises(UnreadableDocumentError, match="more than 10 characters"):
        text_of(docx(footnotes=BODY))


@given(st.binary(), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04"]))
def test_any_bytes_are_read_or_refused(raw: bytes, start: bytes) -> None:
    with contextlib.suppress(UnreadableDocumentError):
        assert text_of(start + raw).strip()


@given(st.integers(0), st.integers(0, 255), st.sampled_from([docx(), pdf("Refunds")]))
def test_any_damage_is_read_or_refused(place: int, byte: int, raw: bytes) -> None:
    place %= len(raw)
    with contextlib.suppress(UnreadableDocumentError):
        assert text_of(raw[:place] + bytes([byte]) + raw[place + 1 :]).strip()


@pytest.mark.thorough
def test_text_that_fits_into_the_largest_file_is_not_too_long() -> None:
    raw = b"word " * (documents.MAX_BYTES // 5)

    assert len(documents.text_of(raw)) == len(raw)
