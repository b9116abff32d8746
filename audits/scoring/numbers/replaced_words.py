"""How readers are told what a team entered instead of what Attune assumes."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from audits.scoring.costs.cost_numbers import INPUT_NAMES, SHORT_NAMES
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.numbers.currency_words import range_in
from audits.scoring.numbers.entered_in import EnteredIn
from audits.scoring.numbers.replaced import (
    Replaced,
    ReplacedNumber,
    ReplacedRate,
)

_DIGITS = Decimal("0.0001")
_NUMBERS = attrgetter("numbers")


def replaced_title(found: Replaced) -> str:
    """Return what was replaced, as a heading."""
    said = []
    if number := len(found.told):
        is_one = number == 1
        what = "cost number is" if is_one else "cost numbers are"
        where = ", ".join(filter(None, ("the team’s own", _outside(found))))
        said.append(f"{number} {what} {where}.")
    if found.rate:
        said.append("The exchange rate of the offer is far from the published one.")
    return " ".join(said)


def replaced_money(found: Replaced) -> tuple[str, ...]:
    """Return what the money would be with what Attune assumes, in sentences."""
    said = [*_years_said(found)]
    if rate := found.rate:
        said.append(
            "At the published rate, 12 months of the offer cost "
            f"${written(rate.usual_year)}, not ${written(rate.year)}."
        )
    return tuple(said)


def replaced_said(found: Replaced) -> tuple[str, ...]:
    """Return each replaced number with what is usual, in sentences."""
    return (*map(_number_said, found.told), *replaced_rate_said(found))


def replaced_rate_said(found: Replaced) -> tuple[str, ...]:
    """Return the exchange rate of the offer with the published one, in a sentence."""
    return (_rate_said(found.rate),) if found.rate else ()


def replaced_beside(
    found: Replaced | None, entered: EnteredIn | None = None
) -> dict[str, str]:
    """Return what Attune assumes beside each entered number, by its id.

    Args:
        found: What the team replaced.
        entered: The currency of its amounts; None for US dollars.
    """
    return {
        each.input_id: f", not the usual {range_in(each.usual, entered, _NUMBERS)}"
        for each in (found.numbers if found else ())
    }


def replaced_in_brief(found: Replaced | None) -> str:
    """Return what moves amounts of page 1, in one short line; empty if nothing does."""
    if found is None:
        return ""
    is_moved = any(each.is_moved for each in found.years)
    said = [_in_brief(found)] if found.told and is_moved else []
    if rate := found.rate:
        usual, own = rate.published.dollars, rate.entered
        said.append(f"The offer’s rate is {own:f}; published is {usual:f} (A4).")
    return " ".join(said)


def _outside(found: Replaced) -> str:
    """Say how many of the own numbers are outside of their ranges; empty if none is."""
    if not found.outside:
        return ""
    share = "" if found.outside == len(found.told) else f"{found.outside} "
    return f"{share}outside Attune’s range"


def _in_brief(found: Replaced) -> str:
    """Say it with the first year; A4 has that of a current plan beside it."""
    number, outside = len(found.told), found.outside
    several = "" if number == 1 else "s"
    what = f"{number} own cost number{several}"
    if outside == number:
        what = f"{number} number{several} outside Attune’s range"
    elif outside:
        what = f"{outside} of {number} own numbers outside Attune’s range"
    first = found.years[0]
    usual = f"; with Attune’s, ${written(first.usual_year)}" if first.is_moved else ""
    return f"{what}{usual} (A4)."


def _years_said(found: Replaced) -> Iterator[str]:
    """Say what each year would be that is another; of the first, if none is."""
    if not found.told or not found.years:
        return
    moved = [each for each in found.years if each.is_moved]
    if not moved:
        name = SHORT_NAMES[found.years[0].technique]
        yield f"With Attune’s, 12 months of “{name}” cost the same."
        return
    costs = (
        f"12 months of “{SHORT_NAMES[each.technique]}” cost "
        f"${written(each.usual_year)}, not ${written(each.year)}"
        for each in moved
    )
    yield f"With Attune’s, {'; '.join(costs)}."


def _number_said(each: ReplacedNumber) -> str:
    name = INPUT_NAMES[each.input_id]
    entered = _in_words(each.entered, each.usual)
    source = ", without a source" if each.is_outside else ""
    return f"{name}: {entered}{source}, instead of {each.usual.with_span}."


def _in_words(number: Decimal, usual: Range) -> str:
    """Write an entered number as its usual range is written."""
    is_long = number != number.quantize(_DIGITS) and number > _DIGITS
    shown = number.quantize(_DIGITS) if is_long else number
    return replace(usual, low=shown, expected=shown, high=shown).usual


def _rate_said(rate: ReplacedRate) -> str:
    published = rate.published
    day = f" on {in_words(published.day)}" if published.day else ""
    return (
        f"Exchange rate of the offer: 1 {rate.currency} is {rate.entered:f} US dollars "
        f"as entered, without a source, instead of {published.dollars:f}{day}, "
        f"{published.issuer}."
    )
