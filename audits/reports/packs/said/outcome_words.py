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

type _Vote = tuple[DecisionRow, NetParts | None]


def outcome(rows: Sequence[DecisionRow], still: Sequence[NetParts | None] = ()) -> str:
    """Say how many decisions save how much, and apart from them what others add.

    One net of both would tell a board neither. The sums are those of the papers, as in
    the table of page 1; but what a paper saves and its day does not any more is no
    saving. Empty where no paper saves anything, or where one has no price: then only
    the sum asked for says what they come to.

    Args:
        rows: The decisions, and what asks for none.
        still: What each row whose paper saves something can still save on the day of
            the vote; without it, what it saves over the 12 months of its paper.
    """
    is_open = any(row.no_amount == NOT_PRICED for row in rows)
    if is_open or not any(row.change is not None and row.change < 0 for row in rows):
        return ""
    votes = [*zip_longest(rows, still)]
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
        row
        for row, parts in votes
        if row.change and row.change < 0 and (parts is None or parts.saved > 0)
    ]
    if saves:
        most = "up to " if any(row.bound == AT_LEAST for row in saves) else ""
        verb = "saves" if len(saves) == 1 else "save"
        yield f"{_number(saves)} {verb} {most}${written(-_sum(saves))}"


def _adds(votes: Sequence[_Vote]) -> Iterator[str]:
    adds = [row for row, _ in votes if row.change and row.change > 0]
    if adds:
        verb = "asks for" if len(adds) == 1 else "ask for"
        bounds = [row.bound for row in adds]
        least = least_said(AT_LEAST if AT_LEAST in bounds else "")
        yield f"{_number(adds)} {verb} {least}${written(_sum(adds))} more"


def _same(votes: Sequence[_Vote]) -> Iterator[str]:
    same = [
        row
        for row, parts in votes
        if row.change == 0
        or row.no_amount == NOTHING_NEW
        or (parts and parts.saved == 0)
    ]
    if same:
        yield f"{_number(same)} change{'s' * (len(same) == 1)} no cost"


def _gone(votes: Sequence[_Vote]) -> Iterator[str]:
    """Yield what those cost from the day of the vote whose saving is gone by then."""
    gone = [parts for _, parts in votes if parts and parts.saved < 0]
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
