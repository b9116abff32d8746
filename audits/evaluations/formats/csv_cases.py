"""Reads a CSV file with a row for each case and candidate.

One with a row for each case and a column for each candidate is turned into that first
(`csv_wide`). The columns are `case`, `candidate`, and `passed` or `score` or both, and
a time and a cost (`csv_numbers`), and what was wrong (`fault_words`); others are left
out. A comma, a semicolon or a tab
separates the cells. How scores are written is told by the whole file, and all faults of
its rows are named together. A row with an empty cell or the word “error” for its result
is a case that has not passed, unless it was never written: where all results have an
“input”, a row without one is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from math import isfinite
from typing import NoReturn

from audits.evaluations.formats.case_ids import (
    id_of,
    ids_by_content,
    require_different,
)
from audits.evaluations.formats.csv_numbers import Numbers, measured_in, numbers_in
from audits.evaluations.formats.csv_wide import (
    ERROR,
    INPUT,
    NO,
    YES,
    Line,
    Wide,
    long_rows,
    wide_of,
)
from audits.evaluations.formats.fault_words import counted
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
from audits.uploads.tables.amounts import Marks, TwoReadingsError
from audits.uploads.tables.csv_files import csv_rows
from audits.uploads.tables.faults import Faults
from audits.uploads.tables.tables import RefusedTableError
from audits.uploads.tables.totals import is_total

FILE = "CSV file"
_LINE_ENDS = (b"\n", b"\r", b"\n\0", b"\r\0")
_PASSED = ("passed", "pass")
_FAULT = "fault"
_BESIDE = (INPUT, _FAULT)  # what a row may lack
_RESULTS = ("passed", "score")
_TOO_MANY_RUNS = f"has more than {MOST_RUNS} candidates: split it"
_LIKE = "write a number such as 0.75"
_TOO_MANY = (
    "put quotation marks around a cell that contains a comma, such as the number "
    "“0,9”, or separate the cells with semicolons"
)
_WANTED = (
    "the headings “case”, “candidate”, and “passed” or “score”, or a row for each case "
    "with a column for each of two or more candidates"
)


def read_csv_cases(raw: bytes) -> EvaluationFile:
    """Return a run for each candidate.

    Raises:
        RefusedEvaluationError: A column, cells or a case are missing, wrong or twice,
            or a score may be two numbers.
    """
    rows, faults = _filled(raw), Faults(FILE)
    wide = wide_of(rows)
    if wide is None:
        columns = _columns(rows[0][1] if rows else [])
    else:
        columns = _columns_of(wide, len(rows) - 1)
    if len(rows) < 2:  # noqa: PLR2004 - the headings, and a row
        _refuse("has no rows below the headings: add one for each case and candidate")
    _require_whole(raw, *rows[-1], columns)
    headings, lines = rows[0][1], rows[1:]
    if wide is not None:
        whole = [x for x in lines if _fits(*x, len(headings), faults)]
        headings, lines = wide.headings, long_rows(wide, whole, faults)
        columns = _columns(headings)
    return _read(headings, [_Row(*x, columns) for x in lines], faults)


def _filled(raw: bytes) -> list[Line]:
    """Return the headings and the rows that are not empty, each with its line."""
    try:
        filled = ((line, cells) for line, cells in csv_rows(raw) if any(cells))
        rows = list(islice(filled, MOST_CASES + 2))
    except RefusedTableError as error:
        message = f"The {FILE} cannot be read: {_one_sentence(str(error))}"
        raise RefusedEvaluationError(message) from error
    if len(rows) > MOST_CASES + 1:
        _refuse(f"has more than {MOST_CASES:,} rows: split it")
    return rows


def _read(headings: list[str], rows: list["_Row"], faults: Faults) -> EvaluationFile:
    """Return the runs of rows, one for each case and candidate."""
    found: dict[str, list[Case]] = {}
    cells: dict[str, list[list[str]]] = {}
    failed: dict[str, list[str]] = {}
    sheet = _Sheet(_written(rows), faults)
    for row in sheet.rows:
        if not _is_case(row, len(headings), faults):
            continue
        candidate, case = sheet.name(row, "candidate"), sheet.case(row)
        found.setdefault(candidate, []).append(case)
        cells.setdefault(candidate, []).append(row.all)
        if not case.passed:
            failed.setdefault(candidate, []).append(row.cells.get(_FAULT, ""))
    if faults:
        raise RefusedEvaluationError(faults.sentence())
    if len(found) > MOST_RUNS:
        _refuse(_TOO_MANY_RUNS)
    measured = measured_in(headings)
    numbers = {name: numbers_in(measured, cells[name]) for name in found}
    return EvaluationFile(
        format="CSV",
        runs=tuple(
            replace(
                _run(name, cases, numbers[name]), faults=counted(failed.get(name, ()))
            )
            for name, cases in found.items()
        ),
        inputs=_inputs(sheet.rows),
    )


def _inputs(rows: Sequence["_Row"]) -> str:
    """Return a digest of the inputs of all cases; empty where one lacks it."""
    asked = {" ".join(row.cells.get(INPUT, "").split()) for row in rows}
    return "" if "" in asked else "".join(ids_by_content([sorted(asked)]))


def _columns_of(wide: Wide, cases: int) -> dict[str, int]:
    """Return the place of each column of a sheet with a column for each candidate."""
    names = [*wide.candidates.values()]
    if "" in names:
        _refuse("has a column with results and without a heading: name its candidate")
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        _refuse(f"has the heading “{visible(twice)}” twice: rename one of them")
    if len(names) > MOST_RUNS:
        _refuse(_TOO_MANY_RUNS)
    if len(names) * cases > MOST_CASES:
        _refuse(f"has more than {MOST_CASES:,} results: split it")
    return wide.columns


def _fits(line: int, cells: list[str], headings: int, faults: Faults) -> bool:
    """Return whether a row has no more cells than headings; note it if it does."""
    count = _filled_cells(cells)
    if count > headings:
        what = f"there are {count} cells for {headings} headings"
        faults.add(line, what, _TOO_MANY)
    return count <= headings


def _filled_cells(cells: list[str]) -> int:
    """Count the cells; empty ones at the end are often more than there are headings."""
    return max((n for n, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _is_case(row: "_Row", headings: int, faults: Faults) -> bool:
    """Return whether a row is of a case; note the fault if it is not."""
    fits = _fits(row.line, row.all, headings, faults)
    if fits and row.total:
        faults.add(row.line, f"“{row.total}” adds up others", "remove that row")
    return fits and not row.total


def _written(rows: list["_Row"]) -> list["_Row"]:
    """Return the rows without those of a template that nobody filled in."""
    with_result = [row for row in rows if row.has_result]
    if not with_result or not all(row.cells.get(INPUT) for row in with_result):
        return rows
    return [row for row in rows if row.has_result or row.cells[INPUT]]


def _require_whole(
    raw: bytes, line: int, cells: list[str], columns: Mapping[str, int]
) -> None:
    """Refuse a file that ends in the middle of a row."""
    last = max(place for name, place in columns.items() if name not in _BESIDE)
    if not raw.endswith(_LINE_ENDS) and len(cells) <= last:
        message = (
            f"The {FILE} ends in the middle of line {line:,}, so it was cut off. "
            "Export it again."
        )
        raise RefusedEvaluationError(message)


def _run(candidate: str, cases: list[Case], numbers: Numbers) -> Run:
    require_different(cases, FILE, f" for the candidate “{candidate}”")
    if any(case.passed is not None for case in cases):  # an empty “passed” is none
        cases = [x if x.passed is not None else Case(id=x.id) for x in cases]
    judged = with_verdicts(cases)
    added = totals(judged)
    return Run(
        tool="CSV",
        candidate=candidate,
        cases=judged,
        n=added.n,
        passed=added.passed,
        mean_score=added.mean_score,
        errors=len(judged) - added.n,
        cost=numbers.cost,
        p50_ms=numbers.p50_ms,
        p95_ms=numbers.p95_ms,
        not_read=numbers.not_read,
    )


def _columns(headings: list[str]) -> dict[str, int]:
    """Return the place of each column that counts, by its name."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = heading.strip().casefold()
        name = "passed" if name in _PASSED else name
        if name not in ("case", "candidate", *_RESULTS, *_BESIDE):
            continue
        if name in places and name not in _BESIDE:
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
        self.line, self.all = line, cells
        self.cells = {
            name: cells[place].strip() if place < len(cells) else ""
            for name, place in columns.items()
        }
        self.has_result = any(self.cells.get(name) for name in _RESULTS)
        if ERROR in {self.cells.get(name, "").casefold() for name in _RESULTS}:
            self.cells |= dict.fromkeys(_RESULTS, "")

    @property
    def total(self) -> str:
        """What a row that adds up others is called; empty if it is a case."""
        case, candidate = self.cells["case"], self.cells["candidate"]
        label = case or candidate
        return label if is_total(label) and not (case and candidate) else ""

    @property
    def score(self) -> str:
        """The score without a percent sign, with plain spaces."""
        return " ".join(self.cells.get("score", "").removesuffix("%").split())

    @property
    def is_percent(self) -> bool:
        """Whether the score is of 100."""
        return self.cells.get("score", "").endswith("%")


