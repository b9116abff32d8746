"""Keeps what was found of each change, so that a run that was stopped goes on."""

import json
from hashlib import sha256
from pathlib import Path

from tests.mutation.access.swaps import ROOT
from tests.mutation.mutants import Mutant


class Record:
    """A file with a line of JSON for each change; of the last, if it was tried twice.

    A change is known by the whole text of its file with it.
    """

    def __init__(self, file: Path | None) -> None:
        self.file = file
        lines = file.read_text().splitlines() if file and file.exists() else []
        found = map(json.loads, lines)
        self.found = {each["text"]: each["found"] for each in found}

    def noticed(self, mutant: Mutant) -> bool:
        found: str = self.found.get(text_of(mutant), "")
        return found.startswith("killed")

    def add(self, mutant: Mutant, found: str) -> None:
        if self.file:
            said = {"text": text_of(mutant), "change": str(mutant), "found": found}
            with self.file.open("a") as file:
                file.write(json.dumps(said, ensure_ascii=False) + "\n")


def text_of(mutant: Mutant) -> str:
    source = (ROOT / mutant.file).read_bytes()
    return sha256(mutant.applied_to(source)).hexdigest()
