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

    The same of the current plan, where that is not what the verdict leads to.

    Args:
        was: The money before; None if it has no price.
        now: The money now.
        same_inputs: Whether nothing that was entered is the cause, so that the day is
            named as it, or the market.
        same_facts: Whether both are priced with the same edition of the market facts.

    Returns:
        Sentences; empty if one of the two is not known, or all is equal.
    """
    if was is None or now is None:
        return ""
    pairs = [(was.today, now.today, True)]
    if "on_hold" not in (was.role, now.role):
        pairs = [
            (was.chosen, now.chosen, False),
            *(() if now.chosen == now.today else pairs),
        ]
    said: list[str] = []
    for before, after, is_plan in pairs:
        if before is None or after is None:
            continue
        if sentence := _amounts_since(before, after, is_plan=is_plan):
            said.append(sentence)
            if same_inputs and before.technique == after.technique:
                causes = _causes(before, after, same_facts=same_facts)
                said.extend(cause for cause in causes if cause not in said)
    return " ".join(said)


def _amounts_since(before: MoneyRow, after: MoneyRow, *, is_plan: bool) -> str:
    """Say what 12 months cost now and before; empty if both are equal."""
    was, now = (f"${written(row.year.expected)}" for row in (before, after))
    name, old_name = (f"“{SHORT_NAMES[row.technique]}”" for row in (after, before))
    if name != old_name:
        return f"12 months of {name} cost {now}, instead of {was} for {old_name}."
    if was == now:
        return ""
    named = f"the current plan, {name}," if is_plan else name
    return f"12 months of {named} cost {now} instead of {was}."


def _causes(was: MoneyRow, now: MoneyRow, *, same_facts: bool) -> Iterator[str]:
    """Yield why the sum differs though nothing that was entered does."""
    if not same_facts:
        yield "The market facts are newer."
    if now.starts != was.starts:
        only = "The day is the cause: they" if same_facts else "They"
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
