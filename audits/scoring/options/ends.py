"""Which models end within the 12 months of a verdict, and what that means, in words."""

from collections.abc import Iterator
from datetime import date

from audits.scoring.costs.cost_calendar import CostEvent
from audits.scoring.costs.cost_numbers import SHORT_NAMES, TRAINED
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money


def ends_said(money: Money | None) -> tuple[str, ...]:
    """Return a sentence for each model that retires, in the order of their days.

    What has stopped ends nothing. Where today's plan and what the verdict leads to have
    the same model, it is said once, of the latter.

    Args:
        money: The money behind the verdict, in US dollars; None if it is not known.
    """
    if money is None:
        return ()
    today = money.today if money.state != "stopped" else None
    found: dict[tuple[date, str], str] = {}
    for row in filter(None, (money.picked, today)):
        for event in row.calendar.events:
            if said := _said(row, event):
                found.setdefault((event.day, event.model), said)
    return tuple(said for _, said in sorted(found.items()))


def _said(row: MoneyRow, event: CostEvent) -> str:
    if event.kind == "meanwhile" and event.model:
        return "".join(_meanwhile(row, event))
    if event.kind != "end":
        return ""
    name, day = SHORT_NAMES[row.technique], in_words(event.day)
    if row.technique in TRAINED and row.ends == event.day:
        return f"The base model of “{name}” retires on {day}."
    return "".join(_moves(row, event))


def _meanwhile(row: MoneyRow, event: CostEvent) -> Iterator[str]:
    """Yield what is said of the model of what serves until a new one is ready."""
    wait = row.calendar.wait
    name = SHORT_NAMES[wait.technique] if wait and wait.technique else "what runs"
    yield f"{event.model} retires on {in_words(event.day)}, before "
    yield f"“{SHORT_NAMES[row.technique]}” is ready; until then “{name}” "
    yield f"moves to {event.successor}." if event.successor else "has no replacement."


def _moves(row: MoneyRow, event: CostEvent) -> Iterator[str]:
    """Yield what is said of the model of a prompt, and what the move costs once."""
    yield f"{event.model or 'Its model'} retires on {in_words(event.day)}; "
    if not event.successor:
        yield "no replacement is named."
        return
    lines = (x.amount for x in row.calendar.one_offs if x.day == event.day)
    once = sum(lines, start=row.calendar.once * 0)
    costs = f" for ${written(once)} once" if once else ""
    yield f"“{SHORT_NAMES[row.technique]}” then moves to {event.successor}{costs}."
