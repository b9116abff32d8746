"""Retrieval beside a plan of today, at amounts that are told."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from audits.scoring.costs.cost_calendar import (
    OneOff,
    calendar_of,
    months_from,
)
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from tests.scoring.money.test_money import KNOWLEDGE, money


def row(of: MoneyRow, running: int, *spent: tuple[int, int]) -> MoneyRow:
    """Return a row that costs so much a month, and once in some of the months."""
    starts = months_from(of.calendar.months[0].start)
    calendar = calendar_of(
        starts,
        {starts[0]: Decimal(running)},
        [
            OneOff(day=starts[place], what="work", amount=Decimal(amount))
            for place, amount in spent
        ],
    )
    return replace(
        of,
        month=replace(of.month, expected=Decimal(running)),
        year=replace(of.year, expected=calendar.total),
        calendar=calendar,
    )


def compared(today: int, running: int, *spent: tuple[int, int], **more: Any) -> Money:
    """Return the money of retrieval beside a plan of today that is built already."""
    found = money(KNOWLEDGE)
    assert found.today
    rows = (row(found.today, today), row(found.chosen, running, *spent))
    return replace(
        found,
        rows=rows,
        one_off=rows[1].calendar.at_start,
        **{"at_risk": None, "is_against": False, **more},
    )


PLAIN = (
    "Each of the 12 months from 24 November 2026 counts the calls of a busy "
    "month. One-off costs are included."
)


TERM = PLAIN.replace("costs are", "costs and their range are")
