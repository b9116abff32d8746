"""Decisions with plans of round amounts, as a pack reads them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.frameworks.schema import Family
from audits.scoring.costs.cost_calendar import (
    calendar_of,
    months_from,
)
from audits.scoring.money.measuring import MeasuringCost
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.money_sums import Decided
from tests.reports.packs.bands import band

DAY = date(2026, 11, 24)


def row(role: str, month: int) -> MoneyRow:
    return MoneyRow(
        roles=(role,),  # type: ignore[arg-type]
        technique="prompt" if role == "recommended" else "rag",
        month=band(month, month, month),
        year=band(12 * month, 12 * month, 12 * month),
        calendar=calendar_of(months_from(DAY), {DAY: Decimal(month)}, ()),
    )


def money(today: int | None, recommended: int, at_risk: int | None = None) -> Money:
    rows = [row("recommended", recommended)]
    if today is not None:
        rows.insert(0, row("today", today))
    return Money(
        on=DAY,
        rows=tuple(rows),
        one_off=Decimal(0),
        at_risk=None if at_risk is None else Decimal(at_risk),
        at_risk_if=None if at_risk is None else "we_go_on",
        crossing=None,
    )


def undecided(month: int) -> Money:
    found = money(1000, 100)
    return replace(found, rows=(found.rows[0], row("later", month)))


def decided(
    family: Family | None,
    money: Money | None,
    state: PlanState = "running",
    hours: int = 0,
    day: int | None = None,
) -> Decided:
    price = None if day is None else Decimal(day)
    band = Band(low=price, expected=price, high=price) if price else None
    measuring = MeasuringCost(hours=hours, day=band, is_given=True) if hours else None
    return Decided(
        name="Case", family=family, money=money, state=state, measuring=measuring
    )
