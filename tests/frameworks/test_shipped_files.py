"""A file that ships with a release is read as one shape, or refused with its lines."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from audits.strict_yaml.problems import Problem, RefusedFileError
from audits.strict_yaml.shipped import read_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    label: str
    books: int = 0


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
