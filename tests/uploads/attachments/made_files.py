"""Files of every kind, as small as they may be, and hostile ones."""

import struct
import zipfile
from copy import copy
from io import BytesIO

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x75\x30\x00\x00\x75\x30"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
OLD_DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")
MACROS = zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
BOTH = zipped("[Content_Types].xml", "word/document.xml", "xl/workbook.xml")


def encrypted() -> bytes:
    """Return a DOCX whose members say they are encrypted."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, "<x/>")
        for member in archive.filelist:
            member.flag_bits |= 1
    return file.getvalue()


def bomb(gigabytes: float) -> bytes:
    """Return a DOCX of some 40 kB that unpacks to gigabytes.

    Its members share one stream of 40 MB of blanks.
    """
    each = 40 * 1024 * 1024
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", b" " * each)
        document = archive.filelist[-1]
        for number in range(int(gigabytes * 1024**3 / each) - 1):
            twin = copy(document)
            twin.filename = f"word/part{number}.xml"
            archive.filelist.append(twin)
    return file.getvalue()


def flooded_directory(members: int) -> bytes:
    """Return a ZIP that is nothing but a list of nameless members."""
    head = b"PK\x03\x04" + bytes(26)
    directory = (b"PK\x01\x02" + bytes(42)) * members
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), len(head), 0
    )
    return head + directory + end
