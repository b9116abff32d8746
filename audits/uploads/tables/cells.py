"""Makes texts safe as cells of files that spreadsheets open."""

import re
import unicodedata

# Characters that start a formula in a spreadsheet, or end a cell.
_SIGNS, _BREAKS = "=+-@", "\t\r\n"
# The end of a cell for a spreadsheet that expects semicolons or tabs between cells, and
# of a line for one that knows more ends than a file has.
_CELL_ENDS = re.compile(r"(?<=[;\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029\uff1b])")
# The file doubles a quotation mark; after another separator, two are an empty text.
_QUOTES = "\"'"
# Spaces, line ends, control, direction and zero-width characters.
_PASSED_OVER = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"}


def safe_cell(text: str) -> str:
    r"""Return a text that no spreadsheet reads as a formula.

    Some ignore invisible characters before a sign, read a full-width sign as a plain
    one, or end a cell at a semicolon where a comma is the decimal sign. There, a
    quotation mark before the sign is not part of the cell.

    >>> safe_cell("=1+1"), safe_cell("Rather - good"), safe_cell(" \uff1d1")[0]
    ("'=1+1", 'Rather - good', "'")
    >>> safe_cell("Sorted;=1+1")
    "Sorted;'=1+1"
    >>> safe_cell('Sorted;"=1+1')
    'Sorted;\'"=1+1'
    """
    first, *rest = _CELL_ENDS.split(text)
    marked = f"'{first}" if text.startswith(tuple(_BREAKS)) else _marked(first)
    return "".join([marked, *map(_marked, rest)])


def plain_cell(text: str) -> str:
    r"""Return the text of a cell that `safe_cell` made safe.

    >>> plain_cell("'=1+1"), plain_cell("'tis"), plain_cell("Sorted;'=1+1")
    ('=1+1', "'tis", 'Sorted;=1+1')
    """
    first, *rest = _CELL_ENDS.split(text)
    if first[:1] == "'" and first[1:].startswith(tuple(_BREAKS)):
        return "".join([first[1:], *map(_unmarked, rest)])
    return "".join(map(_unmarked, [first, *rest]))


def _unmarked(text: str) -> str:
    plain = text[1:]
    return plain if text[:1] == "'" and _marked(plain) == text else text


def _marked(text: str) -> str:
    """Return a text with an apostrophe before it if it could be a formula."""
    first = next(filter(None, map(_seen, text)), "")
    return f"'{text}" if first and first in _SIGNS else text


def _seen(character: str) -> str:
    """Return what a spreadsheet makes of a character: a plain sign, or nothing."""
    if unicodedata.category(character) in _PASSED_OVER:
        return ""
    plain = unicodedata.normalize("NFKC", character)[0]
    return "" if plain in _QUOTES else plain
