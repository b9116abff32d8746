"""What a usage file says, in words for a page and a terminal."""

from collections.abc import Iterator, Sequence
from datetime import date

from audits.usage.summary import LEAST_DAYS, MONTH, Summary

NOT_SAID = "the file does not say"
_QUIET = "without use"
_MOST_NAMED = 5


def period(first: date, last: date) -> str:
    """Return a period in words.

    >>> period(date(2026, 9, 1), date(2026, 11, 26))
    '1 September to 26 November 2026'
    """
    if first == last:
        return f"{first:%-d %B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first:%-d %B}{year} to {last:%-d %B %Y}"


def summary_lines(summary: Summary) -> Iterator[tuple[str, str]]:
    """Yield what a file adds up to: a name, and what it says."""
    days = f"{summary.days:,} day{'s' if summary.days != 1 else ''}"
    for count, what in ((summary.missing, "not in the file"), (summary.unused, _QUIET)):
        days += f", {count:,} of them {what}" if count else ""
    yield "Period", f"{period(summary.first, summary.last)}, {days}"
    yield "Requests", NOT_SAID if summary.requests is None else f"{summary.requests:,}"
    yield "A month", _month(summary)
    yield "Tokens", _tokens(summary)
    yield "Cached", _cached(summary)
    yield "Spend", spend(summary)
    yield "Models", _models(summary)


def _month(summary: Summary) -> str:
    if summary.requests is None:
        return NOT_SAID
    if summary.busiest is None:
        return (
            f"not known: a month needs {LEAST_DAYS} days or more, so read a longer "
            "file, or type the number"
        )
    if summary.basis == "days":
        return f"{summary.busiest:,} requests{_scaled(summary)}"
    count = len(summary.months)
    if count == 1:
        return f"{summary.busiest:,} requests in the one whole month"
    return (
        f"{summary.busiest:,} requests in the busiest of {count} whole months, "
        f"{summary.median:,} in the median one"
    )


def _scaled(summary: Summary) -> str:
    if summary.known_days == MONTH:
        return f" in {MONTH} days"
    return f", scaled from {summary.known_days} days to {MONTH}"


def _tokens(summary: Summary) -> str:
    if summary.input_tokens is None and summary.output_tokens is None:
        return NOT_SAID
    read, written = summary.input_tokens, summary.output_tokens
    if read is None:
        return f"{written:,.0f} out a request, on average; {NOT_SAID} how many in"
    if written is None:
        return f"{read:,.0f} in a request, on average; {NOT_SAID} how many out"
    return f"{read:,.0f} in and {written:,.0f} out a request, on average"


def _cached(summary: Summary) -> str:
    if summary.cache_share is None:
        return NOT_SAID
    return f"{summary.cache_share * 100:.0f}% of the input"


def spend(summary: Summary) -> str:
    """Return what the file was billed, and for how long."""
    amount = summary.spent if summary.cost is None else summary.cost
    if amount is None:
        return _unknownspend(summary)
    sign = f"${amount:,.2f}"
    if summary.currency != "USD":
        sign = f"{amount:,.2f} {summary.currency}"
    if summary.cost is None:
        return f"{sign} in the whole period"
    if summary.basis == "days":
        return f"{sign} a month{_scaled(summary)}"
    which = "the busiest month" if len(summary.months) > 1 else "that month"
    return f"{sign} in {which}"


def _unknownspend(summary: Summary) -> str:
    if not summary.uncosted:
        return NOT_SAID
    rows = "1 row has" if summary.uncosted == 1 else f"{summary.uncosted:,} rows have"
    return f"not known: {rows} no cost, so export the file again with its costs"


def _models(summary: Summary) -> str:
    return models_named(summary.models)


def models_named(models: Sequence[str | None]) -> str:
    """Name models, the first of them at most."""
    names = [name or "one without a name" for name in models]
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown
