"""The portfolio as a workbook, whose library is large and loaded only for one."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.styles.fonts import DEFAULT_FONT
from openpyxl.utils import get_column_letter

from audits.models import PortfolioRowQuerySet
from audits.portfolio.cells import Cell, in_sheet
from audits.portfolio.columns.column import Column
from audits.portfolio.shown import rows_of

_MOST_ROWS = 1_048_575  # of a sheet, below its headings
_WIDTH, _WIDEST = 26, 40  # in digits: the longest verdict is on one line
# One without a name is drawn with serifs.
_BOLD = Font(
    name=DEFAULT_FONT.name, size=DEFAULT_FONT.sz, family=DEFAULT_FONT.family, bold=True
)


def write_workbook(
    file: Any, portfolio_rows: PortfolioRowQuerySet, columns: Sequence[Column]
) -> None:
    """Write a sheet row by row; no cell of it is a formula or a link.

    Raises:
        OSError: There is no room for it.
    """
    headings = [str(in_sheet(column.heading)) for column in columns]
    rows = rows_of(portfolio_rows[:_MOST_ROWS], columns)
    write_table(file, "Use cases", headings, rows)


def write_table(
    file: Any, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write the rows of a table as a sheet, of which the first two columns stay.

    Raises:
        OSError: There is no room for it.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "C2"
    for place, _ in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    sheet.column_dimensions["B"].width = _WIDEST
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:B"
    try:
        sheet.append([_heading(sheet, heading) for heading in headings])
        for row in islice(rows, _MOST_ROWS):
            sheet.append([_sheet_cell(sheet, cell) for cell in row])
        book.save(file)
    except SerialisationError as error:  # what lxml says of a full disk
        raise OSError from error


def _heading(sheet: Any, heading: str) -> Any:
    cell = WriteOnlyCell(sheet, heading)
    cell.font = _BOLD
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _sheet_cell(sheet: Any, cell: Cell) -> Any:
    """Return a value as a sheet takes it: a number with its form, and no controls."""
    value = in_sheet(cell)
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub("", value)
    if isinstance(value, Decimal):
        number = WriteOnlyCell(sheet, float(value))
        number.number_format = "#,##0.00"
        return number
    return value
