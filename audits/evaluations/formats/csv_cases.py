"""Reads a CSV file with a row for each case and candidate.

The columns are `case`, `candidate`, and `passed` or `score` or both; others are left
out. A comma, a semicolon or a tab separates the cells.
"""

from collections.abc import Mapping
from itertools import islice
from math import isfinite
from typing import NoReturn

from audits.evaluations.formats.case_ids import id_of, require_different
from audits.evaluations.formats.fields import visible
from audits.evaluations.runs import (
    MOST_CASES,
    MOST_RUNS,
    Case,
    EvaluationFile,
    RefusedEvaluationError,
    Run,
    totals,
    with_verdicts,
)
from audits.uploads.tables.csv_files import csv_rows
from audits.uploads.tables.tables import RefusedTableError

FILE = "CSV file"
_LINE_ENDS = (b"\n", b"\r", b"\n\0", b"\r\0")
_PASSED = ("passed", "pass")
_YES = ("yes", "true", "1", "pass", "passed")
_NO = ("no", "false", "0", "fail", "failed")
_WANTED = "the headings “case”, “candidate”, and “passed” or “score”"


def read_csv_cases(raw: bytes) -> EvaluationFile:
    """Return a run for each candidate.

    Raises:
        RefusedEvaluationError: A column, a cell or a case is missing, wrong or twice.
    """
    try:
        filled = ((line, cells) for line, cells in csv_rows(raw) if any(cells))
        rows = list(islice(filled, MOST_CASES + 2))
    except RefusedTableError as error:
        message = f"The {FILE} cannot be read: {_one_sentence(str(error))}"
        raise RefusedEvaluationError(message) from error
    if len(rows) > MOST_CASES + 1:
        _refuse(f"has more than {MOST_CASES:,} rows: split it")
    columns = _columns(rows[0][1] if rows else [])
    if len(rows) < 2:  # noqa: PLR2004 - the headings, and a row
        _refuse("has no rows below the headings: add one for each case and candidate")
    _require_whole(raw, *rows[-1], columns)
    found: dict[str, list[Case]] = {}
    for line, cells in rows[1:]:
        row = _Row(line, cells, columns)
        found.setdefault(row.name("candidate"), []).append(row.case())
    if len(found) > MOST_RUNS:
        _refuse(f"has more than {MOST_RUNS} candidates: split it")
    return EvaluationFile(
        format="CSV",
        runs=tuple(_run(candidate, cases) for candidate, cases in found.items()),
    )


def _require_whole(
    raw: bytes, line: int, cells: list[str], columns: Mapping[str, int]
) -> None:
    """Refuse a file that ends in the middle of a row."""
    if not raw.endswith(_LINE_ENDS) and len(cells) <= max(columns.values()):
        message = (
            f"The {FILE} ends in the middle of line {line:,}, so it was cut off. "
            "Export it again."
        )
        raise RefusedEvaluationError(message)


def _run(candidate: str, cases: list[Case]) -> Run:
    require_different(cases, FILE, f" for the candidate “{candidate}”")
    judged = with_verdicts(cases)
    added = totals(judged)
    return Run(
        tool="CSV",
        candidate=candidate,
        cases=judged,
        n=added.n,
        passed=added.passed,
        mean_score=added.mean_score,
    )


def _columns(headings: list[str]) -> dict[str, int]:
    """Return the place of each column that counts, by its name."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = heading.strip().casefold()
        name = "passed" if name in _PASSED else name
        if name not in ("case", "candidate", "passed", "score"):
            continue
        if name in places:
            _refuse(f"has the heading “{name}” twice: remove one, and select it again")
        places[name] = place
    for name in ("case", "candidate"):
        if name not in places:
            _refuse(f"has no column “{name}”: give it {_WANTED}")
    if "passed" not in places and "score" not in places:
        _refuse(f"has neither a column “passed” nor “score”: give it {_WANTED}")
    return places


class _Row:
    """A row of the file, whose cells are taken out by the name of their column."""

    def __init__(self, line: int, cells: list[str], columns: Mapping[str, int]) -> None:
        self._line = line
        self._cells = {
            name: cells[place].strip() if place < len(cells) else ""
            for name, place in columns.items()
        }

    def name(self, column: str) -> str:
        """Return a cell that must not be empty."""
        if not self._cells[column]:
            self._refuse(f"“{column}” is empty: fill it in")
        return id_of(self._cells[column])

    def case(self) -> Case:
        """Return what the row says of its case; one without a result is an error."""
        return Case(id=self.name("case"), passed=self._passed(), score=self._score())

    def _passed(self) -> bool | None:
        cell = self._cells.get("passed", "").casefold()
        if cell and cell not in (*_YES, *_NO):
            self._refuse(f"“passed” is “{visible(cell)}”: write yes or no")
        return cell in _YES if cell else None

    def _score(self) -> float | None:
        cell = self._cells.get("score", "")
        if not cell:
            return None
        try:
            number = float(cell)
        except ValueError:
            number = float("nan")
        if not isfinite(number) or "_" in cell:
            self._refuse(f"“score” is “{visible(cell)}”: write a number such as 0.75")
        return number

    def _refuse(self, what: str) -> NoReturn:
        message = f"In line {self._line:,} of the {FILE}, {what}."
        raise RefusedEvaluationError(message)


def _refuse(what: str) -> NoReturn:
    message = f"The {FILE} {what}."
    raise RefusedEvaluationError(message)


def _one_sentence(text: str) -> str:
    """Return the two sentences of a refused table as the end of one."""
    first, _, then = text.partition(". ")
    joined = f"{first}; {then[:1].lower()}{then[1:]}" if then else first
    return joined[:1].lower() + joined[1:]
