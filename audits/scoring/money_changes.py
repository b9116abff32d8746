"""What changes within the 12 months of a row of money, in parts of sentences."""

from collections.abc import Mapping
from decimal import Decimal

from audits.scoring.costs.cost_calendar import MONTHS, changes_in
from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.days import in_words
from audits.scoring.money_row import MoneyRow
from audits.scoring.money_waiting import added_by_price
from audits.scoring.pricing.spent_from import spent_from


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
    since = fate = ""
    if row.ends:
        since = ", when its model ends"
        fate = " as a prompt on the replacement model"
        if row.goes_on_as:
            fate = f" as “{SHORT_NAMES[row.goes_on_as]}”, since a prompt is ruled out"
        elif why := ruled_out.get("prompt"):
            fate += f", which is ruled out here: {why}"
    elif is_price_only(row):
        since = ", when the announced price of its model applies"
    return f"{in_words(day)}{since}, {name} costs ${written(month)} a month{fate}"


def is_price_only(row: MoneyRow) -> bool:
    """Whether nothing but announced prices changes what a month costs."""
    kinds = {x.kind for x in row.calendar.events}
    return "price" in kinds and "end" not in kinds


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
    follows = f" for “{SHORT_NAMES[row.goes_on_as]}”" if row.goes_on_as else ""
    is_moved = any(x.day == row.ends for x in row.calendar.one_offs)
    move = ", the move included" if is_moved else ""
    return f"${written(part)} of it{follows} after its model ends{move}"


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
            (row.month.low, row.year.low),
            (row.month.high, row.year.high),
        )
    )
    return bool(once) and apart > MONTHS
