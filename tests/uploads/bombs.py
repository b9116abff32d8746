"""Files that are small, and grow or never end when they are read."""

import io
import os
import struct
import zipfile
import zlib
from functools import cache

from tests.uploads.tables.made_sheets import GOOD_ROW, HEADINGS, xlsx

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRINGS = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)


def book(sheet: str, strings: str = "") -> bytes:
    """Return a book with this XML in its first sheet, and between its shared texts."""
    root = f'<worksheet xmlns="{SHEET}">'
    return replaced(
        {
            "xl/worksheets/sheet1.xml": f"{root}{sheet}</worksheet>",
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
        }
    )


def replaced(parts: dict[str, str]) -> bytes:
    """Return a book with some of its parts replaced, shared texts among them."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(HEADINGS, GOOD_ROW))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        kinds = old.read("[Content_Types].xml").decode()
        own = {
            **{name: old.read(name).decode() for name in old.namelist()},
            "[Content_Types].xml": kinds.replace("</Types>", f"{_STRINGS}</Types>"),
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}"/>',
        }
        for name, content in (own | parts).items():
            new.writestr(name, content)
    return made.getvalue()


@cache
def empty_cells() -> bytes:
    """Return 120,000 rows of 50 empty cells, in about 100 kB."""
    row = f"<row>{'<c/>' * 50}</row>"
    return book(f"<sheetData>{row * 120_000}</sheetData>")


def empty_below(rows: int) -> bytes:
    """Return a good table with so many rows of formatted, empty cells below it."""
    cells = "".join(
        f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Name", "Team")
    )
    below = "".join(
        f'<row r="{line}"><c r="A{line}" s="0"/></row>' for line in range(3, rows + 3)
    )
    return book(f"<sheetData>{f'<row>{cells}</row>' * 2}{below}</sheetData>")


@cache
def shared_text() -> bytes:
    """Return a million cells of the same 5,000 characters."""
    row = "<row>{}</row>".format('<c t="s"><v>0</v></c>' * 50)
    heads = "".join(f'<c t="inlineStr"><is><t>h{n}</t></is></c>' for n in range(50))
    return book(
        f"<sheetData><row>{heads}</row>{row * 19_000}</sheetData>",
        f"<si><t>{'x' * 5_000}</t></si>",
    )


@cache
def many_texts() -> bytes:
    return book("<sheetData/>", "<si><t/></si>" * 2_000_000)


@cache
def wide_row() -> bytes:
    """Return a row of a million cells."""
    return book(f"<sheetData><row>{'<c><v>1</v></c>' * 1_000_000}</row></sheetData>")


@cache
def deep_sheet() -> bytes:
    return book("<a>" * 3_000_000)


def laughing_sheet() -> bytes:
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData><row><c t="str"><v>&a11;</v></c>'
    return replaced(
        {"xl/worksheets/sheet1.xml": f"{LAUGHS}{sheet}</row></sheetData></worksheet>"}
    )


def laughing_texts() -> bytes:
    texts = f'<sst xmlns="{SHEET}"><si><t>&a11;</t></si></sst>'
    return replaced({"xl/sharedStrings.xml": f"{LAUGHS}{texts}"})


def laughing_styles() -> bytes:
    styles = f'<styleSheet xmlns="{SHEET}">&a11;</styleSheet>'
    return replaced({"xl/styles.xml": f"{LAUGHS}{styles}"})


@cache
def four_gigabytes(main: str = "xl/workbook.xml") -> bytes:
    """Return an office file of 64 parts that share one stream of 64 MB of blanks."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", "<Relationships/>")
        with archive.open(main, "w", force_zip64=True) as part:
            for _ in range(64):
                part.write(b" " * 2**20)
        twin = archive.filelist[-1]
        for number in range(63):
            copy = zipfile.ZipInfo(f"xl/part{number}.xml")
            for name in ("header_offset", "compress_size", "file_size", "CRC"):
                setattr(copy, name, getattr(twin, name))
            copy.compress_type = twin.compress_type
            archive.filelist.append(copy)
    return made.getvalue()


def docx(body: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    return made.getvalue()


@cache
def blank_docx() -> bytes:
    """Return a .docx whose text unpacks to 200 MB."""
    return docx(f'<w:t xmlns:w="{WORD}">{" " * 200 * 2**20}</w:t>')


@cache
def deep_docx() -> bytes:
    return docx("<a>" * 30_000_000)


def laughing_docx() -> bytes:
    return docx(f'{LAUGHS}<w:t xmlns:w="{WORD}">&a11;</w:t>')


def pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, of which the first is the catalogue."""
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer <</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(made)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def pages_in_a_circle() -> bytes:
    return pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[2 0 R 2 0 R]>>")


def stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (
        head,
        len(content),
        content,
    )


@cache
def packed_zeros(megabytes: int) -> bytes:
    """Return so many megabytes of zeros, packed as one of them again and again."""
    packer = zlib.compressobj(9)
    first, again = (
        packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
        for _ in range(2)
    )
    checksum = megabytes * 2**20 % 65_521 << 16 | 1  # Adler-32, as in RFC 1950
    end = packer.flush()[:-4] + checksum.to_bytes(4)
    return first + again * (megabytes - 1) + end


@cache
def endless_page() -> bytes:
    """Return a PDF whose one page unpacks to 400 MB."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return pdf(CATALOGUE, pages, page, stream(packed_zeros(400)))


LONG_LINE = b"x" * 4_999_999
MANY_COMMAS = b"," * 4_999_998 + b"x"
ALIASES = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
DEEP_YAML = "[" * 200_000
# Every word is compared with every word that is known.
WRONG_WORDS = "\n".join(f"{f'quetsions{n}' * 6}: x" for n in range(3_000))

NOISE = os.urandom(20_000)
GARBAGE = {
    name: magic + NOISE
    for name, magic in {
        "PK": b"PK\x03\x04",
        "PDF": b"%PDF-1.7\n",
        "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "PNG": b"\x89PNG\r\n\x1a\n",
        "JPG": b"\xff\xd8\xff\xe0",
        "UTF-16": b"\xff\xfe",
        "none": b"\x00",
    }.items()
}


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


@cache
def pixels() -> bytes:
    """Return a good PNG of 30,000 by 30,000 pixels, 900 million, in 110 kB."""
    side = 30_000
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", rows), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
