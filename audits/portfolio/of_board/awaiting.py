"""How many use cases need a decision, of whom, and what was deferred, in words."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from audits.portfolio.sums.total import Total
from audits.scoring.days import in_words


@dataclass(frozen=True, slots=True)
class AwaitingSaid:
    """One sentence for each place of the page; each is empty where nothing is so.

    `needed` leads the page: how many need a decision, of the board or of a reviewer
    before it, and how many others are overdue. Where there are any, `deferred` says
    what the board was to look at again by now.
    """

    needed: str
    deferred: str

    @classmethod
    def of(cls, total: Total, today: date, *, is_filtered: bool = False) -> Self:
        """Return the sentences; what is filtered is counted before them already.

        >>> day, today = date(2026, 12, 11), date(2026, 11, 30)
        >>> some = Total(use_cases=17, to_decide=4, decide_by=day, not_votable=3)
        >>> AwaitingSaid.of(some, today).needed
        '4 of 17 use cases need a reviewer’s decision; the first by 11 December 2026.'
        >>> both = Total(use_cases=17, signed_votable=1, to_decide=3)
        >>> AwaitingSaid.of(both, today, is_filtered=True).needed
        '4 need a decision: 1 from the board, 3 from a reviewer.'
        >>> one = Total(use_cases=17, signed_votable=1, decide_by=date(2026, 5, 9))
        >>> AwaitingSaid.of(one, today).needed
        '1 of 17 use cases needs a decision from the board; it was due on 9 May 2026.'
        >>> late = Total(use_cases=3, to_decide=1, decide_by=day, not_votable_late=1)
        >>> AwaitingSaid.of(late, today).needed
        '1 of 3 use cases needs a reviewer’s decision; it is due on 11 December 2026. \
1 that is not ready is overdue.'
        >>> AwaitingSaid.of(Total(not_votable=2), today)
        AwaitingSaid(needed='', deferred='')
        """
        if not total.to_act:
            return cls("", "")
        needed = _needed(total, "" if is_filtered else _among(total.use_cases))
        return cls(
            needed=f"{needed}{_first(total, today)}.{_late(total, today)}",
            deferred=_deferred(total, today),
        )


def _among(use_cases: int) -> str:
    return " use case" if use_cases == 1 else f" of {use_cases:,} use cases"


def _needed(total: Total, among: str) -> str:
    votes, signs = total.signed_votable, total.to_decide
    needs = f"{total.to_act:,}{among} {'needs' if total.to_act == 1 else 'need'}"
    if not votes:
        return f"{needs} a reviewer’s decision"
    if not signs:
        return f"{needs} a decision from the board"
    return f"{needs} a decision: {votes:,} from the board, {signs:,} from a reviewer"


def _first(total: Total, today: date) -> str:
    if total.decide_by is None:
        return ""
    which = "it" if total.to_act == 1 else "the first"
    day = in_words(total.decide_by)
    if total.decide_by < today:
        return f"; {which} was due on {day}"
    return f"; {which} is due on {day}" if total.to_act == 1 else f"; {which} by {day}"


def _late(total: Total, today: date) -> str:
    """Say how many others were due before the first day, which is still to come."""
    late, first = total.not_votable_late, total.decide_by
    if not late or (first is not None and first < today):
        return ""
    are = "is" if late == 1 else "are"
    return f" {late:,} that {are} not ready {are} overdue."


def _deferred(total: Total, today: date) -> str:
    """Say when the board was to look again; empty where that is still to come."""
    if total.deferred_by is None or total.deferred_by >= today:
        return ""
    which = "it" if total.of_deferred == 1 else "the first"
    until = f"{which} was deferred until {in_words(total.deferred_by)}"
    return f"The board deferred {total.of_deferred:,}; {until}."
