"""How many use cases the board can vote on, cannot yet, and deferred, in words."""

from audits.portfolio.totals import Total
from audits.scoring.proposals.counted_words import listed


def awaiting_said(total: Total) -> str:
    """Return how many the board can vote on, as a pack counts them.

    It has no full stop. It is empty where none can go there and none was deferred.

    >>> awaiting_said(Total(to_sign_votable=4, not_votable=3, for_board=1))
    '4 can go to the board once signed, 3 cannot yet and the board deferred 1'
    >>> awaiting_said(Total(signed_votable=1, to_sign_votable=3))
    '1 is signed and can go to the board and 3 more can once signed'
    >>> awaiting_said(Total(not_votable=2))
    ''
    """
    signed, later = total.signed_votable, total.to_sign_votable
    said = []
    if signed:
        said.append(f"{signed:,} {_is(signed)} signed and can go to the board")
    if later:
        more = "more can once signed" if signed else "can go to the board once signed"
        said.append(f"{later:,} {more}")
    if not (said or total.of_deferred):
        return ""
    if total.not_votable:
        where = "yet" if said else "go to the board yet"
        said.append(f"{total.not_votable:,} cannot {where}")
    if total.of_deferred:
        who = "the" if said else "The"
        said.append(f"{who} board deferred {total.of_deferred:,}")
    return listed(said)


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
