"""A mutant in its file, as long as it is tried, and what is loaded from it."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.mutation.mutants import Mutant

TREE = Path.cwd()


def loaded_framework(file: str) -> Any:
    """Return a framework, which is loaded from here on; None if it is refused."""
    loader = importlib.import_module("audits.frameworks.loading.loader")
    problems = importlib.import_module("audits.strict_yaml.problems")
    path = Path(file)
    try:
        return loader.published(path.parent.name, int(path.stem[1:]))
    except problems.RefusedFileError:
        return None


@contextmanager
def written(mutant: Mutant) -> Iterator[tuple[bytes, bytes]]:
    """Put the mutant into its file as long as it is tried."""
    file = TREE / mutant.file
    before = file.read_bytes()
    after = mutant.applied_to(before)
    file.write_bytes(after)
    try:
        yield before, after
    finally:
        file.write_bytes(before)
