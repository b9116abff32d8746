"""How the facts are refused when a place of them is changed."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest

from audits.landscape.loader import load
from audits.strict_yaml.problems import Problem, RefusedFileError
from tests.frameworks.edited_pack import Refused, check_each_refused

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


def check_all_refused(
    folder: Path, rows: Iterable[Row], *, part_by_part: bool = False
) -> None:
    """Check that each change is refused, once, at its line and key, with its reason."""
    by_file: dict[str, list[Refused]] = {}
    for file, *row in rows:
        text = (folder / file).read_text("utf-8")
        by_file.setdefault(file, []).append(Refused(text, *row))

    for file, refused in by_file.items():
        text = refused[0].pack
        assert [x.old for x in refused if x.old not in text] == []
        problems = partial(_problems_of, folder, file)
        check_each_refused(refused, problems, part_by_part=part_by_part)
        (folder / file).write_text(text, "utf-8")


def _problems_of(folder: Path, file: str, text: str) -> tuple[Problem, ...]:
    (folder / file).write_text(text, "utf-8")
    return refusal(folder, file).problems


def line_of(folder: Path, file: str, part: str) -> int:
    text = (folder / file).read_text("utf-8")
    return text[: text.index(part)].count("\n") + 1
