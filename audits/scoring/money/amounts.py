"""Amounts of money in sentences, and those of measuring first."""

from collections.abc import Iterator
from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.money.measuring import MeasuringCost
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.waiting import shared
from audits.scoring.pricing.cost_plan import Band


def dollars(amount: Decimal) -> str:
    """Write an amount in US dollars."""
    return f"${written(amount)}"


def in_range(band: Band) -> str:
    """Write what is expected, and the span around it."""
    return f"{dollars(band.expected)} ({dollars(band.low)} to {dollars(band.high)})"


def measured(
    cost: MeasuringCost | None,
    at_once: Band | None,
    chosen: MoneyRow,
    held: MoneyRow | None,
) -> Iterator[tuple[str, str | None]]:
    """Yield what measuring first costs, alone and with what serves meanwhile.

    Args:
        cost: What it costs; nothing is yielded without one.
        at_once: That with what sets up what serves meanwhile.
        chosen: What serves meanwhile.
        held: The plan that waits for it; None if none does.
    """
    amount = cost.amount if cost else None
    if amount is None:
        return
    yield "measuring", dollars(amount.expected)
    yield "now", in_range(at_once) if at_once else None
    yield "now_sum", dollars(at_once.expected) if at_once else None
    yield "measured_alone", in_range(amount)
    yield "with_measuring", dollars(amount.expected + chosen.year.expected)
    if held:
        planned = f"planned for “{SHORT_NAMES[held.technique]}”"
        yield "held", f"{dollars(held.year.expected)} {planned}"
        yield "held_sum", dollars(held.year.expected)
        yield "held_part", shared(held, chosen)
