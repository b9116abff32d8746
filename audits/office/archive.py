"""Writes an office file again so that equal content has equal bytes."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can tell
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)")
_FIXED = rb"\g<1>1980-01-01T00:00:00Z\g<3>"


def fixed(content: bytes) -> bytes:
    """Return a file without the moment at which its parts, or tables in it, were made.

    The dates of the document itself stay: they are those of what it says.
    """
    return _written(content, is_inner=False)


def _written(content: bytes, *, is_inner: bool) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith(".xlsx"):
                part = _written(part, is_inner=True)
            elif is_inner and name == "docProps/core.xml":
                part = _TIMES.sub(_FIXED, part)
            entry = ZipInfo(name, _FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, part)
    return target.getvalue()
