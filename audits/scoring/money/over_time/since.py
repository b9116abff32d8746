"""What a verdict leads to costs now, and what it cost before, in words."""

from collections.abc import Iterator

from audits.scoring.costs.cost_calendar import CostEvent
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money


def cost_since(
    was: Money | None,
    now: Money | None,
    *,
    same_inputs: bool = False,
    same_facts: bool = True,
) -> str:
    """Say what 12 months of what a verdict leads to cost now, and before.

    Args:
        was: The money before; None if it has no price.
        now: The money now.
        same_inputs: Whether all that was entered is equal, so that the day is named as
            the cause, or the market.
        same_facts: Whether both are priced with the same edition of the market facts.

    Returns:
        A sentence; empty if one of the two is not known or on hold, or both are equal.
    """
    if was is None or now is None or "on_hold" in (was.role, now.role):
        return ""
    before, after = was.chosen, now.chosen
    amounts = [f"${written(row.year.expected)}" for row in (before, after)]
    name, old_name = (f"“{SHORT_NAMES[row.technique]}”" for row in (after, before))
    if name != old_name:
        return (
            f"12 months of {name} cost {amounts[1]}, instead of {amounts[0]} for "
            f"{old_name}."
        )
    if amounts[0] == amounts[1]:
        return ""
    said = f"12 months of {name} cost {amounts[1]} instead of {amounts[0]}."
    if not same_inputs:
        return said
    return " ".join((said, *_causes(before, after, same_facts=same_facts)))


def _causes(was: MoneyRow, now: MoneyRow, *, same_facts: bool) -> Iterator[str]:
    """Yield why the sum differs though nothing that was entered does."""
    if not same_facts:
        yield "The market facts are newer."
    if now.starts != was.starts:
        only = "Only the day differs: they" if same_facts else "They"
        yield f"{only} start on {in_words(now.starts)}, not {in_words(was.starts)}."
    yield from _month_since(was, now)
    yield from _within(was, now)


def _month_since(was: MoneyRow, now: MoneyRow) -> Iterator[str]:
    old, new = (written(row.month.expected) for row in (was, now))
    if old != new:
        yield f"At the prices of the first day, a month costs ${new}, not ${old}."


def _within(was: MoneyRow, now: MoneyRow) -> Iterator[str]:
    """Yield what happens only within the one, or only within the other 12 months."""
    for word, row, other in (("Now", now, was), ("No longer", was, now)):
        happened = {(x.kind, x.text) for x in other.calendar.events}
        found = [x for x in row.calendar.events if (x.kind, x.text) not in happened]
        if found:
            yield f"{word} within them: {_listed(found)}"


def _listed(events: list[CostEvent]) -> str:
    return " ".join(f"{in_words(x.day)}: {x.text}" for x in events)
