"""The files of a large pack in one zip: the overview, and a paper for each decision.

Papers are copied from where they are stored, a piece at a time, and not packed again:
a PDF is packed already. Equal papers give equal bytes: every file has the same date.
"""

import shutil
from collections.abc import Iterable
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

OVERVIEW = "000-overview.pdf"
_DATED = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can tell
_READABLE = 0o644 << 16
_UNIX = 3


def write_zip(
    target: IO[bytes], overview: bytes, papers: Iterable[tuple[str, IO[bytes]]]
) -> None:
    """Write the zip.

    Args:
        target: Where to; it is left open.
        overview: The overview's bytes.
        papers: The name of each paper and its open file, which is closed.
    """
    with ZipFile(target, "w", ZIP_STORED) as packed:
        packed.writestr(_entry(OVERVIEW), overview)
        for name, paper in papers:
            with paper, packed.open(_entry(name), "w") as copy:
                shutil.copyfileobj(paper, copy, 1 << 20)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _DATED)
    entry.create_system = _UNIX  # or it would tell where it was made
    entry.external_attr = _READABLE
    return entry
