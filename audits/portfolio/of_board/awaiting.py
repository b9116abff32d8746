"""How many use cases the board can vote on, cannot yet, and deferred, in words."""

from collections.abc import Iterator
from datetime import date

from audits.portfolio.totals import Total
from audits.scoring.days import in_words


def awaiting_said(total: Total, today: date) -> str:
    """Return how many the board can vote on, as a pack counts them, with the days.

    It is empty where none can go there and none was deferred.

    >>> day, today = date(2026, 12, 11), date(2026, 11, 30)
    >>> some = Total(to_sign_votable=4, vote_by=day, not_votable=3, for_board=1)
    >>> awaiting_said(some, today)
    '4 can go to the board once signed; the first is due on 11 December 2026. 3 cannot \
yet. The board deferred 1.'
    >>> awaiting_said(Total(signed_votable=1, to_sign_votable=3), today)
    '1 is signed and can go to the board and 3 more can once signed.'
    >>> awaiting_said(Total(not_votable=2), today)
    ''
    """
    if not (total.votable or total.of_deferred):
        return ""
    return " ".join(f"{said}." for said in _sentences(total, today))


def _sentences(total: Total, today: date) -> Iterator[str]:
    if total.votable:
        yield f"{_votable(total)}{_first(total, today)}"
    if total.not_votable:
        where = "yet" if total.votable else "go to the board yet"
        yield f"{total.not_votable:,} cannot {where}{_overdue(total)}"
    if total.of_deferred:
        yield f"The board deferred {total.of_deferred:,}{_deferred(total, today)}"


def _votable(total: Total) -> str:
    signed, later = total.signed_votable, total.to_sign_votable
    said = []
    if signed:
        is_one = signed == 1
        verb = "is" if is_one else "are"
        said.append(f"{signed:,} {verb} signed and can go to the board")
    if later:
        more = "more can once signed" if signed else "can go to the board once signed"
        said.append(f"{later:,} {more}")
    return " and ".join(said)


def _first(total: Total, today: date) -> str:
    if total.vote_by is None:
        return ""
    which = "it" if total.votable == 1 else "the first"
    verb = "was" if total.vote_by < today else "is"
    return f"; {which} {verb} due on {in_words(total.vote_by)}"


def _overdue(total: Total) -> str:
    """Say of what cannot be voted on yet what is overdue; empty without any."""
    if not (total.not_votable_late and total.not_votable_by):
        return ""
    day = in_words(total.not_votable_by)
    if total.not_votable_late > 1:
        return f"; {total.not_votable_late:,} are overdue, the first since {day}"
    return f"; {'it' if total.not_votable == 1 else 'one'} was due on {day}"


def _deferred(total: Total, today: date) -> str:
    """Say when the board was to look again; empty where that is still to come."""
    if total.deferred_by is None or total.deferred_by >= today:
        return ""
    which = "it" if total.of_deferred == 1 else "the first"
    return f"; {which} was deferred until {in_words(total.deferred_by)}"
