"""Reads a file that ships with this release as one shape."""

from pathlib import Path

from audits.strict_yaml.nodes import compose
from audits.strict_yaml.problems import RefusedFileError
from audits.strict_yaml.reader import Reader, Refused


def read_file[T](file: Path, shape: type[T]) -> T:
    """Return what a file holds.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    reader = Reader()
    node = compose(file.read_bytes(), file.name)
    try:
        found: T = reader.read(node, shape, "")
    except Refused:
        raise RefusedFileError(file.name, reader.problems) from None
    if reader.problems:
        raise RefusedFileError(file.name, reader.problems)
    return found
