"""The amounts of a tuned model that is left for something that passed its test."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words

_WEEKS, _MONTHS = 52, 12
_TEN = Decimal(10)


def both_run(ends: date | None, month: Decimal) -> Iterator[tuple[str, str]]:
    """Yield when a plan's model ends, and what a week of it costs beside another one.

    The 12 months count either the one or the other from their first day.

    Args:
        ends: When it ends; nothing is yielded without that day.
        month: What a month of it costs until then.

    >>> from datetime import date
    >>> dict(both_run(date(2027, 1, 14), Decimal(3837)))["week_of_plan"]
    '$890'
    """
    if ends is None:
        return
    yield "moves_away", ""
    yield "end_of_plan", in_words(ends)
    tens = (month * _MONTHS / _WEEKS / _TEN).quantize(Decimal(1), ROUND_HALF_UP)
    if tens:
        yield "week_of_plan", f"${written(tens * _TEN)}"
