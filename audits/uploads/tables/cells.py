"""Makes texts safe as cells of files that spreadsheets open."""

import re
import unicodedata

# Characters that start a formula in a spreadsheet, or end a cell.
_SIGNS, _BREAKS = "=+-@", "\t\r\n"
# The end of a cell for a spreadsheet that expects semicolons or tabs between cells.
_CELL_ENDS = re.compile(r"(?<=[;\t\r\n])")
# Spaces, line ends, control, direction and zero-width characters.
_PASSED_OVER = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"}


def safe_cell(text: str) -> str:
    r"""Return a text that no spreadsheet reads as a formula.

    Some ignore invisible characters before a sign, read a full-width sign as a plain
    one, or end a cell at a semicolon where a comma is the decimal sign.

    >>> safe_cell("=1+1"), safe_cell("Rather - good"), safe_cell(" \uff1d1")[0]
    ("'=1+1", 'Rather - good', "'")
    >>> safe_cell("Sorted;=1+1")
    "Sorted;'=1+1"
    """
    first, *rest = _CELL_ENDS.split(text)
    marked = f"'{first}" if text.startswith(tuple(_BREAKS)) else _marked(first)
    return "".join([marked, *map(_marked, rest)])


def _marked(text: str) -> str:
    """Return a text with an apostrophe before it if it could be a formula."""
    seen = (c for c in text if unicodedata.category(c) not in _PASSED_OVER)
    first = unicodedata.normalize("NFKC", next(seen, " "))[0]
    return f"'{text}" if first in _SIGNS else text
