"""Sixty files that nobody would send in good faith."""

import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

type Named = tuple[str, bytes]

_SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlforma'
    'ts-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="'
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Over'
    'ride PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlform'
    'ats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/packa'
    'ge/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats'
    '.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
_BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="http://schemas.openxmlfor'
    'mats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" '
    'r:id="rId1"/></sheets></workbook>'
)
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def hostile() -> list[Named]:
    """Return the files with their names."""
    groups = (_spreadsheets(), _documents(), _archives(), _pdfs(), _pictures())
    return [one for group in (*groups, _texts(), _yaml()) for one in group]


def _zipped(**members: bytes | str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _xlsx(sheet: str | bytes, **more: bytes | str) -> bytes:
    book = _RELATIONS.format(kind="officeDocument", target="xl/workbook.xml")
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": book,
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            kind="worksheet", target="worksheets/sheet1.xml"
        ),
        _SHEET: sheet,
    }
    return _zipped(**(members | more))


def _sheet(rows: str) -> str:
    head = f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>'
    return f"{head}{rows}</sheetData></worksheet>"


def _docx(document: str | bytes) -> bytes:
    return _zipped(**{"[Content_Types].xml": _TYPES, "word/document.xml": document})


def _spreadsheets() -> Iterator[Named]:
    cells = "".join(f'<c r="{chr(65 + n % 26)}1"/>' for n in range(50))
    yield "empty cells.xlsx", _xlsx(_sheet(f"<row>{cells}</row>" * 120_000))
    yield "empty rows.xlsx", _xlsx(_sheet("<row/>" * 2_000_000))
    yield "wide.xlsx", _xlsx(_sheet("<row>" + "<c><v>1</v></c>" * 500_000 + "</row>"))
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "far away.xlsx", _xlsx(_sheet(far))
    yield "laughs.xlsx", _xlsx(_LAUGHS + "<worksheet>&j;</worksheet>")
    yield "deep.xlsx", _xlsx(_sheet("<row>" * 100_000))
    shared = f'<sst xmlns="{_MAIN}">{"<si><t>x</t></si>" * 1_000_000}</sst>'
    strings = {"xl/sharedStrings.xml": shared}
    yield "strings.xlsx", _xlsx(_sheet("<row/>"), **strings)
    everything = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    merged = _sheet("<row/>").replace("</worksheet>", f"{everything}</worksheet>")
    yield "merged.xlsx", _xlsx(merged)
    yield "zeros.xlsx", _xlsx(b"\0" * 200_000_000)
    yield "no sheet.xlsx", _zipped(**{"[Content_Types].xml": _TYPES})
    yield (
        "formula.xlsx",
        _xlsx(
            _sheet('<row><c r="A1"><f>WEBSERVICE("http://127.0.0.1/")</f></c></row>')
        ),
    )


def _documents() -> Iterator[Named]:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = f'<?xml version="1.0"?><w:document xmlns:w="{word}">'
    yield "zeros.docx", _docx(b"\0" * 200_000_000)
    yield "laughs.docx", _docx(_LAUGHS + "<x>&j;</x>")
    yield "deep.docx", _docx(head + "<w:p>" * 200_000)
    yield (
        "long.docx",
        _docx(head + "<w:p><w:t>" + "x" * 30_000_000 + "</w:t></w:p></w:document>"),
    )
    yield "parts.docx", _zipped(**{f"word/{n}.xml": b"" for n in range(20_000)})
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    yield "outside.docx", _docx(f'<?xml version="1.0"?>{outside}<x>&e;</x>')
    yield "not xml.docx", _docx("word " * 1000)


def _archives() -> Iterator[Named]:
    inner = _zipped(zeros=b"\0" * 50_000_000)
    nested = _zipped(**{f"{n}.zip": inner for n in range(20)})
    yield "nested.xlsx", nested
    yield "traversal.xlsx", _zipped(**{"../../etc/passwd": "x", "xl/workbook.xml": ""})
    yield "cut off.xlsx", _xlsx(_sheet("<row/>"))[:-40]
    lying = bytearray(_xlsx(_sheet("<row/>" * 1000)))
    place = lying.rfind(b"PK\x01\x02")
    lying[place + 24 : place + 28] = struct.pack("<I", 10)
    yield "lying.xlsx", bytes(lying)
    tape = io.BytesIO()
    with tarfile.open(fileobj=tape, mode="w:gz") as tar:
        tar.addfile(tarfile.TarInfo("x"))
    yield "tape.xlsx", tape.getvalue()
    yield "gzip.csv", gzip.compress(b"\0" * 20_000_000)
    yield "old office.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096


