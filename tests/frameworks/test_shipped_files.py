"""A file that ships with a release is read as one shape, or refused with its lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from audits.strict_yaml.plain_strings import without_lines
from audits.strict_yaml.problems import Problem, RefusedFileError
from audits.strict_yaml.shipped import read_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    label: str
    books: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    shelves: tuple[Shelf, ...]
    names: Mapping[str, tuple[str, ...]]


def refused(file: Path, text: str) -> tuple[Problem, ...]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFileError) as caught:
        read_file(file, Shelf)
    return caught.value.problems


def test_file_is_read_as_its_shape(tmp_path: Path) -> None:
    file = tmp_path / "shelf.yaml"
    file.write_text("label: Top\nbooks: 3\n", encoding="utf-8")

    assert read_file(file, Shelf) == Shelf(label="Top", books=3)


def test_every_problem_is_named_with_its_line(tmp_path: Path) -> None:
    missing = refused(tmp_path / "a.yaml", "books: three\nbook: 1\n")
    unknown = refused(tmp_path / "b.yaml", "label: Top\nbook: 1\n")

    assert {(each.line, each.key) for each in missing} >= {(1, "books"), (2, "book")}
    assert [(each.line, each.key) for each in unknown] == [(2, "book")]


def test_what_was_read_is_plain_and_equal_words_are_one(tmp_path: Path) -> None:
    """The line of a word is for messages about it, and it has none any more."""
    file = tmp_path / "library.yaml"
    file.write_text(
        "shelves: [{label: Top}, {label: Low}]\nnames: {Low: [Top, Low]}\n", "utf-8"
    )

    library = without_lines(read_file(file, Library))

    words = [
        *(shelf.label for shelf in library.shelves),
        *library.names,
        *library.names["Low"],
    ]
    assert words == ["Top", "Low", "Low", "Top", "Low"]
    assert {type(word) for word in words} == {str}
    assert len({id(word) for word in words}) == 2
