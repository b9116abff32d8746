"""Hostile files to every page that takes one: a sentence, soon, and nothing stored."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from audits.uploads.reading import process
from audits.uploads.reading.limits import Limits
from audits.uploads.reading.places import reading_for
from tests.casting import Cast
from tests.examples import all_but, some_of
from tests.uploads import bombs
from tests.uploads.intakes import INTAKES, everything, page_of
from tests.uploads.peak import MEGABYTE, measured
from tests.verify import made_papers

pytestmark = pytest.mark.once

TABLE_BROKEN = "The file cannot be read as XLSX."
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "120,000 rows of 50 empty cells": (
        *("import", bombs.empty_cells),
        "The sheet has more than 1,500,000 cells, empty ones included. Copy the rows",
    ),
    "text that a million cells share": (
        *("import", bombs.shared_text),
        "The file has more than 5,000,000 characters. Split it",
    ),
    "two million texts": ("import", bombs.many_texts, "more than 500,000 texts"),
    "a million columns": (
        *("import", bombs.wide_row),
        "The sheet has more than 16,384 columns; the limit is 200.",
    ),
    "deep sheet": ("import", bombs.deep_sheet, TABLE_BROKEN),
    "laughing sheet": ("import", bombs.laughing_sheet, TABLE_BROKEN),
    "laughing texts": ("import", bombs.laughing_texts, TABLE_BROKEN),
    "laughing styles": ("import", bombs.laughing_styles, TABLE_BROKEN),
    "sheet of 4 GB": (
        *("import", bombs.four_gigabytes),
        "The file is too large when unpacked. Keep only the sheet you need.",
    ),
    "line of 5 MB": (
        *("import", lambda: bombs.LONG_LINE),
        "Line 1 has more than 500,000 characters, or a cell of more than 32,767.",
    ),
    "line of five million cells": (
        *("import", lambda: bombs.MANY_COMMAS),
        "Line 1 has more than 500,000 characters, or a cell of more than 32,767.",
    ),
    "document of 200 MB": (
        *("tokens", bombs.blank_docx),
        "the .docx file unpacks to more than 100 MB",
    ),
    "document of 4 GB": (
        *("tokens", lambda: bombs.four_gigabytes("word/document.xml")),
        "the .docx file is broken",
    ),
    "deep document": (
        *("tokens", bombs.deep_docx),
        "the file is too complex to read; save its text as a .txt file",
    ),
    "laughing document": (
        *("tokens", bombs.laughing_docx),
        "the .docx file has a document type declaration, which Word never writes",
    ),
    "objects of 3 GB": ("tokens", made_papers.unpacking_objects, "the PDF is broken"),
    "pages in a circle": ("tokens", bombs.pages_in_a_circle, "the PDF is broken"),
    "page of 400 MB": ("tokens", bombs.endless_page, "the file has no text"),
    "nested objects": ("tokens", made_papers.nested, "the PDF is broken"),
    "evidence of 4 GB": (
        *("evidence", lambda: bombs.four_gigabytes("word/document.xml")),
        "The selected file would unpack to more than 1 GB.",
    ),
    "900 million pixels": (
        *("logo", bombs.pixels),
        "The picture has 30,000 × 30,000 pixels. Choose one of up to 4,000 × 4,000",
    ),
    "aliases": (
        *("impact", bombs.ALIASES.encode),
        "Line 1, file: aliases and anchors are not allowed",
    ),
    "deep YAML": ("impact", bombs.DEEP_YAML.encode, "Line 1, file: not YAML"),
    "wrong words": ("impact", bombs.WRONG_WORDS.encode, "And "),
    # The reader runs out of time or, on a fast machine, out of memory.
    "paper with objects of 3 GB": (
        *("verify", made_papers.unpacking_objects),
        "The PDF is broken",
    ),
    "paper with pages in a circle": (
        *("verify", bombs.pages_in_a_circle),
        "The PDF is broken. Download the paper again.",
    ),
}


# Another of the same kind stays, for the same reader.
ALIKE = {
    *("120,000 rows of 50 empty cells", "document of 200 MB", "deep document"),
    *("paper with objects of 3 GB", "two million texts", "line of five million cells"),
    *("laughing texts", "laughing styles", "deep sheet", "sheet of 4 GB"),
    *("nested objects", "pages in a circle", "wrong words", "deep YAML"),
}


@pytest.mark.parametrize("name", all_but(HOSTILE, HOSTILE.keys() - ALIKE))
def test_hostile_file_is_refused_after_little_work_of_another_process(
    cast: Cast, name: str
) -> None:
    to, make, said = HOSTILE[name]
    intake, content = INTAKES[to], make()
    before, start = everything(), os.times()

    with measured() as growth:
        response = intake.send(cast, content)

    assert _worked(since=start) < 10
    # The client of this test holds the file twice itself.
    assert growth.most - 3 * len(content) < 50 * MEGABYTE
    assert response.status_code == intake.refused
    assert said in page_of(response)
    assert intake.typed in page_of(response)
    assert everything() == before


def _worked(since: os.times_result) -> float:
    """Return the seconds of work of processes that were started and ended."""
    now = os.times()
    return now.children_user + now.children_system - sum(since[2:4])


def test_pixels_behind_an_answer_are_kept_unread(cast: Cast) -> None:
    with measured() as growth:
        response = INTAKES["evidence"].send(cast, bombs.pixels(), "a.png")

    assert response.status_code == 302
    assert growth.most < 50 * MEGABYTE


# Of a logo that says it is a PNG no more than its head is read.
GARBAGE = [(t, g) for t in INTAKES for g in bombs.GARBAGE if (t, g) != ("logo", "PNG")]


@pytest.mark.parametrize(("to", "garbage"), some_of(GARBAGE, 4))
def test_garbage_with_any_beginning_is_refused(
    cast: Cast, to: str, garbage: str
) -> None:
    intake, before = INTAKES[to], everything()

    response = intake.send(cast, bombs.GARBAGE[garbage])

    assert response.status_code == intake.refused
    assert intake.typed in page_of(response)
    assert everything() == before


WAYS_TO_END: dict[str, dict[str, Any]] = {
    "out of memory": {"limits": Limits(memory=1)},
    "too late": {"limits": Limits(wall=0)},
    "killed": {"function": "tests.uploads.reading.readers:dies"},
    "without an answer": {"function": "tests.uploads.reading.readers:ends"},
    "with another answer": {"function": "tests.uploads.reading.readers:odd"},
}


@pytest.mark.parametrize(("to", "way"), some_of(product(INTAKES, WAYS_TO_END), 6))
def test_reader_that_ends_in_any_way_is_told_of_and_nothing_is_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, to: str, way: str
) -> None:
    intake = INTAKES[to]
    changed = replace(intake.reader._READER, **WAYS_TO_END[way])
    monkeypatch.setattr(intake.reader, "_READER", changed)
    before = everything()

    response = intake.send(cast, b"whatever it holds")

    assert response.status_code == intake.refused
    assert changed.too_much in page_of(response)
    assert "too complex to read" in changed.too_much
    assert intake.typed in page_of(response)
    assert everything() == before


@pytest.fixture
def no_place(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(process, "_LONGER", 0.05)
    with ExitStack() as taken:
        for _ in range(process.SHARES.all):
            taken.enter_context(process._places.taken(0, 0))
        yield


@pytest.mark.usefixtures("no_place")
@pytest.mark.parametrize("to", some_of(INTAKES, 2))
def test_file_for_which_there_is_no_place_may_be_sent_again(
    cast: Cast, to: str
) -> None:
    intake, before = INTAKES[to], everything()

    response = intake.send(cast, b"whatever it holds")

    assert response.status_code == intake.busy
    assert "Try again in a moment." in page_of(response)
    assert intake.typed in page_of(response)
    assert everything() == before


def test_file_of_somebody_whose_other_file_is_read_waits(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_PATIENCE", 0.05)
    intake, ours = INTAKES["tokens"], cast.ours
    with (
        reading_for(ours.contributor.pk, ours.organization.pk),
        process._places.taken(0, 0),
    ):
        response = intake.send(cast, b"whatever it holds")

    assert response.status_code == intake.busy
    assert "Attune is still reading another file of yours." in page_of(response)
