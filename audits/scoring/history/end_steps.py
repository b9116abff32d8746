"""The step that each end of a model asks for: choose what follows it, and test that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.scoring.chances.pass_marks import of_target
from audits.scoring.costs.cost_calendar import CostEvent
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class EndStep:
    """What to do before a model ends, in words; `work` is empty without a price."""

    name: str
    work: str
    test: str
    pass_mark: str
    then: str


def end_steps(money: Money | None, target: Decimal | None) -> tuple[EndStep, ...]:
    """Return a step for each model that ends within the 12 months, by its day.

    A verdict that replaces what runs, or moves it, is the step itself.

    Args:
        money: The money behind the verdict, in US dollars; None if it is not known.
        target: The share of cases that must pass; None if nobody entered one.
    """
    if money is None or money.move or money.kind == "move":
        return ()
    found: dict[tuple[date, str], EndStep] = {}
    for row in _going_on(money):
        for event in row.calendar.events:
            if event.kind == "end":
                key = event.day, _name(row, event)
                found.setdefault(key, _step(row, event, target))
    return tuple(step for _, step in sorted(found.items(), key=lambda each: each[0]))


def _going_on(money: Money) -> Iterator[MoneyRow]:
    """Yield what the verdict leads to, and what runs today if that goes on."""
    if money.picked:
        yield money.picked
    if money.today and money.state != "stopped" and not money.is_against:
        yield money.today


def _name(row: MoneyRow, event: CostEvent) -> str:
    return event.model or f"the model of “{SHORT_NAMES[row.technique]}”"


def _step(row: MoneyRow, event: CostEvent, target: Decimal | None) -> EndStep:
    name, mark = _name(row, event), of_target(target)
    tested = "a model that stays in service"
    if event.successor:
        tested = f"{event.successor}, its named replacement"
    return EndStep(
        name=f"Choose the successor of {name} before {in_words(event.day)}",
        work=_work(row, event),
        test=f"Run the same test cases with {tested}",
        pass_mark=f"No fewer cases pass than with {name}"
        if mark.lacks_target
        else mark.says,
        then="What passes serves from that day; if nothing does, test another model.",
    )


def _work(row: MoneyRow, event: CostEvent) -> str:
    lines = [each for each in row.calendar.one_offs if each.day == event.day]
    if not lines:
        return ""
    once = sum((each.amount for each in lines), Decimal(0))
    return f"${written(once)} once ({'; '.join(each.words for each in lines)})"
