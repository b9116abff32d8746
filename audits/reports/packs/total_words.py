"""What the totals of a pack's decisions mean, in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.scoring.costs.rounding import written
from audits.scoring.money.states import PlanState
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.decision_rows import DecisionRow, DecisionSums, bound

_WORDS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
)
_MOST_LEFT_OUT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalLine:
    """One total of a pack with its span, the state of its money, and what it means."""

    name: str
    state: PlanState | None
    amount: Band
    what: str


def total_lines(sums: DecisionSums, *, is_part: bool) -> tuple[TotalLine, ...]:
    """Return what decisions ask for, release and hold, and the net.

    Args:
        sums: The totals of their rows.
        is_part: Whether what they ask for leaves something out.
    """
    return tuple(_lines(sums, is_part=is_part))


def _lines(sums: DecisionSums, *, is_part: bool) -> Iterator[TotalLine]:
    if sums.asked:
        what = "by all decisions"
        if is_part:
            what += ", without what is named below"
        least = bound(sums.asked, is_part=is_part)
        name = f"Asked for, {least}" if least else "Asked for"
        yield TotalLine(name=name, state=None, amount=sums.asked, what=what)
    for state, released in sums.released.items():
        what = "12 months of plans that end, changes included"
        yield TotalLine(name="Freed", state=state, amount=released, what=what)
        spent = written(sums.replacing[state].expected)
        what = f"this, less ${spent} for what replaces them"
        yield TotalLine(name="Net", state=state, amount=sums.net[state], what=what)
    for state, held in sums.held.items():
        what = "plans that wait for a measurement or a step"
        yield TotalLine(name="Held", state=state, amount=held, what=what)


def price_rises(rows: Sequence[DecisionRow]) -> str:
    """Say which part of the net amounts is a price rise avoided; empty if none."""
    found = [
        f"${written(row.price_rise)} is an announced price rise avoided ({row.name})"
        for row in rows
        if row.price_rise and row.price_rise > 0
    ]
    return f"In the net amounts, {listed(found)}." if found else ""


def not_counted(rows: Sequence[DecisionRow]) -> str:
    """Name all that the total asked for leaves out, by decision; empty if nothing."""
    found = [(row.name, listed(row.left_out)) for row in rows if row.left_out]
    if not found:
        return ""
    named = [f"{name} ({what})" for name, what in found[:_MOST_LEFT_OUT]]
    if more := len(found) - len(named):
        named.append(f"{more} more (see their papers)")
    return f"Not in the total asked for: {listed(named)}."


def lacking(rows: Sequence[DecisionRow], decisions: int) -> str:
    """Count those of some decisions with a cost that the total leaves out."""
    number = sum(bool(row.left_out) for row in rows)
    if not number:
        return ""
    if decisions == 1:
        return "It may cost more"
    return f"{word(number)} of them may cost more"


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does."""
    first = ", ".join(words[:-1])
    return f"{first} and {words[-1]}" if first else words[0]


def word(number: int) -> str:
    """Write a number up to twelve in a word."""
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}"
