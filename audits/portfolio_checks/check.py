"""What a portfolio check is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from audits.models import PortfolioRow, PortfolioRowQuerySet

type Severity = Literal["high", "medium", "low"]
type Finder = Callable[[PortfolioRowQuerySet, date], PortfolioRowQuerySet]
type Teller = Callable[[Sequence[PortfolioRow], date], Mapping[int, str]]


def _nothing(_: Sequence[PortfolioRow], __: date) -> Mapping[int, str]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioCheck:
    """One check: its name, its meaning, its fix, and its query.

    `tell` says of rows that it finds what was found there, by their keys. `rest` finds
    what it does not ask about, and `of_rest` says what such a use case has.
    """

    id: str
    name: str
    severity: Severity
    text: str
    mend: str
    find: Finder
    tell: Teller = _nothing
    rest: Finder | None = None
    of_rest: str = ""
