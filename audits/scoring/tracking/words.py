"""What was said and what happened, in sentences for a page and a terminal."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from audits.scoring.causes.split import Cause, Part, Split
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.days import in_words
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.tracking.months import (
    Followed,
    MonthSeen,
    Place,
    Standing,
    standing_of,
)
from audits.scoring.tracking.said import Said

_MOST_DAYS = 5  # that a sentence names
SYNTHETIC = "This usage is synthetic: it was invented for practice and never billed."
CAUSE_NAMES: Mapping[Cause, str] = {
    "volume": "volume",
    "tokens": "tokens",
    "cache": "cache share",
    "price": "price",
    "model": "model",
    "other": "a bill that differs from list prices",
}
_PLACES: Mapping[Place, str] = {
    "inside": "inside the range",
    "above": "above the range",
    "below": "below the range",
    "no_range": "the paper gave no range",
    "unknown": "",
}

STANDING_NAMES: Mapping[Standing, str] = {
    "inside": "Inside",
    "above": "Above",
    "below": "Below",
    "no_range": "No range",
    "unknown": "Not known",
    "weak": "Weak test",
}


def said_sentences(said: Said) -> Iterator[str]:
    """Yield what a paper said of a month, and what is in that amount."""
    month = said.month.as_printed
    amount = _dollars(month.expected)
    if month.low == month.high:
        yield f"On {in_words(said.on)}, the paper said {amount} a month."
    else:
        span = f"{_dollars(month.low)} to {_dollars(month.high)}"
        yield f"On {in_words(said.on)}, the paper said {amount} a month ({span})."
        yield (
            "The range runs from the lowest to the highest cost to expect, if errors "
            "in the numbers are independent of each other. The paper does not say "
            "how likely a cost inside the range is."
        )
    yield (
        f"It is the cost of “{TECHNIQUE_NAMES[said.technique]}”: the calls of a "
        "busy month about half a year on, at the prices of "
        f"{in_words(said.prices_of)}. Earlier months usually have fewer calls."
    )
    if said.then:
        yield (
            f"For the same calls, the paper says {said.then}. A month after that is "
            f"compared with {amount} all the same, and the change is named as a cause."
        )
    yield _year_sentence(said.month.as_printed, said.year)
    if said.serves_from > said.on:
        day = in_words(said.serves_from)
        yield (
            f"The new model serves from {day} on, so months that began before that are "
            "not compared."
        )


def _year_sentence(month: Band, year: Band) -> str:
    """Say what 12 months cost, and what is in them beside 12 such months."""
    span = ""
    if year.low != year.high:
        span = f" ({_dollars(year.low)} to {_dollars(year.high)})"
    said = f"For 12 months, the paper said {_dollars(year.expected)}{span}"
    twelve = 12 * month.expected
    if twelve == year.expected:
        return f"{said}, the same as 12 such months. Only months are compared."
    return (
        f"{said}. Twelve such months alone would cost {_dollars(twelve)}; the paper’s "
        "12 months also have one-off costs, what runs until this is ready, and "
        "announced price changes. Only months are compared."
    )


def month_sentences(month: MonthSeen) -> Iterator[str]:
    """Yield what a month cost, whether that is in the range, and the causes."""
    yield from cost_sentences(month)
    if month.split.rest:
        seen = month.split.as_printed.seen
        of = "that" if seen is None else f"the {_dollars(seen)}"
        yield rest_sentence(rest_of(month.split), of=of)


def cost_sentences(month: MonthSeen) -> Iterator[str]:
    """Yield the same without which part of it no usage file says."""
    found = month.split.as_printed
    if found.seen is None:
        yield unknown_sentence(month.first, why_unknown(month))
    else:
        usage_said = found.said - rest_of(month.split)
        where = where_told(month.place, found.said, usage_said)
        if month.split.is_at_list_prices:
            yield computed_sentence(month.first, found.seen, where)
            yield list_price_sentence(month.prices_checked)
        else:
            yield cost_sentence(month.first, found.seen, where)
    if causes := cause_sentence(found.parts):
        yield causes
    if month.quiet:
        yield f"{quiet_days(month.quiet)}."


def unknown_sentence(first: date, why: str) -> str:
    """Say that it is not known what a month cost, and why."""
    return f"What {first:%B %Y} cost is not known: {why}."


def cost_sentence(first: date, seen: Decimal, where: str) -> str:
    """Say what a month cost by its bill, and where that is beside the range."""
    return f"{first:%B %Y} cost {_dollars(seen)}: {where}."


def computed_sentence(first: date, seen: Decimal, where: str) -> str:
    """Say what a month without a bill comes to, and where that is beside the range."""
    return f"{first:%B %Y} comes to {_dollars(seen)}: {where}."


def list_price_sentence(checked: date | None) -> str:
    """Say how an amount without a bill was computed, by prices checked on a day."""
    return (
        "The file has no bill in US dollars: computed from tokens at "
        f"{list_prices(checked)}."
    )


def list_prices(checked: date | None) -> str:
    """Name list prices by the day on which they were checked, if that is known."""
    return f"list prices checked on {in_words(checked)}" if checked else "list prices"


def where_told(place: Place, said: Decimal, usage_said: Decimal) -> str:
    """Say where a month is beside the range, or that it is a weak test and why."""
    if standing_of(place, said, usage_said) != "weak":
        return _PLACES[place]
    return f"weak test ({weak_told(said, usage_said)})"


def weak_told(said: Decimal, usage_said: Decimal) -> str:
    """Say why a month is a weak test: “inside the range; a usage file can check …”."""
    return f"{_PLACES['inside']}; {only_told(said, usage_said)}"


def only_told(said: Decimal, usage_said: Decimal) -> str:
    """Say how little of what a paper said of a month its usage can check."""
    return (
        f"a usage file can check only {_dollars(usage_said)} of the paper’s "
        f"{_dollars(said)}"
    )


def quiet_days(count: int) -> str:
    """Say how many days of a month had no use: “4 days without use”."""
    return f"{count} {'day' if count == 1 else 'days'} without use"


def rest_of(split: Split) -> Decimal:
    """Return the part of a month that no usage file says, as pages print it."""
    return as_printed(Decimal(split.rest.numerator) / Decimal(split.rest.denominator))


def rest_sentence(rest: Decimal, of: str) -> str:
    """Say which part of a month no usage file says."""
    return (
        f"{_dollars(rest)} of {of} is for people and other costs outside the file, as "
        "in the paper."
    )


def cause_sentence(parts: tuple[Part, ...]) -> str:
    """Say what each cause adds; empty where nothing differs.

    Of causes that a file does not tell apart it says so.

    >>> cause_sentence((Part(causes=("volume",), amount=Decimal(180)),
    ...     Part(causes=("tokens",), amount=Decimal(-5))))
    '$180 more from volume, $5 less from tokens.'
    >>> cause_sentence((Part(causes=("other",), amount=Decimal(-8)),))
    '$8 less because the bill differs from list prices.'
    >>> cause_sentence((Part(causes=("model",), amount=None),))
    'Not known: model.'
    """
    known = [
        f"{_dollars(abs(part.amount))} {'more' if part.amount > 0 else 'less'} "
        f"{_because(part.causes)}"
        for part in parts
        if part.amount
    ]
    unknown = [causes_named(part.causes) for part in parts if part.amount is None]
    told = ", ".join(known)
    if unknown:
        told = "; ".join(filter(None, (told, f"not known: {unknown[0]}")))
    return f"{told[0].upper()}{told[1:]}." if told else ""


def _because(causes: tuple[Cause, ...]) -> str:
    if causes == ("other",):
        return "because the bill differs from list prices"
    return f"from {causes_told(causes)}"


def left_out_sentences(found: Followed) -> Iterator[str]:
    """Yield which months of a file are not compared, and which costs do not count."""
    if found.before:
        count = len(found.before)
        months, are = ("1 month", "is") if count == 1 else (f"{count} months", "are")
        day = in_words(found.said.serves_from)
        yield f"{months} in the file began before {day}, and {are} not compared."
    yield from broken_sentences(found)
    if found.currency:
        yield (
            f"The costs in the file are in {found.currency}, so list prices in US "
            "dollars are used instead."
        )


def broken_sentences(found: Followed) -> Iterator[str]:
    """Yield of which months a file has a part, or which were not over."""
    for first in found.not_whole:
        yield f"The file has a part of {first:%B %Y}, so that month is not compared."
    for first, gone in found.gaps:
        days = [str(day.day) for day in gone[:_MOST_DAYS]]
        if more := len(gone) - len(days):
            days.append(f"{more} more")
        are, it, each = (
            ("1 day is", "it", "")
            if len(gone) == 1
            else (f"{len(gone)} days are", "them", " for each")
        )
        yield (
            f"In {first:%B %Y}, {are} not in the file ({listed(days)}), so that month "
            f"is not compared. If nothing was used on {it}, add a row with 0 requests"
            f"{each}."
        )
    if found.not_over:
        names = listed([f"{first:%B %Y}" for first in found.not_over])
        ends, it = (
            ("ends", "it is") if len(found.not_over) == 1 else ("end", "they are")
        )
        yield (
            f"{names} {ends} after {in_words(found.today)}, when the file was read, so "
            f"{it} not compared."
        )


def why_unknown(month: MonthSeen) -> str:
    """Say why it is not known what a month cost, for inside of a sentence."""
    if month.unpriced:
        named = [f"“{x}”" if x else "one without a name" for x in month.unpriced]
        return f"the file has no cost, and there is no list price of {listed(named)}"
    return "the file has no cost, and not all tokens that a list price needs"


def causes_told(causes: tuple[Cause, ...]) -> str:
    """Name what caused an amount, and say it where a file does not tell causes apart.

    >>> causes_told(("model", "other"))
    'model, a bill that differs from list prices or both (the file does not say which)'
    """
    names = [CAUSE_NAMES[cause] for cause in causes]
    if len(names) == 1:
        return names[0]
    all_of = "both" if len(names) == 2 else "several of them"  # noqa: PLR2004
    return f"{', '.join(names)} or {all_of} (the file does not say which)"


def causes_named(causes: tuple[Cause, ...]) -> str:
    """Name causes: “tokens and cache share”."""
    return listed([CAUSE_NAMES[cause] for cause in causes])


def listed(names: list[str]) -> str:
    """Return names as a sentence has them: “tokens, price and model”."""
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _dollars(amount: Decimal) -> str:
    return f"${written(amount)}"
