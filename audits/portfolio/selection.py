"""What the filters of the portfolio leave, and the links that keep them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self
from urllib.parse import parse_qsl, urlencode

from audits.models import PortfolioRow, PortfolioRowQuerySet, Team
from audits.portfolio.sums.total import Total
from audits.portfolio.totals import Totals, totals_of
from audits.portfolio_filter import FilterForm, Unknown


@dataclass(frozen=True, slots=True)
class Links:
    """Links to the rest of what a list shows the first of; empty if there is none.

    They keep the filters, if the page `is_filtered`.
    """

    is_filtered: bool

    to_decide: str
    not_ready: str
    for_board: str
    not_done: str
    at_risk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The use cases that the filters leave, of one team or all.

    Attributes:
        of: The team whose use cases are on the page; None for all teams.
        everything: The counts and sums without the filters.
        totals: Those of what the filters leave.
        among: The rows that the filters leave; None where they leave all.
        chosen: The filters, without that of the page's team.
        words: The same in words.
        unknown: The filters whose value there is not: nothing passes them.
        known: The query of the page without these.
    """

    of: Team | None
    everything: Totals
    totals: Totals
    among: PortfolioRowQuerySet | None
    chosen: tuple[tuple[str, str], ...]
    words: str
    unknown: tuple[Unknown, ...]
    known: str

    @classmethod
    def read(cls, form: FilterForm, of: Team | None, today: date) -> Self:
        """Count what a filter leaves; one query, and one more if it leaves out any."""
        own = {"team"} if of else set()
        chosen = {name: value for name, value in form.chosen.items() if name not in own}
        everything = totals = totals_of(of, today, form.teams)
        is_filtered, among = bool(chosen or form.unknown), None
        if is_filtered:
            among = form.filtered(PortfolioRow.objects.all())
            totals = totals_of(of, today, form.teams, among=among)
        return cls(
            of=of,
            everything=everything,
            totals=totals,
            among=among,
            chosen=tuple(sorted(chosen.items())),
            words=form.said(without=own),
            unknown=form.unknown,
            known=_query(tuple(sorted(chosen.items()))) if chosen else "",
        )

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return self.among is not None

    @property
    def total(self) -> Total:
        """All use cases that the filters leave."""
        return self.totals.total

    def link(self, **more: str) -> str:
        """Return the query with more filters; empty if another value excludes one."""
        chosen = dict(self.chosen)
        if any(chosen.get(name, value) != value for name, value in more.items()):
            return ""
        return _query(tuple(sorted((chosen | more).items())))

    @property
    def links(self) -> Links:
        """The links to the rest of each list, and to spend at risk."""
        return Links(
            is_filtered=self.is_filtered,
            to_decide=self.link(needs="decision"),
            not_ready=self.link(needs="answers"),
            for_board=self.link(needs="board"),
            not_done=self.link(needs="not_done"),
            at_risk=self.link(**dict(parse_qsl(self.total.risk_query))),
        )


@lru_cache(maxsize=256)
def _query(parameters: tuple[tuple[str, str], ...]) -> str:
    return f"?{urlencode(parameters)}"