def _pdf(*objects: bytes, root: int = 1) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer\n<</Size %d/Root %d 0 R>>\n" % (size, root)
        + b"startxref\n%d\n%%%%EOF\n" % len(body)
    )


def _pdfs() -> Iterator[Named]:
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    zeros = zlib.compress(b" " * 200_000_000)
    bomb = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(zeros) + zeros
    yield "bomb.pdf", _pdf(catalogue, pages, page, bomb + b"\nendstream")
    yield "loop.pdf", _pdf(catalogue, b"<</Type/Pages/Kids[2 0 R]/Count 9>>")
    yield "million.pdf", _pdf(catalogue, b"<</Type/Pages/Kids[]/Count 1000000>>")
    yield "deep.pdf", _pdf(b"[" * 100_000 + b"]" * 100_000)
    names = b"<</Type/Catalog/Names<</EmbeddedFiles 2 0 R>>>>"
    yield "names.pdf", _pdf(names, b"<</Kids[2 0 R 2 0 R 2 0 R]>>")
    attached = b"<</Names[(assessment.json)<</EF<</F 3 0 R>>>>]>>"
    yield "attached bomb.pdf", _pdf(names, attached, bomb + b"\nendstream")
    garbage = b"<</Length 9>>stream\n{" + b"[" * 50_000 + b"\nendstream"
    yield "attached garbage.pdf", _pdf(names, attached, garbage)
    yield "many objects.pdf", _pdf(catalogue, *[b"<<>>"] * 100_000)
    yield "only a head.pdf", b"%PDF-1.7\n"
    yield "script.pdf", _pdf(b"<</Type/Catalog/OpenAction<</S/JavaScript/JS(app)>>>>")


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def _pictures() -> Iterator[Named]:
    magic = b"\x89PNG\r\n\x1a\n"
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 6, 0, 0, 0))
    rows = _chunk(b"IDAT", zlib.compress(b"\0" * 20_000_000))
    yield "flood.png", magic + head + rows + _chunk(b"IEND", b"")
    yield (
        "text bomb.png",
        magic + head + _chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 50_000_000)),
    )
    yield "only magic.png", magic
    yield "only magic.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 20
    yield "page.png", magic + b"<script>alert(1)</script>"
    yield "page.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def _texts() -> Iterator[Named]:
    head = b"Reference,Name,Team,What it does\n"
    yield "one line.csv", b"a," * 2_400_000
    yield "one cell.csv", head + b'"' + b"x" * 4_000_000 + b'"\n'
    yield "open quote.csv", head + b'"open,' * 200_000
    yield "nul.csv", head + b"\0" * 1000
    yield "latin.csv", head + b"A-1,caf\xe9,x,y\n"
    yield "formulas.csv", head + b"=1+1,+1,-1,@x\n" * 100
    yield "many rows.csv", head + b"A,b,c,d\n" * 600_000
    yield "marks.csv", head + ("A-1,\u202egnp.exe,\u200b,\ufeff\n" * 10).encode()
    yield "utf-16.csv", b"\xff\xfe" + "A,b\n".encode("utf-16-le") * 1000
    yield "empty.csv", b""
    yield "page.txt", b"<!doctype html><script>alert(1)</script>"
    yield "deep.json", b"[" * 1_000_000
    yield "numbers.json", json.dumps({"n": 10**300}).encode() * 1000
    yield "../../name.txt", b"where am I"
    yield "name\r\nX-Evil: 1.txt", b"a header"


def _yaml() -> Iterator[Named]:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n"
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield "aliases.yaml", bomb.encode()
    yield "deep.yaml", b"[" * 20_000
    yield "tags.yaml", b"a: !!python/object/apply:os.system ['true']\n"
    yield "long.yaml", b"- x\n" * 60_000
