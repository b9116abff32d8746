"""The files of a large pack in one zip: the overview, and a paper for each decision.

Stored papers are copied a piece at a time, without compression: a PDF is already
compressed. Equal papers give equal bytes: every file has the same date.
"""

import shutil
from collections.abc import Iterable
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

OVERVIEW = "000-overview.pdf"
_DATED = (1980, 1, 1, 0, 0, 0)  # the earliest date in a zip
_READABLE = 0o644 << 16
_UNIX = 3


def write_zip(
    target: IO[bytes], overview: bytes, papers: Iterable[tuple[str, IO[bytes]]]
) -> None:
    """Write the zip.

    Args:
        target: The file to write to; it stays open.
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
    entry.create_system = _UNIX  # otherwise it would name the system that made it
    entry.external_attr = _READABLE
    return entry
