"""Texts as cells of files that spreadsheets open."""

import unicodedata

# What a spreadsheet would take for the start of a formula, or for the end of a cell.
_SIGNS, _BREAKS = "=+-@", "\t\r\n"
# Spaces, line ends, controls, marks of direction, and what has no width.
_PASSED_OVER = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"}


def safe_cell(text: str) -> str:
    r"""Return a text that no spreadsheet takes for a formula.

    Some drop what cannot be seen before a sign, or read a full-width sign as a plain
    one.

    >>> safe_cell("=1+1"), safe_cell("Rather - good"), safe_cell(" \uff1d1")[0]
    ("'=1+1", 'Rather - good', "'")
    """
    seen = (c for c in text if unicodedata.category(c) not in _PASSED_OVER)
    first = unicodedata.normalize("NFKC", next(seen, " "))[0]
    return f"'{text}" if first in _SIGNS or text.startswith(tuple(_BREAKS)) else text
