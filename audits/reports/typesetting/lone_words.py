"""Keeps the last word of a paragraph from standing alone on its line."""

import re

# WeasyPrint has no `text-wrap: pretty`. A short last word goes with the one before it,
# which is short, too. In a cell, an amount stays alone: with a word before it, it may
# be wider than the column, and would then break between two digits.
_AMOUNT = r"[^\s<>&]*\d[^\s<>&]*\s*</td>"
_LAST = re.compile(
    rf"(\s[^\s<>]{{1,12}})\s+(?!{_AMOUNT})([^\s<>&]{{1,9}}\s*</(?:p|td|li)>)"
)


def without_lone_words(html: str) -> str:
    r"""Return HTML whose paragraphs, cells and items end with two words on a line.

    >>> without_lone_words("<p>Spend nothing more on training.</p>")
    '<p>Spend nothing more on\xa0training.</p>'
    >>> without_lone_words("<td>24 hours, $2,400</td>")
    '<td>24 hours, $2,400</td>'
    """
    return _LAST.sub("\\1\N{NO-BREAK SPACE}\\2", html)
