"""The options of a decision, with its two plans from the day on which it is taken."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.options.option_reasons import is_large
from audits.scoring.options.options import DO_NOTHING, Choice, in_range
from audits.scoring.sums.asked.period import counted_from


def options_then(
    assessment: Assessment,
    choices: Sequence[Choice],
    money: Money | None,
    day: date | None,
) -> tuple[Choice, ...]:
    """Return options where doing nothing, and the advice, cost what "Money" says.

    Args:
        assessment: What was decided.
        choices: Its options, priced from the day of the verdict.
        money: The money behind it, if known.
        day: The day of the decision; None if nobody said.
    """
    return tuple(_then(assessment, choices, money, day) if money else choices)


def _then(
    assessment: Assessment,
    choices: Sequence[Choice],
    money: Money,
    day: date | None,
) -> Iterator[Choice]:
    large = is_large(assessment)
    for each in choices:
        is_nothing = each.name.startswith(DO_NOTHING)
        row = money.today if is_nothing else money.recommended
        if row is None or each.cost != in_range(row.year, large):
            yield each
        elif is_nothing or each.is_chosen:
            year = counted_from(row, day).year
            amount = year.expected if each.amount is not None else None
            yield replace(each, cost=in_range(year, large), amount=amount)
        else:
            yield each
