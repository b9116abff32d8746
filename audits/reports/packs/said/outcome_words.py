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

    One net of both would tell a board neither. What a paper saves and its day does not
    any more is no saving. Empty where no paper saves anything, or where one has no
    price: then only the sum asked for says what they come to.

    Args:
        rows: The decisions, and what asks for none.
        still: What each row whose paper saves something can still save on the day of
            the vote; without it, what it saves over the 12 months of its paper.
    """
    is_open = any(row.no_amount == NOT_PRICED for row in rows)
    if is_open or not any(row.change is not None and row.change < 0 for row in rows):
        return ""
    votes = [*zip_longest(rows, still)]
    day = next((parts.since for _, parts in votes if parts and parts.since), None)
    said = [*_on_day(votes)], [*_over_12_months(votes)]
    if day is None:
        return f"{_joined([*said[0], *said[1], *_same(votes)])}{_TERM}"
    # What is asked for is that of 12 months; what is saved begins with the vote.
    first = f"{' and '.join(said[0])} from {in_words(day)}" if said[0] else ""
    later = [f"{each}{_TERM}" for each in said[1]]
    return _joined([*filter(None, (first, *later)), *_same(votes)])


def _joined(parts: Sequence[str]) -> str:
    """Join them to a title, whose first part says that it counts decisions."""
    number, _, rest = "; ".join(parts).partition(" ")
    decisions = "decision" if number == "one" else "decisions"
    return f"{number[:1].upper()}{number[1:]} {decisions} {rest}"


def _on_day(votes: Sequence[_Vote]) -> Iterator[str]:
    """Yield what votes save, and what those cost that saved something in a paper."""
    found = [vote for vote in votes if _change(vote) is not None]
    saves = [vote for vote in found if _sum([vote]) < 0]
    if saves:
        most = "up to " if any(row.bound == AT_LEAST for row, _ in saves) else ""
        verb = "saves" if len(saves) == 1 else "save"
        yield f"{_number(saves)} {verb} {most}${written(-_sum(saves))}"
    gone = [vote for vote in found if _sum([vote]) > 0 and vote[1]]
    if gone:
        verb = "costs" if len(gone) == 1 else "cost"
        yield f"{_number(gone)} {verb} ${written(_sum(gone))} more"


def _over_12_months(votes: Sequence[_Vote]) -> Iterator[str]:
    adds = [x for x in votes if not x[1] and x[0].change and x[0].change > 0]
    if adds:
        verb = "asks for" if len(adds) == 1 else "ask for"
        bounds = [row.bound for row, _ in adds]
        least = least_said(AT_LEAST if AT_LEAST in bounds else "")
        yield f"{_number(adds)} {verb} {least}${written(_sum(adds))} more"


def _same(votes: Sequence[_Vote]) -> Iterator[str]:
    same = [x for x in votes if _change(x) == 0 or x[0].no_amount == NOTHING_NEW]
    if same:
        yield f"{_number(same)} change{'s' * (len(same) == 1)} no cost"


def _number(votes: Sequence[_Vote]) -> str:
    return word(len(votes)).lower()


def _change(vote: _Vote) -> Decimal | None:
    row, parts = vote
    return -parts.saved if parts else row.change


def _sum(votes: Sequence[_Vote]) -> Decimal:
    return sum((change for x in votes if (change := _change(x))), Decimal(0))
