"""Keeps the table of options on a slide short; the others go into its notes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audits.office.told import Part, Row, Run, Table, plain

MOST_ROWS = 6
_AS_ABOVE = "As above"


def few_rows(part: Part) -> tuple[Part, str]:
    """Return a part whose table has few rows, and what the notes say of the others.

    Its first rows stay, as those are what is recommended and what costs less, and so
    does the last, which is to do nothing.

    Args:
        part: The part with the table of options.
    """
    items, notes = [], ""
    for item in part.items:
        left_out = item.rows[MOST_ROWS - 1 : -1] if isinstance(item, Table) else ()
        if not isinstance(item, Table) or not left_out:
            items.append(item)
            continue
        kept = (*item.rows[: MOST_ROWS - 1], item.rows[-1])
        said = f"{len(left_out)} more {'is' if len(left_out) == 1 else 'are'} in the "
        items += [replace(item, rows=kept), (Run(f"{said}speaker notes.", "muted"),)]
        rows = [*_reasoned(item.rows)][MOST_ROWS - 1 : -1]
        notes = "\n".join((f"{part.label}, not on the slide:", *rows))
    return replace(part, items=tuple(items)), notes


def _reasoned(rows: Sequence[Row]) -> Iterator[str]:
    """Yield each row in words, with the reason that it shares with the one before."""
    reason = ""
    for row in rows:
        *cells, last = (plain(cell.words) for cell in row.cells)
        reason = reason if last == _AS_ABOVE else last
        yield f"{' '.join(filter(None, cells))}: {reason}"
