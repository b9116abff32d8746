"""Turns a CSV file with a column for each candidate into rows for each of them.

Its cases are in the column “case”, or else in the first one. A candidate is a column
whose cells are pass or fail, or scores from 0 to 1; at least two are needed. Columns
with none of these are left out, and so are notes, times and costs.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audits.evaluations.formats.csv_numbers import measured_in
from audits.evaluations.formats.fields import visible
from audits.uploads.tables.faults import Faults
from audits.uploads.tables.totals import is_total

type Line = tuple[int, list[str]]

YES = (*("yes", "y", "true", "pass", "passed", "ok"), *("1", "1.0", "1,0"))
NO = (*("no", "n", "false", "fail", "failed"), *("0", "0.0", "0,0"))
ERROR, INPUT = "error", "input"
# A sheet with one of these has a row for each case and candidate.
_LONG = ("candidate", "passed", "pass", "score")
_NOTES = frozenset(
    (
        *("note", "notes", "comment", "comments", "remark", "remarks", "category"),
        *(INPUT, "output", "expected", "reference"),
    )
)
_NUMBER = re.compile(r"[+-]?\d*[.,]?\d+(?:e[+-]?\d+)?", re.IGNORECASE)
_LEAST = 2  # candidates
_LIKE = "write yes, no, error or a score from 0 to 1, or remove that column"
_ALIKE = "write scores for all candidates, or yes and no for all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wide:
    """Where a sheet has its cases, its inputs if it has any, and each candidate."""

    case: int
    input: int | None
    candidates: Mapping[int, str]
    is_scored: bool

    @property
    def headings(self) -> list[str]:
        """The headings of the rows that it is turned into."""
        inputs = [] if self.input is None else [INPUT]
        return ["case", "candidate", "score" if self.is_scored else "passed", *inputs]

    @property
    def columns(self) -> dict[str, int]:
        """The place of each column that counts, by its name."""
        return {"case": self.case, **{x: at for at, x in self.candidates.items()}}

    def why_not(self, name: str, cell: str) -> tuple[str, str]:
        """Return what is wrong in the cell of a candidate, and what to do; or none."""
        folded = cell.casefold()
        if cell and not _is_result(folded):
            return f"“{visible(name)}” is “{visible(cell)}”", _LIKE
        if self.is_scored and cell and folded != ERROR and not _is_score(folded):
            return f"“{visible(name)}” is “{visible(cell)}”", _ALIKE
        return "", ""


def wide_of(rows: Sequence[Line]) -> Wide | None:
    """Return how a sheet has a column for each candidate; None if it does not.

    Args:
        rows: The headings and the rows, each with its line.
    """
    headings = [heading.strip() for heading in rows[0][1]] if rows else []
    named = [heading.casefold() for heading in headings]
    if not headings or any(name in _LONG for name in named):
        return None
    case = named.index("case") if "case" in named else 0
    left = {case, *(each.place for each in measured_in(headings))}
    left |= {place for place, name in enumerate(named) if name in _NOTES}
    found = {
        place: heading
        for place, heading in enumerate(headings)
        if place not in left and any(map(_is_result, _cells(rows[1:], place)))
    }
    if not headings[case] or len(found) < _LEAST:
        return None
    words = (*YES, *NO, ERROR, "")
    return Wide(
        case=case,
        input=named.index(INPUT) if INPUT in named else None,
        candidates=found,
        is_scored=any(
            cell not in words and _is_score(cell)
            for place in found
            for cell in _cells(rows[1:], place)
        ),
    )


def long_rows(wide: Wide, rows: Sequence[Line], faults: Faults) -> list[Line]:
    """Return a row for each case and candidate; add what is wrong to `faults`.

    Args:
        wide: How the sheet has them.
        rows: Its rows, without the headings.
        faults: What is wrong in them.
    """
    found: list[Line] = []
    for line, cells in rows:
        case = _cell(cells, wide.case)
        if not case or is_total(case):
            what = f"“{case}” adds up others" if case else "“case” is empty"
            then = "remove that row" if case else "fill it in"
            faults.add(line, what, then, "" if case else "case")
            continue
        for place, name in wide.candidates.items():
            cell = _cell(cells, place)
            what, then = wide.why_not(name, cell)
            if what:
                faults.add(line, what, then)
                cell = ""
            inputs = [] if wide.input is None else [_cell(cells, wide.input)]
            found.append((line, [case, name, cell, *inputs]))
    return found


def _cells(rows: Sequence[Line], place: int) -> list[str]:
    return [_cell(cells, place).casefold() for _, cells in rows]


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _is_result(cell: str) -> bool:
    return cell in (*YES, *NO, ERROR) or _is_score(cell)


def _is_score(cell: str) -> bool:
    """Whether a cell is a number from 0 to 1, or a percentage.

    >>> [_is_score(x) for x in ("0.75", ",5", "85 %", "1", "4", "850", "late")]
    [True, True, True, True, False, False, False]
    """
    text = cell.removesuffix("%").strip()
    if not _NUMBER.fullmatch(text):
        return False
    most = 100 if cell.endswith("%") else 1
    return 0 <= float(text.replace(",", ".")) <= most
