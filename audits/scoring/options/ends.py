"""Which models end, or change their price, within the 12 months of a verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from audits.scoring.costs.cost_calendar import CostEvent
from audits.scoring.costs.cost_numbers import SHORT_NAMES, TRAINED
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money

_IF_IT_GOES_AHEAD = "This matters only if the current plan goes ahead."


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEnd:
    """The end of a model in a sentence, and whether anything `is_moved` for it.

    Nothing is for a plan that does not run yet and that the verdict advises against.
    """

    says: str
    is_moved: bool


def model_ends(money: Money | None) -> tuple[ModelEnd, ...]:
    """Return each model that retires, in the order of their days.

    Args:
        money: The money behind the verdict, in US dollars; None if it is not known.
    """
    if money is None:
        return ()
    is_idle = money.is_against and money.state == "planned"
    advised = _ends_of(money.picked) if money.picked else {}
    only_planned = _ends_of(money.today) if money.today and is_idle else {}
    unmoved = {says for key, says in only_planned.items() if key not in advised}
    return tuple(
        ModelEnd(
            says=f"{says} {_IF_IT_GOES_AHEAD}" if says in unmoved else says,
            is_moved=says not in unmoved,
        )
        for says in ends_said(money)
    )


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
    for row in filter(None, (today, money.picked)):
        found |= _ends_of(row)
    return tuple(said for _, said in sorted(found.items()))


def prices_said(money: Money | None) -> tuple[str, ...]:
    """Return a sentence for each announced price, in the order of their days.

    Args:
        money: The money behind the verdict, in US dollars; None if it is not known.
    """
    if money is None:
        return ()
    today = money.today if money.state != "stopped" else None
    events = {
        (event.day, event.text.partition(":")[0])  # without the amounts of the row
        for row in filter(None, (money.picked, today))
        for event in row.calendar.events
        if event.kind == "price"
    }
    return tuple(f"{changes} on {in_words(day)}." for day, changes in sorted(events))


def _ends_of(row: MoneyRow) -> dict[tuple[date, str], str]:
    """Return what is said of each model of a row that retires, by its day and name."""
    found: dict[tuple[date, str], str] = {}
    for event in row.calendar.events:
        if said := _said(row, event):
            found.setdefault((event.day, event.model), said)
    return found


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
    yield f"“{SHORT_NAMES[row.technique]}” is ready; "
    if wait and wait.technique in TRAINED and event.successor:
        yield f"“{name}” then gives way to {event.successor}."
        return
    yield f"until then “{name}” "
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
