"""How the facts are refused when a place of them is changed."""

from pathlib import Path

import pytest

from audits.landscape.loader import load
from audits.strict_yaml.problems import RefusedFileError

# The file, the text replaced, its replacement, a text on the line at fault, the key and
# the message.
type Row = tuple[str, str, str, str, str, str]


def refusal(folder: Path, file: str, *changes: tuple[str, str]) -> RefusedFileError:
    """Return how the facts are refused after the first places named are changed."""
    text = (folder / file).read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / file).write_text(text, "utf-8")
    with pytest.raises(RefusedFileError) as caught:
        load(folder)
    assert caught.value.file == file
    return caught.value


def line_of(folder: Path, file: str, part: str) -> int:
    text = (folder / file).read_text("utf-8")
    return text[: text.index(part)].count("\n") + 1
