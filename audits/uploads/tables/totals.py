"""Rows that add up the other rows, as spreadsheets have them at the end."""

_LABELS = (
    *("total", "totals", "grand total", "sum", "all"),
    *("summe", "gesamt", "gesamtsumme", "somme", "totale", "suma"),
)


def is_total(label: str | None) -> bool:
    """Return whether a label says that its row adds up others.

    >>> is_total("Grand total:"), is_total("Total cost of ownership"), is_total(None)
    (True, False, False)
    """
    return (label or "").casefold().rstrip(": ") in _LABELS
