"""What the votes of a pack come to, for its title: what some save, what others add."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from audits.reports.packs.said.total_words import least_said, word
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.sums.asked.net_parts import NetParts
from audits.scoring.sums.decision_rows import (
    AT_LEAST,
    NOT_PRICED,
    NOTHING_NEW,
    DecisionRow,
)

_TERM = " over\u00a012\u00a0months"  # on one line

type _Vote = tuple[DecisionRow, NetParts | None, str | None]


def outcome(
    rows: Sequence[DecisionRow],
    still: Sequence[NetParts | None] = (),
    no_bills: Sequence[str] = (),
) -> str:
    """Say how many decisions save how much, and apart from them what others add.

    Bills come first, and engineers’ time apart from them: it is freed, and saves no
    cash. Where what is time is not known, they save one sum.

    One net of both would tell a board neither. The sums are those of the papers, as in
    the table of page 1. Empty where no paper saves anything, or where one has no price:
    then only the sum asked for says what they come to.

    Args:
        rows: The decisions, and what asks for none.
        still: What each row whose paper saves something saves from the day of the
            vote, in its parts; None where these are not known.
        no_bills: What says of each that it asks for people's time alone; empty if not.
    """
    is_open = any(row.no_amount == NOT_PRICED for row in rows)
    if is_open or not any(row.change is not None and row.change < 0 for row in rows):
        return ""
    votes = [*zip_longest(rows, still, no_bills)]
    whole = [*_saves(votes), *_adds(votes)]
    same, gone = [*_same(votes)], [*_gone(votes)]
    if not whole:
        return _joined([*gone, *same])
    return _joined([f"{'; '.join([*whole, *same])}{_TERM}", *gone])


def _joined(parts: Sequence[str]) -> str:
    """Join them to a title, whose first part says that it counts decisions."""
    number, _, rest = "; ".join(parts).partition(" ")
    decisions = "decision" if number == "one" else "decisions"
    return f"{number[:1].upper()}{number[1:]} {decisions} {rest}"


def _saves(votes: Sequence[_Vote]) -> Iterator[str]:
    saves = [
        (row, parts)
        for row, parts, _ in votes
        if row.change and row.change < 0 and (parts is None or parts.saved > 0)
    ]
    if not saves:
        return
    rows, number = [row for row, _ in saves], _number(saves)
    most = "up to " if any(row.bound == AT_LEAST for row in rows) else ""
    apart = "" if most else _apart([x for _, x in saves], is_one=len(saves) == 1)
    verb = "saves" if len(saves) == 1 else "save"
    yield f"{number} {apart or f'{verb} {most}${written(-_sum(rows))}'}"


def _apart(still: Sequence[NetParts | None], *, is_one: bool) -> str:
    """Say what votes change in bills and in time; empty if not known, or no time."""
    people, bills = Decimal(0), Decimal(0)
    for parts in still:
        if parts is None or parts.people is None or parts.bills is None:
            return ""
        people, bills = people + parts.people, bills + parts.bills
    if not people:
        return ""
    ends, time = "s" if is_one else "", f"{written(abs(people))} of engineers’ time"
    does = f"free{ends} ${time}" if people > 0 else f"take{ends} ${time} more"
    amount = written(abs(bills))
    if bills > 0:
        return f"save{ends} ${amount} in bills and {does}"
    return f"raise{ends} bills by ${amount} and {does}" if bills else does


def _adds(votes: Sequence[_Vote]) -> Iterator[str]:
    adds = [(row, time) for row, _, time in votes if row.change and row.change > 0]
    if adds:
        rows, verb = (
            [row for row, _ in adds],
            "asks for" if len(adds) == 1 else "ask for",
        )
        bounds = [row.bound for row in rows]
        least = least_said(AT_LEAST if AT_LEAST in bounds else "")
        what = "of people’s time" if all(time for _, time in adds) else "more"
        yield f"{_number(rows)} {verb} {least}${written(_sum(rows))} {what}"


def _same(votes: Sequence[_Vote]) -> Iterator[str]:
    same = [
        row
        for row, parts, _ in votes
        if row.change == 0
        or row.no_amount == NOTHING_NEW
        or (parts and parts.saved == 0)
    ]
    if same:
        yield f"{_number(same)} change{'s' * (len(same) == 1)} no cost"


def _gone(votes: Sequence[_Vote]) -> Iterator[str]:
    """Yield what those cost from the day of the vote whose saving is gone by then."""
    gone = [parts for _, parts, _ in votes if parts and parts.saved < 0]
    if gone:
        verb = "costs" if len(gone) == 1 else "cost"
        more = -sum((parts.saved for parts in gone), Decimal(0))
        since = next((parts.since for parts in gone if parts.since), None)
        day = f" from {in_words(since)}" if since else ""
        yield f"{_number(gone)} {verb} ${written(more)} more{day}"


def _number(counted: Sequence[object]) -> str:
    return word(len(counted)).lower()


def _sum(rows: Sequence[DecisionRow]) -> Decimal:
    return sum((row.change for row in rows if row.change), Decimal(0))
