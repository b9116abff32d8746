"""The files that real tools wrote: tests/evaluation_files/README.md says how."""

import json
import zipfile
from pathlib import Path
from typing import Any

from audits.evaluations.formats.recognised import read_evaluations
from audits.evaluations.runs import EvaluationFile

MADE = Path(__file__).parent.parent / "evaluation_files" / "made"


def names(pattern: str) -> list[str]:
    """Return the names of the files that fit; there are some."""
    found = sorted(path.name for path in MADE.glob(pattern))
    assert found, pattern
    return found


def raw(name: str) -> bytes:
    return (MADE / name).read_bytes()


def plain(name: str) -> Any:
    """Return what a JSON file says, as the standard library reads it."""
    return json.loads(raw(name))


def part(name: str, start: str, end: str) -> str:
    """Return the text of the one part of a zip file with such a name."""
    with zipfile.ZipFile(MADE / name) as packed:
        (found,) = (
            x for x in packed.namelist() if x.startswith(start) and x.endswith(end)
        )
        return packed.read(found).decode()


def read(name: str) -> EvaluationFile:
    return read_evaluations(raw(name))
