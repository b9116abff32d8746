"""What changes within the 12 months of a row of money, in parts of sentences."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from audits.scoring.calendars.spent_from import spent_from
from audits.scoring.costs.building_costs import TEST_SET
from audits.scoring.costs.cost_calendar import (
    MONTHS,
    CostCalendar,
    OneOff,
    changes_in,
)
from audits.scoring.costs.cost_numbers import SHORT_NAMES, TRAINED, PricedTechnique
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.days import in_words
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.states import PlanState
from audits.scoring.money.waiting import added_by_price


def changed(
    row: MoneyRow, name: str, ruled_out: Mapping[PricedTechnique, str]
) -> str | None:
    """Say what a month costs since a price or a model ends, and as what it goes on.

    Args:
        row: The row; None is returned if none of its months costs more or less.
        name: What the row is called.
        ruled_out: The techniques that cannot be chosen, with why.
    """
    if row.changes is None:
        return None
    day, month = row.changes
    since, fate = "", ""
    if row.ends:
        since = ", when its model retires"
        fate = " as a prompt on the replacement model"
        if row.goes_on_as:
            fate = f" as “{SHORT_NAMES[row.goes_on_as]}”, because prompts are ruled out"
        elif why := ruled_out.get("prompt"):
            fate += f", which is ruled out here: {why}"
    elif row.moved_once and not row.calendar.at_start:
        since = ", when its model retires"
        fate = f", after ${written(row.moved_once)} once to move it"
    elif is_price_only(row):
        since = ", at the announced price of its model"
    return f"{in_words(day)}{since}, {name} costs ${written(month)} a month{fate}"


def follows(row: MoneyRow) -> str:
    """Say as what a plan goes on whose model ends, and for how much.

    It is what the months of the row count. Empty if no model of it ends.
    """
    end = row.end
    if end is None:
        return ""
    if end.is_same_price:
        return "The amounts go on at the same price, as nothing that follows has one."
    costs = [f"${written(row.last_month)} a month"]
    if row.changes and row.changes[0] != end.day:
        costs = []
    if once := sum((line.amount for line in _paid_at(row, end.day)), Decimal(0)):
        costs = [f"${written(once)} once", *costs]
    for_how_much = f", and costs {' and '.join(costs)}" if costs else ""
    goes_on = takes_over(row)
    return f"Then {goes_on} takes over. It is not shown to do as well{for_how_much}."


def takes_over(row: MoneyRow, *, names_model: bool = False) -> str:
    """Name what a plan goes on as once its model has ended; empty if that has no price.

    Empty also if no model of it ends. Who `names_model` has that which replaces it.
    """
    end = row.end
    if end is None or end.is_same_price:
        return ""
    if end.goes_on_as:
        return f"“{SHORT_NAMES[end.goes_on_as]}”"
    what = "a prompt" if row.becomes_prompt else "a model trained again"
    return f"{what} on {(names_model and end.successor) or 'the replacement model'}"


def _paid_at(row: MoneyRow, day: date) -> list[OneOff]:
    return [line for line in row.calendar.one_offs if line.day == day]


def is_price_only(row: MoneyRow) -> bool:
    """Whether nothing but announced prices changes what a month costs."""
    kinds = {x.kind for x in row.calendar.events}
    return "price" in kinds and "end" not in kinds


def step(today: MoneyRow | None) -> str:
    """Say from when a month of a plan costs something else; empty where none does.

    Its 12 months are then not 12 times its month. Empty also while its model is built.
    """
    if today is None or today.calendar.wait or today.changes is None:
        return ""
    day, month = today.changes
    first, name = written(today.month.expected), SHORT_NAMES[today.technique]
    then = f"${written(month)} from {in_words(day)}"
    return f"“{name}” costs ${first} a month, {then}."


def beside_after_its_end(today: MoneyRow, chosen: MoneyRow) -> str:
    """Say how a month of a plan whose model ended compares with what is chosen.

    Empty if it does not end, costs as much, or the other changes later than that.
    """
    if today.changes is None or today.ends is None:
        return ""
    day, month = today.changes
    wait, beside = chosen.calendar.wait, chosen.month.expected
    if wait and wait.until > day:
        return ""
    if chosen.changes:
        since, then = chosen.changes
        if since > day:
            return ""
        beside = then
    if month == beside:
        return ""
    word = "less" if month < beside else "more"
    name = SHORT_NAMES[chosen.technique]
    return f"${written(abs(month - beside))} a month {word} than “{name}”"


def after_its_end(row: MoneyRow) -> str:
    """Say which part of the 12 months is for the time after a model; empty if none."""
    if row.ends is None:
        return ""
    part = as_printed(spent_from(row.calendar, row.ends))
    is_moved = any(x.day == row.ends for x in row.calendar.one_offs)
    spent = f"${written(part)} is spent after its model retires"
    if row.goes_on_as is None:
        return f"{spent}{', the move included' if is_moved else ''}"
    move = " and the move to it" if is_moved else ""
    return f"{spent}, on “{SHORT_NAMES[row.goes_on_as]}”{move}"


def by_announced_price(today: MoneyRow, chosen: MoneyRow) -> Decimal | None:
    """Return what one announced price adds to the 12 months of today's plan.

    What it adds to what serves until a new model does is taken off: that is no more.
    None if none does, if more than that changes, or if what is chosen changes as well:
    then it is not told what would be left without it.
    """
    prices = [x for x in today.calendar.events if x.kind == "price"]
    if chosen.changes or not today.changes or not is_price_only(today) or prices[1:]:
        return None
    wait = chosen.calendar.wait
    meanwhile = {x.day for x in chosen.calendar.events if x.kind == "meanwhile"}
    if today.calendar.wait or not meanwhile <= {x.day for x in prices}:
        return None
    added = changes_in(today.month.expected, today.calendar.once, today.year.expected)
    return added and added - added_by_price(wait)


def is_once_uncertain(row: MoneyRow) -> bool:
    """Whether the 12 months have a range that months and one-off costs do not give.

    Then the range of one-off costs is in that of the 12 months, and no column has
    it alone. Twelve rounded months may differ by a dollar each.
    """
    once = row.calendar.once
    apart = max(
        abs(year - MONTHS * month - once)
        for month, year in (
            (row.told.low, row.year.low),
            (row.told.high, row.year.high),
        )
    )
    return bool(once) and apart > MONTHS


def ended(today: MoneyRow, state: PlanState) -> Iterator[tuple[str, str]]:
    """Yield what 12 months of a plan are called that something else replaces.

    What is freed is the net alone, which is said apart.
    """
    # What is paid once is no running spend.
    is_part_once = state == "running" and today.calendar.once
    kind = " for the current plan" if is_part_once else f" of {state} spending"
    yield "ends", f"${written(today.year.expected)}{kind}"
    yield "ends_sum", f"${written(today.year.expected)}"
    yield "goes_on", ""


def released(today: MoneyRow, added: Decimal | None) -> str:
    """Say which parts of a plan that ends are later; what its row has is not said.

    Args:
        today: The plan.
        added: What an announced price adds to it; None without one.
    """
    parts = [after_its_end(today)]
    if added is not None and added > 0:
        parts.append(f"${written(added)} is for a price rise that is avoided")
    return ", and ".join(filter(None, parts))


def paid_for_training(today: MoneyRow | None) -> Decimal | None:
    """Return what a planned plan still pays up front for its model; None if nothing.

    Without a number for what is paid so far, some of it may be paid already.
    """
    if today is None or today.state != "planned":
        return None
    return training_in(today.technique, today.calendar)


def training_in(technique: PricedTechnique, calendar: CostCalendar) -> Decimal | None:
    """Return what is paid up front for the model of a technique; None if none is.

    What serves until the model is ready, and a later move, are no part of it. Nor is
    the test set: whatever runs needs it, trained or not.
    """
    if technique not in TRAINED:
        return None
    cases = (x.amount for x in calendar.one_offs if TEST_SET in x.what)
    apart = calendar.set_up + sum(cases, Decimal(0))
    return max(calendar.at_start - apart, Decimal(0)) or None