@dataclass(slots=True)
class _Sheet:
    """The rows, read with what all of them show; what is wrong is added to `faults`."""

    rows: Sequence[_Row]
    faults: Faults
    marks: Marks = field(default_factory=Marks)

    def __post_init__(self) -> None:
        for row in self.rows:
            self.marks.learn(row.score)
        if pair := self.marks.contradiction:
            what = f"writes numbers in two ways, such as “{pair[0]}” and “{pair[1]}”"
            self.faults.add(0, what, "write all numbers alike")
        kinds = {row.is_percent for row in self.rows if row.score}
        if len(kinds) > 1:
            what = "has scores with a percent sign and scores without one"
            self.faults.add(0, what, "write all scores alike")

    def name(self, row: _Row, column: str) -> str:
        """Return a cell that must not be empty."""
        text = row.cells[column]
        if not text:
            self.faults.add(row.line, f"“{column}” is empty", "fill it in", column)
        return id_of(text)

    def case(self, row: _Row) -> Case:
        """Return what a row says of its case; one without a result is an error."""
        return Case(
            id=self.name(row, "case"), passed=self._passed(row), score=self._score(row)
        )

    def _passed(self, row: _Row) -> bool | None:
        cell = row.cells.get("passed", "").casefold()
        if cell and cell not in (*YES, *NO):
            what = f"“passed” is “{visible(cell)}”"
            self.faults.add(row.line, what, "write yes, no or error")
        return cell in YES if cell else None

    def _score(self, row: _Row) -> float | None:
        if not row.score:
            return None
        try:
            number = self._number(row.score)
        except TwoReadingsError:
            what = f"“score” is “{visible(row.score)}”, which may be two numbers"
            self.faults.add(row.line, what, _LIKE)
            return None
        except ValueError:
            number = float("nan")
        if not isfinite(number):
            self.faults.add(row.line, f"“score” is “{visible(row.score)}”", _LIKE)
        return number / 100 if row.is_percent else number

    def _number(self, text: str) -> float:
        """Return a number as a spreadsheet or a program writes it."""
        written = self.marks.number(text)
        if written is not None:
            return float(written)
        return float("nan") if "_" in text else float(text)


def _refuse(what: str) -> NoReturn:
    message = f"The {FILE} {what}."
    raise RefusedEvaluationError(message)


def _one_sentence(text: str) -> str:
    """Return the two sentences of a refused table as the end of one."""
    first, _, then = text.partition(". ")
    joined = f"{first}; {then[:1].lower()}{then[1:]}" if then else first
    return joined[:1].lower() + joined[1:]
