"""How readers are told what a team entered outside of the usual ranges."""

from dataclasses import replace
from decimal import Decimal

from audits.scoring.costs.cost_numbers import (
    INPUT_NAMES,
    SHORT_NAMES,
    PricedTechnique,
)
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.numbers.replaced import Replaced, ReplacedNumber, ReplacedRate

_DIGITS = Decimal("0.0001")


def replaced_title(found: Replaced) -> str:
    """Return what was replaced, as a heading."""
    said = []
    if number := len(found.numbers):
        verb = "number is" if number == 1 else "numbers are"
        said.append(f"{number} entered {verb} outside Attune’s range.")
    if found.rate:
        said.append("The exchange rate of the offer is far from the published one.")
    return " ".join(said)


def replaced_money(found: Replaced) -> tuple[str, ...]:
    """Return what the money would be with what Attune assumes, in sentences."""
    said = []
    if found.technique and found.year is not None and found.usual_year is not None:
        said.append(_years_said(found.technique, found.year, found.usual_year))
    if rate := found.rate:
        said.append(
            "At the published rate, 12 months of the offer cost "
            f"${written(rate.usual_year)}, not ${written(rate.year)}."
        )
    return tuple(said)


def replaced_said(found: Replaced) -> tuple[str, ...]:
    """Return each replaced number with what is usual, in sentences."""
    return (*map(_number_said, found.numbers), *replaced_rate_said(found))


def replaced_rate_said(found: Replaced) -> tuple[str, ...]:
    """Return the exchange rate of the offer with the published one, in a sentence."""
    return (_rate_said(found.rate),) if found.rate else ()


def replaced_beside(found: Replaced | None) -> dict[str, str]:
    """Return what is usual beside each entered number, by its id."""
    return {
        each.input_id: f", instead of {each.usual.numbers}"
        for each in (found.numbers if found else ())
    }


def replaced_in_brief(found: Replaced | None) -> str:
    """Return what moves amounts of page 1, in one short line; empty if nothing does."""
    if found is None:
        return ""
    said = [_in_brief(found)] if found.numbers and found.moves_page_one else []
    if rate := found.rate:
        usual, own = rate.published.dollars, rate.entered
        said.append(f"The offer’s rate is {own:f}; published is {usual:f} (A4).")
    return " ".join(said)


def _in_brief(found: Replaced) -> str:
    number = len(found.numbers)
    what = f"{number} number{'' if number == 1 else 's'} outside Attune’s range"
    if found.usual_year is None or found.usual_year == found.year:
        return f"{what} (A4)."
    return f"{what}; with its own, ${written(found.usual_year)} (A4)."


def _number_said(each: ReplacedNumber) -> str:
    name = INPUT_NAMES[each.input_id]
    entered = _in_words(each.entered, each.usual)
    said = each.usual.with_span
    return f"{name}: {entered}, without a source, instead of {said}."


def _in_words(number: Decimal, usual: Range) -> str:
    """Write an entered number as its usual range is written."""
    is_long = number != number.quantize(_DIGITS) and number > _DIGITS
    shown = number.quantize(_DIGITS) if is_long else number
    return replace(usual, low=shown, expected=shown, high=shown).usual


def _years_said(technique: PricedTechnique, year: Decimal, usual: Decimal) -> str:
    name = f"“{SHORT_NAMES[technique]}”"
    if year == usual:
        return f"With Attune’s, 12 months of {name} cost the same."
    return (
        f"With Attune’s, 12 months of {name} cost ${written(usual)}, "
        f"not ${written(year)}."
    )


def _rate_said(rate: ReplacedRate) -> str:
    published = rate.published
    day = f" on {in_words(published.day)}" if published.day else ""
    return (
        f"Exchange rate of the offer: 1 {rate.currency} is {rate.entered:f} US dollars "
        f"as entered, without a source, instead of {published.dollars:f}{day}, "
        f"{published.issuer}."
    )
