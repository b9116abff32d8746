"""Stored files are whole or not there."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from audits.atomic_storage import AtomicStorage


class BreaksOff(ContentFile[bytes]):
    """Hands out its first bytes, and then the disk is full."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"the first bytes"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_files_are_stored_whole_by_default() -> None:
    assert isinstance(storages["default"], AtomicStorage)


def test_stored_file_has_its_content_and_nothing_beside_it(tmp_path: Path) -> None:
    storage = AtomicStorage(location=tmp_path, file_permissions_mode=0o600)

    name = storage.save("reports/a.pdf", ContentFile(b"%PDF"))

    assert name == "reports/a.pdf"
    assert [file.name for file in (tmp_path / "reports").iterdir()] == ["a.pdf"]
    assert (tmp_path / name).read_bytes() == b"%PDF"
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_file_of_the_same_name_is_not_overwritten(tmp_path: Path) -> None:
    storage = AtomicStorage(location=tmp_path)

    names = [storage.save("a.pdf", ContentFile(text)) for text in (b"1", b"2")]

    assert [(tmp_path / name).read_bytes() for name in names] == [b"1", b"2"]


def test_write_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    storage = AtomicStorage(location=tmp_path)

    with pytest.raises(OSError, match="No space left"):
        storage.save("a.pdf", BreaksOff(b""))

    assert list(tmp_path.iterdir()) == []


def test_what_broke_off_long_ago_is_removed_wherever_it_is(tmp_path: Path) -> None:
    storage = AtomicStorage(location=tmp_path)
    whole = storage.save("evidence/tenant/a", ContentFile(b"whole"))
    parts = ["reports/a.pdf.1a2b3c4d.part", "evidence/tenant/b.1a2b3c4d.part"]
    parts += ["logos/c.png.1a2b3c4d.part", "logos/young.png.1a2b3c4d.part"]
    for name in parts:
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(b"the first bytes")
    for name in (whole, *parts[:3]):
        os.utime(tmp_path / name, (1000, 1000))

    assert storage.remove_unfinished(before=2000) == 3

    left = sorted(p.name for p in tmp_path.rglob("*") if p.is_file())
    assert left == ["a", "young.png.1a2b3c4d.part"]
