"""Texts as cells of files that spreadsheets open."""

# What a spreadsheet would take for the start of a formula.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell("Rather - good")
    ("'=1+1", 'Rather - good')
    """
    return f"'{text}" if text.startswith(_STARTS) else text
