"""The rows of the table that compares an offer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An amount in US dollars, the same in the offer's currency; empty if none."""

    label: str
    amount: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the comparison; without cells, `detail` says why it has no amount."""

    name: str
    detail: str = ""
    cells: tuple[Cell, ...] = ()
    is_offer: bool = False
