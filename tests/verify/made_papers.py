"""Papers, and PDFs that are none."""

import zlib
from io import BytesIO

from pikepdf import Array, AttachedFileSpec, Encryption, Name, Pdf, Permissions

from tests.scoring.exchange.made_attachments import CASES, attachment

NAME = "assessment.json"
RAW = attachment(CASES[0])


def bytes_of(pdf: Pdf, encryption: Encryption | None = None) -> bytes:
    target = BytesIO()
    pdf.save(target, encryption=encryption or False)
    return target.getvalue()


def with_files(*files: tuple[str, bytes]) -> Pdf:
    """Return a PDF of one page with files attached."""
    pdf = Pdf.new()
    pdf.add_blank_page()
    for name, content in files:
        spec = AttachedFileSpec(pdf, content, filename=name)
        pdf.attachments[name] = spec
    return pdf


def paper(content: bytes = RAW) -> bytes:
    """Return a PDF with an assessment attached, like a board paper."""
    return bytes_of(with_files((NAME, content)))


def protected(password: str) -> bytes:
    allow = Permissions(modify_other=False)
    encryption = Encryption(owner="owner", user=password, allow=allow)
    return bytes_of(with_files((NAME, RAW)), encryption)


def zeros(megabytes: int) -> bytes:
    """Return so many megabytes of zeros, packed; only its checksum is wrong."""
    packer = zlib.compressobj(9)
    first, again = (
        packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
        for _ in range(2)
    )
    return first + again * (megabytes - 1) + packer.flush()


def bomb() -> bytes:
    """Return a paper whose attachment unpacks to 400 MB."""
    pdf = with_files((NAME, b""))
    stream = pdf.attachments[NAME].obj.EF.F
    stream.write(zeros(400), filter=Name.FlateDecode)
    return bytes_of(pdf)


def packed(filters: list[Name]) -> bytes:
    """Return a paper whose attachment says it is packed in some way."""
    pdf = with_files((NAME, b""))
    stream = pdf.attachments[NAME].obj.EF.F
    stream.write(zlib.compress(RAW), filter=filters)
    target = BytesIO()
    pdf.save(target, compress_streams=False)
    return target.getvalue()


def twice() -> bytes:
    """Return a paper with two files of that name."""
    pdf = with_files((NAME, RAW), ("b", RAW))
    names = pdf.Root.Names.EmbeddedFiles
    tree = names.Kids[0].Names if "/Kids" in names else names.Names
    for place in range(0, len(tree), 2):
        tree[place] = NAME
    return bytes_of(pdf)


def endless() -> bytes:
    """Return a PDF whose list of attached files has itself in it, over and over."""
    pdf = with_files((NAME, RAW))
    names = pdf.make_indirect(pdf.Root.Names.EmbeddedFiles)
    pdf.Root.Names.EmbeddedFiles = names
    names.Kids = Array([names] * 100)
    return bytes_of(pdf)


def unpacking_objects() -> bytes:
    """Return a PDF whose list of objects unpacks to 3 GB."""
    body = zeros(3_000)
    head = b"%PDF-1.7\n"
    start = len(head)
    stream = (
        b"1 0 obj <</Type/XRef/Size 99999999/W[1 4 4]/Root 2 0 R/Filter/FlateDecode"
        b"/Length %d>> stream\n" % len(body)
    )
    return b"%b%b%b\nendstream endobj\nstartxref\n%d\n%%%%EOF" % (
        *(head, stream, body),
        start,
    )


def nested() -> bytes:
    return b"%PDF-1.7\n1 0 obj " + b"[" * 500_000 + b"\ntrailer <</Root 1 0 R>>\n%%EOF"
