"""Keeps the last word of a paragraph from a line alone, and a number with its noun."""

import re

# WeasyPrint has no `text-wrap: pretty`. A short last word goes with the one before it,
# which is short, too. In a cell, an amount stays alone: with a word before it, it may
# be wider than the column, and would then break between two digits.
_AMOUNT = r"[^\s<>&]*\d[^\s<>&]*\s*</td>"
_LAST = re.compile(
    rf"(\s[^\s<>]{{1,12}})\s+(?!{_AMOUNT})([^\s<>&]{{1,9}}\s*(?:</span>\s*)?</(?:p|td|li)>)"
)
# A number with which a sentence begins does not end a line.
_FIRST = re.compile(r"(?<=[.:;]\s)(\d{1,2})\s+(?=[a-z])")


def without_lone_words(html: str) -> str:
    r"""Return HTML whose paragraphs, cells and items end with two words on a line.

    A sentence that begins with a number has the next word on the line of the number.

    >>> without_lone_words("<p>Spend nothing more on training.</p>")
    '<p>Spend nothing more on\xa0training.</p>'
    >>> without_lone_words("<p>Six are asserted. 1 open question is left here.</p>")
    '<p>Six are asserted. 1\xa0open question is left\xa0here.</p>'
    >>> without_lone_words("<p><span>24 numbers are assumed.</span> </p>")
    '<p><span>24 numbers are\xa0assumed.</span> </p>'
    >>> without_lone_words("<td>24 hours, $2,400</td>")
    '<td>24 hours, $2,400</td>'
    """
    tied = _FIRST.sub("\\1\N{NO-BREAK SPACE}", html)
    return _LAST.sub("\\1\N{NO-BREAK SPACE}\\2", tied)
