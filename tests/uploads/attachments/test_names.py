"""Names of files and links, made safe."""

import pytest

from audits.uploads.attachments.names import cleaned_file_name, cleaned_label


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Test run.pdf", "Test run.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ana\\run.csv", "run.csv"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066a\u2069.pdf", "a.pdf"),
        ("  a \u00a0 b .pdf", "a b.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("\ud800a.pdf", "a.pdf"),
        (".pdf", "file.pdf"),
        ("", "file"),
        ("..", "file"),
        ("报告 \u200f2026.pdf", "报告 2026.pdf"),
    ],
)
def test_file_name_keeps_what_is_safe(given: str, kept: str) -> None:
    assert cleaned_file_name(given) == kept


@pytest.mark.parametrize("letter", ["a", "ü", "报", "👩‍🔬"])
def test_long_file_name_is_cut_and_keeps_its_ending(letter: str) -> None:
    name = cleaned_file_name(letter * 300 + ".docx")

    assert len(name) <= 200
    assert name.startswith(letter)
    assert name.endswith(".docx")


def test_long_name_without_an_ending_is_cut() -> None:
    assert cleaned_file_name("a" * 300) == "a" * 200


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Test \r\n run\t", "Test run"),
        ("a/b\\c", "a/b\\c"),
        ("\u202egro.live", "gro.live"),
        ("a\x07b\u2028c", "ab c"),
        ("x" * 300, "x" * 200),
    ],
)
def test_label_is_one_line_of_what_is_seen(given: str, kept: str) -> None:
    assert cleaned_label(given) == kept
