"""How many use cases the board can vote on, cannot yet, and deferred, in words."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from audits.portfolio.totals import Total
from audits.scoring.days import in_words


@dataclass(frozen=True, slots=True)
class AwaitingSaid:
    """One sentence for each place of the page; each is empty where nothing is so.

    `votable` leads the page: how many the board can vote on, as a pack counts them.
    Where there are any, `deferred` says what the board was to look at again by now.
    """

    votable: str
    deferred: str

    @classmethod
    def of(cls, total: Total, today: date, *, is_filtered: bool = False) -> Self:
        """Return the sentences; what is filtered is counted before them already.

        >>> day, today = date(2026, 12, 11), date(2026, 11, 30)
        >>> some = Total(
        ...     use_cases=17, to_sign_votable=4, vote_by=day, not_votable=3
        ... )
        >>> AwaitingSaid.of(some, today).votable
        'The board can vote on 4 of 17 use cases once signed; the first is due on \
11 December 2026.'
        >>> both = Total(use_cases=17, signed_votable=1, to_sign_votable=3)
        >>> AwaitingSaid.of(both, today, is_filtered=True).votable
        'The board can vote on 1, and on 3 more once signed.'
        >>> AwaitingSaid.of(Total(not_votable=2), today)
        AwaitingSaid(votable='', deferred='')
        """
        if not total.votable:
            return cls("", "")
        among = "" if is_filtered else _among(total.use_cases)
        return cls(
            votable=f"{_votable(total, among)}{_first(total, today)}.",
            deferred=_deferred(total, today),
        )


def _among(use_cases: int) -> str:
    return " use case" if use_cases == 1 else f" of {use_cases:,} use cases"


def _votable(total: Total, among: str) -> str:
    signed, later = total.signed_votable, total.to_sign_votable
    if not signed:
        return f"The board can vote on {later:,}{among} once signed"
    more = f", and on {later:,} more once signed" if later else ""
    return f"The board can vote on {signed:,}{among}{more}"


def _first(total: Total, today: date) -> str:
    if total.vote_by is None:
        return ""
    which = "it" if total.votable == 1 else "the first"
    verb = "was" if total.vote_by < today else "is"
    return f"; {which} {verb} due on {in_words(total.vote_by)}"


def _deferred(total: Total, today: date) -> str:
    """Say when the board was to look again; empty where that is still to come."""
    if total.deferred_by is None or total.deferred_by >= today:
        return ""
    which = "it" if total.of_deferred == 1 else "the first"
    until = f"{which} was deferred until {in_words(total.deferred_by)}"
    return f"The board deferred {total.of_deferred:,}; {until}."
