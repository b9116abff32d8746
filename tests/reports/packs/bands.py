"""Bands of whole dollars."""

from decimal import Decimal

from audits.scoring.pricing.cost_plan import Band


def band(low: int, expected: int, high: int) -> Band:
    return Band(low=Decimal(low), expected=Decimal(expected), high=Decimal(high))
