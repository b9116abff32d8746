"""What a file is, told by its bytes."""

import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest

from audits.uploads.attachments.contents import RefusedUploadError, recognise
from tests.uploads.attachments import made_files as made

MOST = 25 * 1024 * 1024
MUST_BE = "The selected file must be a PDF, DOCX, XLSX, PNG, JPG, CSV, TXT or JSON"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(RefusedUploadError) as refused:
        recognise(BytesIO(content), name, MOST)
    return str(refused.value)


def peak_of_reading(content: bytes) -> int:
    """Return how many bytes were held at most while a .docx file was looked at."""
    file = BytesIO(content)
    tracemalloc.start()
    try:
        recognise(file, "a.docx", MOST)
    except RefusedUploadError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (made.PDF, "a.pdf", "application/pdf"),
        (made.PDF, "A.B.PDF", "application/pdf"),
        (
            made.DOCX,
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            made.XLSX,
            "a.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (made.PNG, "a.png", "image/png"),
        (made.JPG, "a.jpg", "image/jpeg"),
        (made.JPG, "a.jpeg", "image/jpeg"),
        (b"case,right\n1,yes\n", "a.csv", "text/csv"),
        (b"\xef\xbb\xbfcase;right\n", "a.csv", "text/csv"),
        ("12 of 40 – gut".encode(), "a.txt", "text/plain"),
        (b'{"a": 1}', "a.txt", "text/plain"),
        (b'\xef\xbb\xbf \n{"a": 1}', "a.json", "application/json"),
        (b" " * 200_000 + b"[]", "a.json", "application/json"),
    ],
)
def test_kind_is_told_by_content(content: bytes, name: str, media_type: str) -> None:
    assert recognise(BytesIO(content), name, MOST).media_type == media_type


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (made.PNG, "a.pdf", "named .pdf but its content is PNG"),
        (made.PDF, "a.PNG", "named .png but its content is PDF"),
        (made.XLSX, "a.docx", "named .docx but its content is XLSX"),
        (made.DOCX, "a.txt", "named .txt but its content is DOCX"),
        (made.zipped("a.txt"), "a.xlsx", "named .xlsx but its content is not XLSX"),
        (made.BOTH, "a.docx", "named .docx but its content is not DOCX"),
        (b"MZ\x90\x00", "a.pdf", "named .pdf but its content is not PDF"),
        (b"GIF89a\x00", "a.png", "named .png but its content is not PNG"),
        (b"plain", "a.json", "named .json but its content is TXT"),
        (b"plain", "a.pdf", "named .pdf but its content is TXT"),
        (b"PK\x03\x04 cut off", "a.docx", "named .docx but its content is not DOCX"),
    ],
)
def test_name_that_says_otherwise_is_refused(
    content: bytes, name: str, message: str
) -> None:
    assert refusal(content, name) == f"The selected file is {message}"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SVG, "a.svg"),
        (HTML, "a.html"),
        (SVG, "a.txt"),
        (b"\xef\xbb\xbf\n " + HTML, "a.csv"),
        (b" " * 100_000 + SVG, "a.txt"),
        (b"<?xml version='1.0'?><svg/>", "a.txt"),
        (b"<SCRIPT>alert(1)</SCRIPT>", "a.json"),
        (b"<h1>%PDF-1.7</h1>", "a.pdf"),
        (made.PDF, "a"),
        (made.PDF, "pdf"),
        (made.PDF, "a.pdf.exe"),
        (made.zipped("a.txt"), "a.zip"),
    ],
)
def test_kind_that_is_not_taken_is_refused(content: bytes, name: str) -> None:
    assert refusal(content, name) == MUST_BE


def test_letter_that_begins_with_an_address_is_a_text() -> None:
    kind = recognise(BytesIO(b"<ana@example.org> wrote: 12 of 40"), "a.txt", MOST)

    assert kind.name == "TXT"


@pytest.mark.parametrize("content", [b"caf\xe9", b"a\x00b", "a".encode("utf-16")])
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.json"])
def test_text_must_be_utf8(content: bytes, name: str) -> None:
    assert refusal(content, name).startswith("The selected file must be text in UTF-8")


def test_letter_cut_in_two_by_a_block_is_read_whole() -> None:
    content = b"a" * (64 * 1024 - 1) + "é".encode()

    assert recognise(BytesIO(content), "a.txt", MOST).name == "TXT"


def test_empty_file_is_refused() -> None:
    assert refusal(b"", "a.pdf") == "The selected file is empty"


@pytest.mark.parametrize(("size", "taken"), [(MOST, True), (MOST + 1, False)])
def test_file_of_25_mb_is_taken_and_one_byte_more_is_not(
    tmp_path: Path, size: int, taken: bool
) -> None:
    path = tmp_path / "sparse"
    path.write_bytes(made.PDF)
    with path.open("r+b") as file:
        file.truncate(size)
        if taken:
            assert recognise(file, "a.pdf", MOST).name == "PDF"
            return
        with pytest.raises(RefusedUploadError, match="must be smaller than 25 MB"):
            recognise(file, "a.pdf", MOST)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (made.MACROS, "has macros"),
        (made.encrypted(), "has a password"),
        (made.OLD_DOC, "is an old Office file, or has a password"),
    ],
)
def test_office_file_with_macros_or_a_password_is_refused(
    content: bytes, words: str
) -> None:
    assert words in refusal(content, "a.docx")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", made.PDF + made.DOCX),
        ("a.jpg", made.JPG + b"<script>alert(1)</script>"),
        ("a.png", made.PNG + made.zipped("a.class")),
    ],
)
def test_polyglot_is_what_it_begins_with(name: str, content: bytes) -> None:
    ending = name.rpartition(".")[2]

    assert recognise(BytesIO(content), name, MOST).extensions[0] == ending
    for other in {"docx", "txt", "pdf", "png", "jpg"} - {ending}:
        assert f"named .{other} but" in refusal(content, f"a.{other}")
    assert refusal(content, "a.html") == MUST_BE


def test_zip_bomb_is_refused_without_being_unpacked() -> None:
    content = made.bomb(4)
    assert len(content) < 100_000

    assert "unpack to more than 1 GB" in refusal(content, "a.docx")
    assert peak_of_reading(content) < 1_000_000


@pytest.mark.thorough
def test_smaller_bomb_is_taken_without_being_unpacked() -> None:
    content = made.bomb(0.5)

    assert recognise(BytesIO(content), "a.docx", MOST).name == "DOCX"
    assert peak_of_reading(content) < 1_000_000


@pytest.mark.parametrize("members", [10_000, 500_000])
def test_flood_of_members_is_refused_before_it_fills_the_memory(members: int) -> None:
    content = made.flooded_directory(members)

    assert "has too many parts" in refusal(content, "a.docx")
    assert peak_of_reading(content) < 20_000_000


@pytest.mark.parametrize("cut", range(8, len(made.DOCX), 7))
def test_broken_zip_is_taken_or_refused_in_words(cut: int) -> None:
    broken = made.DOCX[:cut] + b"\xff" + made.DOCX[cut + 1 :]

    try:
        outcome = recognise(BytesIO(broken), "a.docx", MOST).name
    except RefusedUploadError as error:
        outcome = str(error)

    assert outcome.startswith(("DOCX", "The selected file "))
