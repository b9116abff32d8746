"""A zip of JSON lines and files, with the SHA-256 of each and one of all."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import models

MANIFEST = "manifest.json"
# What an export has to be read, and no import takes; no hash of the content covers it.
ASIDE = "not-imported"
_PIECE = 64 * 1024
_DAY = (1980, 1, 1, 0, 0, 0)


class Archive:
    """A zip that is being written; equal content has equal hashes."""

    def __init__(self, file: IO[bytes], kind: str) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.kind, self.digests = kind, dict[str, str]()

    def add_some(self, name: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Write rows if there are any, and return how many there are."""
        found = iter(rows)
        for first in found:
            return self.add_rows(name, chain((first,), found))
        return 0

    def add_text(self, name: str, text: str) -> None:
        """Write a text."""
        content = text.encode()
        self._zip.writestr(_entry(name), content)
        self.digests[name] = hashlib.sha256(content).hexdigest()

    def add_rows(self, name: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Write rows, one a line, and return how many there are."""
        digest, number = hashlib.sha256(), 0
        with self._zip.open(_entry(name), "w", force_zip64=True) as out:
            for row in rows:
                text = json.dumps(row, sort_keys=True, ensure_ascii=False)
                line = f"{text}\n".encode()
                digest.update(line)
                out.write(line)
                number += 1
        self.digests[name] = digest.hexdigest()
        return number

    def add_stored(self, name: str) -> bool:
        """Copy a stored file; False if it is not there."""
        path = f"files/{name}"
        if not name or path in self.digests or not default_storage.exists(name):
            return False
        digest = hashlib.sha256()
        with (
            default_storage.open(name) as stored,
            self._zip.open(_entry(path), "w", force_zip64=True) as out,
        ):
            while piece := stored.read(_PIECE):
                digest.update(piece)
                out.write(piece)
        self.digests[path] = digest.hexdigest()
        return True

    def close(self) -> str:
        """Write the manifest, and return the SHA-256 of all content."""
        found = content_hash(self.digests)
        manifest = {"kind": self.kind, "content": found, "files": self.digests}
        text = json.dumps(manifest, indent=1, sort_keys=True)
        self._zip.writestr(_entry(MANIFEST), text)
        self._zip.close()
        return found


def content_hash(digests: Mapping[str, str]) -> str:
    """Return the SHA-256 of names with their digests, in their order."""
    own = [pair for pair in digests.items() if not pair[0].startswith(f"{ASIDE}/")]
    text = json.dumps(sorted(own), separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stored_files(row: models.Model) -> list[str]:
    """Return the names of the stored files of a row."""
    fields = row._meta.concrete_fields
    found = [f for f in fields if isinstance(f, models.FileField)]
    return [name for f in found if (name := f.value_from_object(row).name)]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
