"""What the votes of a pack come to, for its title: what some save, what others add."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from audits.reports.packs.said.total_words import least_said, word
from audits.scoring.costs.rounding import written
from audits.scoring.sums.decision_rows import (
    AT_LEAST,
    NOT_PRICED,
    NOTHING_NEW,
    DecisionRow,
)

_TERM = " over\u00a012\u00a0months"  # on one line


def outcome(
    rows: Sequence[DecisionRow], still: Mapping[str, Decimal] | None = None
) -> str:
    """Say how many decisions save how much, and apart from them what others add.

    One net of both would tell a board neither. Empty where none saves anything, or
    where one has no price: then only the sum asked for says what they come to.

    Args:
        rows: The decisions, and what asks for none.
        still: What those that save can still save on the day of the vote, by name;
            without it, what they save over the 12 months of their papers.
    """
    is_open = any(row.no_amount == NOT_PRICED for row in rows)
    saves = [row for row in rows if row.change is not None and row.change < 0]
    if is_open or not saves:
        return ""
    return f"{'; '.join(_parts(rows, saves, still or {}))}{_TERM}"


def _parts(
    rows: Sequence[DecisionRow],
    saves: Sequence[DecisionRow],
    still: Mapping[str, Decimal],
) -> Iterator[str]:
    verb = "decision saves" if len(saves) == 1 else "decisions save"
    most = "up to " if any(row.bound == AT_LEAST for row in saves) else ""
    saved = sum((still.get(x.name, abs(_sum([x]))) for x in saves), Decimal(0))
    yield f"{word(len(saves))} {verb} {most}${written(saved)}"
    adds = [row for row in rows if row.change is not None and row.change > 0]
    if adds:
        verb = "asks for" if len(adds) == 1 else "ask for"
        least = least_said(next((x.bound for x in adds if x.bound == AT_LEAST), ""))
        yield f"{word(len(adds)).lower()} {verb} {least}${written(_sum(adds))} more"
    same = sum(row.change == 0 or row.no_amount == NOTHING_NEW for row in rows)
    if same:
        yield f"{word(same).lower()} change{'s' * (same == 1)} no cost"


def _sum(rows: Sequence[DecisionRow]) -> Decimal:
    return sum((row.change for row in rows if row.change), Decimal(0))
