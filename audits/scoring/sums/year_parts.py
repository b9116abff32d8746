"""Why 12 months of a technique are not 12 times its month, in short and in full."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audits.scoring.costs.cost_calendar import MONTHS, OneOff, Wait
from audits.scoring.costs.cost_numbers import SHORT_NAMES, TRAINED, PricedTechnique
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.names.row_names import MOVES, row_name
from audits.scoring.money.once import paid_once
from audits.scoring.money.over_time.changes import is_price_only, takes_over
from audits.scoring.money.rows import MoneyRow, row_of
from audits.scoring.money.waiting import named
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import CostPlan, Price

# Twelve rounded months may differ by a dollar each.
_ROUNDED = MONTHS
A_MONTH = 31  # days: a model that serves less is never paid a month as a row says


def year_in_short(row: MoneyRow) -> str:
    """Say from when a month costs what the row says, or what it costs later.

    Empty where all months are alike.
    """
    wait = row.calendar.wait
    if wait is None:
        return _then(row)
    serves = named(wait) or "nothing"
    if not wait.is_ready:
        return _never_ready(row, serves)
    if days := for_how_long(row):
        return f"{serves} first, then this model{days}"
    return f"starts {_from_when(wait)}; {serves} runs until then"


def _never_ready(row: MoneyRow, serves: str) -> str:
    """Say that a model is not ready in time, and what runs instead of it."""
    end, then = row.end, takes_over(row)
    if end is None or not then:
        return f"not ready within 12 months; until then {serves} runs"
    return f"not ready before its model retires: {serves} runs, then {then}"


def _runs_instead(row: MoneyRow, serves: str) -> str:
    """Say the same of the whole 12 months."""
    end, then = row.end, takes_over(row)
    if end is None or not then:
        return f"{serves} runs all year"
    return f"{serves} runs until {in_words(end.day)}, then {then}"


def row_in_short(row: MoneyRow) -> str:
    """Say the same where a row has no column for what is paid once."""
    said, once, wait = year_in_short(row), row.calendar.once, row.calendar.wait
    then = row.then if wait and wait.is_ready else ""
    if for_how_long(row):
        said += f", at ${written(row.month_told)} a month"
    is_said = row.moved_once and not wait
    paid = f"includes ${written(once)} once" if once else ""
    parts = (said, then, "" if is_said else _set_up(row) or paid)
    built = "already built" if is_built(row) else ""
    return "; ".join(filter(None, (built, *parts)))


def is_built(row: MoneyRow) -> bool:
    """Whether a result that counts has made it, so that nothing is paid to build it."""
    is_other = "today" in row.roles or row.technique in TRAINED
    return not (is_other or _at_start(row))


def _set_up(row: MoneyRow) -> str:
    """Say what is paid once before an untrained technique runs; empty if not all."""
    at_start, paid = _at_start(row), row.calendar.one_offs
    if not at_start or len(at_start) < len(paid) or row.technique in TRAINED:
        return ""
    return f"${written(row.calendar.once)} once to build"


def _at_start(row: MoneyRow) -> list[OneOff]:
    """Return what is paid before it runs."""
    paid = row.calendar.one_offs
    return [x for x in paid if x.day == row.starts and x.amount]


def _then(row: MoneyRow) -> str:
    """Say what a month costs at first, and then; and what is paid to move what runs.

    What runs is not built: all that it costs once is the move off its model.
    """
    if not row.then:
        return _moved_at_one_price(row)
    first = written(row.month.expected)
    if row.changes and not row.first_ends and _is_by_price(row):
        day, month = row.changes
        then = f"${written(month)} from {in_words(day)} (new list price)"
        return f"${first} a month, then {then}"
    said = f"${first} a month at first, then {row.then}"
    if row.first_ends:
        said = f"{row.then}; until then at ${first} a month"
    if not row.moved_once:
        return said
    return f"{said}; moving it costs ${written(row.moved_once)} once"


def _is_by_price(row: MoneyRow) -> bool:
    """Whether its months differ by an announced price, and by no model that moves."""
    return is_price_only(row) and all(x.kind != "move" for x in row.calendar.events)


def _moved_at_one_price(row: MoneyRow) -> str:
    """Say what of the 12 months is paid to move it, where no month changes for it."""
    if not row.moved_once:
        return ""
    once = written(row.moved_once)
    return f"includes ${once} once to move it when its model retires"


def of_price(technique: PricedTechnique, price: Price) -> str:
    """Say the same of a technique in a table of all."""
    return year_in_short(row_of(technique, price, ("compared",), "running"))


def month_of(technique: PricedTechnique, price: Price) -> Decimal:
    """Return what a month costs: after the first price, where that ends in days."""
    return row_of(technique, price, ("compared",), "running").month_told


def lines_of_price(technique: PricedTechnique, price: Price) -> tuple[str, ...]:
    """Say what a technique costs a month and once, and name each amount once."""
    row = row_of(technique, price, ("compared",), "running")
    said, paid = year_in_short(row), price.calendar.as_printed.once
    once = f"${written(paid)} one-off"
    if row.calendar.wait is None and row.then:
        return (said,) if row.moved_once or not paid else (said, once)
    month = f"${written(price.expected_month)} a month, {once}"
    return (said, month) if said else (month,)


def year_in_full(row: MoneyRow, *, name: str = "") -> str:
    """Say what 12 months add up from; empty where the columns of a table add up.

    The parts are those of a pack: 12 of its months, what is paid once, and changes.

    Args:
        row: The row.
        name: What it is called; empty for its short name.
    """
    calendar, year, month = row.calendar, row.year.expected, row.month_told
    changes = as_printed(year - calendar.once - MONTHS * month)
    why = tuple(_why_changed(row, changes))
    if not why:
        return ""
    said = f"{MONTHS} × ${written(month)}"
    if calendar.once:
        said += f" + ${written(calendar.once)} once"
    sign = "+" if changes > 0 else "−"
    said += f" {sign} ${written(abs(changes))} for {_listed_why(why)}"
    if calendar.wait and calendar.never_serves:
        serves = named(calendar.wait) or "nothing"
        running = written(year - calendar.once)
        runs = _runs_instead(row, serves)
        said = f"${written(calendar.once)} once + ${running}, as {runs}"
    name = name or SHORT_NAMES[row.technique]
    return f"“{name}”: {said} = ${written(year)}."


def _on_days(row: MoneyRow) -> str:
    parts = dict(paid_once(row, row.calendar.at_start, is_today=False))
    said = parts.get("once_parts")
    return f" ({said})" if said else ""


type _Why = tuple[Decimal, str]


def _why_changed(row: MoneyRow, changes: Decimal) -> Iterator[_Why]:
    """Yield each part of the changes with what it is for; they add up to all."""
    left, wait = changes, row.calendar.wait
    waited = wait and as_printed(wait.running - wait.months * row.month.expected)
    if wait and waited:
        serves = named(wait) or "nothing"
        rest = left - waited
        yield (
            waited if abs(rest) > _ROUNDED else left,
            f"the months until {in_words(wait.until)}, when {serves} runs",
        )
        left = rest
    if abs(left) > _ROUNDED:
        yield left, _changes(row, left)


def _listed_why(why: Sequence[_Why]) -> str:
    """Name the only reason for the changes, or each with its part."""
    if not why[1:]:
        return why[0][1]
    parts = ", ".join(
        f"{'+' if part > 0 else '−'}${written(abs(part))} for {what}"
        for part, what in why
    )
    return f"changes ({parts})"


def years_of(assessment: Assessment, money: Money | None) -> tuple[str, ...]:
    """Say it of the rows that are stated, and of one model that would be trained.

    All models that are trained wait alike.
    """
    found = (
        year_in_full(row, name=_move_name(money, row))
        for row in _rows(assessment, money)
    )
    return tuple(filter(None, found))


def year_for_paper(assessment: Assessment, money: Money | None) -> str:
    """Say it of one row, as a paper has each month of today's plan and of the advice.

    It is drawn beside it: that of a model that has to be trained, if there is one. Of a
    move, it is each amount that the board may be asked for.
    """
    if money is None:
        return ""
    if money.move:
        asked = [x for x in money.stated if {"proposed", "otherwise"} & {*x.roles}]
        said = (_in_columns(x, _move_name(money, x), with_days=True) for x in asked)
        return " ".join(filter(None, said))
    drawn = {row.technique for row in money.rows}
    rows = sorted(
        (row for row in _rows(assessment, money) if row.technique in drawn),
        key=lambda row: (row.calendar.wait is None, row != money.chosen),
    )
    return next(filter(None, map(_in_columns, rows)), "")


def _in_columns(row: MoneyRow, name: str = "", *, with_days: bool = False) -> str:
    """Say what the columns of a row add up from; empty where all months are alike."""
    year, once = row.year.expected, row.calendar.once
    changes = as_printed(year - once - MONTHS * row.month_told)
    why = tuple(_why_changed(row, changes))
    if not why:
        return ""
    said = f"${written(year - once)} running ({_running(row, changes, why)})"
    if once:
        days = _on_days(row) if with_days else ""
        said = f"${written(once)} once{days} + {said}"
    return f"“{name or SHORT_NAMES[row.technique]}”: {said} = ${written(year)}."


def _running(row: MoneyRow, changes: Decimal, why: Sequence[_Why]) -> str:
    """Say what it costs to run in the 12 months, as these differ."""
    wait, month = row.calendar.wait, f"${written(row.month_told)} a month"
    if row.changes and all(x.kind != "move" for x in row.calendar.events):
        day, last = row.changes
        month += f" at first, ${written(last)} from {in_words(day)}"
    elif wait is None:
        sign = "+" if changes > 0 else "−"
        more = f"{sign} ${written(abs(changes))} for {_listed_why(why)}"
        return f"{MONTHS} × {month.removesuffix(' a month')} {more}"
    if wait is None:
        return month
    serves = named(wait) or "nothing"
    said = f"${written(wait.running)} until {in_words(wait.until)}, when {serves} runs"
    rest = row.year.expected - row.calendar.once - wait.running
    return f"{said}; ${written(rest)} after that: {month}" if rest else said


def parts_of_named(named: tuple[str, Price]) -> str:
    """Say what 12 months of an option that a decision names add up from, in lines."""
    price = named[1]
    calendar, year = price.calendar.as_printed, price.year_as_printed.expected
    month = month_of("prompt", price)
    said = f"{MONTHS} × ${written(month)}"
    if calendar.once:
        lines = (f"{x.words}, ${written(x.amount)}" for x in calendar.one_offs)
        said += f" + ${written(calendar.once)} once ({'; '.join(lines)})"
    changes = as_printed(year - calendar.once - MONTHS * month)
    if abs(changes) > _ROUNDED:
        sign = "+" if changes > 0 else "−"
        said += f" {sign} ${written(abs(changes))} for changes of prices"
    return f"{said} = ${written(year)}. Page 1 asks for it if it passes the test."


def _move_name(money: Money | None, row: MoneyRow) -> str:
    """Say in a name whether the move is in a price; empty where none has it there."""
    rows = money.rows if money else ()
    moved = {x.technique: x for x in rows if not {*MOVES}.isdisjoint(x.roles)}
    if money is None or row.technique not in moved:
        return ""
    name = f"{SHORT_NAMES[row.technique]}, move not counted"
    return row_name(money, row) if row == moved[row.technique] else name


def _rows(assessment: Assessment, money: Money | None) -> tuple[MoneyRow, ...]:
    if money is None or assessment.costs is None:
        return ()
    waiting = [*_waiting(assessment.costs.plan)][:1]
    has_one = any(row.calendar.wait for row in money.stated)
    return (*money.stated, *(() if has_one else waiting))


def _waiting(plan: CostPlan) -> Iterator[MoneyRow]:
    for cost in plan.techniques:
        if cost.price and cost.price.calendar.wait:
            yield row_of(cost.technique, cost.price, ("compared",), "running")


def _from_when(wait: Wait) -> str:
    months = wait.months
    if months == int(months):
        return f"in month {int(months) + 1}"
    return f"on {in_words(wait.until)}"


def for_how_long(row: MoneyRow, below: int = A_MONTH) -> str:
    """Say for how many days its new model serves, where these are fewer than `below`.

    Empty too if it is trained again when its base retires.
    """
    wait, end = row.calendar.wait, row.end
    if wait is None or not wait.is_ready or end is None:
        return ""
    days = (end.day - wait.until).days
    is_over = end.goes_on_as or row.becomes_prompt
    return f" for {days} day{'s' * (days != 1)}" if is_over and days < below else ""


def _changes(row: MoneyRow, more: Decimal) -> str:
    """Say what makes months differ: the model before a move, or what is announced."""
    events = row.calendar.events
    if moves := [x.day for x in events if x.kind == "move"]:
        old = "the old model" if more > 0 else "the old model, which costs less,"
        return f"{old} until {in_words(moves[0])}"
    days = [x.day for x in events if x.kind in ("price", "end")]
    return f"changes from {in_words(days[0])}" if days else "changes of prices"
