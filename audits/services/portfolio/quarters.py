"""The money of the portfolio by quarter: running, freed, approved and asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from audits.models import (
    BoardDecision,
    DecisionStep,
    PortfolioRowQuerySet,
    Snapshot,
)
from audits.models.sign_offs.conditions import holding_conditions
from audits.scoring.board.standing import counted
from audits.scoring.costs.rounding import written
from audits.scoring.proposals.proposal import DOLLARS
from audits.services.portfolio.asking import LEAVES_OUT, NEEDED_ON, asking

BEFORE, AHEAD = 3, 4
_MONTHS = 3
_APPROVED = (BoardDecision.Outcome.APPROVED, BoardDecision.Outcome.AMENDED)


@dataclass(slots=True)
class Sum:
    """Amounts in US dollars: of how many, and what else there is without one.

    `other` are in another currency, and `bare` state none. A sum that is `in_part`
    leaves something out. Of the amount, `held` waits for conditions of a sign-off. None
    is "not stated".
    """

    amount: Decimal | None = None
    number: int = 0
    other: int = 0
    bare: int = 0
    in_part: bool = False
    held: Decimal = Decimal(0)

    def add(
        self, amount: Decimal | None, *, is_dollars: bool = True, is_held: bool = False
    ) -> None:
        """Add one amount, or count it as without."""
        if amount is None:
            self.bare += 1
        elif not is_dollars:
            self.other += 1
        else:
            self.amount = (self.amount or Decimal(0)) + amount
            self.number += 1
            self.held += amount if is_held else Decimal(0)

    @property
    def has_any(self) -> bool:
        """Whether anything is counted."""
        return bool(self.number or self.other or self.bare)


@dataclass(slots=True)
class Quarter:
    """One quarter; without a `first` day, what has no date, or a later one.

    `running` is what a month cost on the day `running_on`, None where nobody counted.
    `freed` and `freed_once` are what decisions freed, a month and once, since a day in
    the quarter.
    `approved` is by the day of the board's decision, and `asked` by the day until when
    the decision is needed, which is that of the board's next look after a deferral:
    what is overdue is needed now.
    """

    first: date | None
    is_now: bool = False
    is_past: bool = False
    running: Decimal | None = None
    running_on: date | None = None
    freed: Sum = field(default_factory=Sum)
    freed_once: Sum = field(default_factory=Sum)
    approved: Sum = field(default_factory=Sum)
    asked: Sum = field(default_factory=Sum)

    @property
    def is_to_come(self) -> bool:
        """Whether it begins later, so that nobody knows what will run."""
        return self.running_on is None and not self.is_past

    @property
    def has_freed(self) -> bool:
        """Whether any money was freed."""
        return self.freed.has_any or self.freed_once.has_any

    @property
    def name(self) -> str:
        """The quarter in short."""
        if self.first is None:
            return "Later, or no date"
        return f"Q{_of_year(self.first) + 1} {self.first.year}"


def quarters_of(
    among: PortfolioRowQuerySet,
    history: Sequence[Snapshot],
    running: Decimal | None,
    today: date,
) -> list[Quarter]:
    """Return three quarters before this one, four after it, and what has no date.

    Args:
        among: The portfolio rows that count.
        history: The months before this one; none where they are not kept of these rows.
        running: What a month of what runs costs now.
        today: The day.

    Note: four queries.
    """
    now = _first_day(today)
    firsts = [_moved(now, quarters) for quarters in range(-BEFORE, AHEAD + 1)]
    found = [Quarter(x, is_now=x == now, is_past=x < now) for x in firsts]
    rest = Quarter(None)
    by_first: dict[date | None, Quarter] = {each.first: each for each in found}
    # What was worked out later has no money, and hides none that was counted.
    counted = (shot for shot in history if not shot.worked_out)
    for shot in sorted(counted, key=lambda shot: shot.month):
        if quarter := by_first.get(_first_day(shot.month)):
            quarter.running, quarter.running_on = shot.running, shot.taken_on
    by_first[now].running, by_first[now].running_on = running, today
    for day, amount, currency, waits_of in _approved(among, firsts[0]):
        if quarter := by_first.get(_first_day(day)):
            is_dollars, is_held = currency == DOLLARS, bool(waits_of)
            quarter.approved.add(amount, is_dollars=is_dollars, is_held=is_held)
    for step in _freed(among, firsts[0]):
        if quarter := by_first.get(_first_day(step.day)):
            is_month = step.basis == DecisionStep.Basis.MONTH
            freed = quarter.freed if is_month else quarter.freed_once
            freed.add(step.amount, is_dollars=step.currency == DOLLARS)
    for day, amount, said in _asked(among):
        needed = max(day, today) if day else None
        asked = by_first.get(_first_day(needed) if needed else None, rest).asked
        asked.add(amount)
        asked.in_part |= said in LEAVES_OUT
    return [*found, *([rest] if rest.asked.has_any else [])]


def message_of(quarters: Sequence[Quarter]) -> str:
    """Say what quarters show, in one sentence."""
    asked, approved = (
        sum((each.amount or Decimal(0) for each in sums), Decimal(0))
        for sums in (
            [quarter.asked for quarter in quarters],
            [quarter.approved for quarter in quarters],
        )
    )
    said = f"${written(asked)} is asked for" if asked else "Nothing is asked for"
    was = f"${written(approved)} has" if approved else "no amount has"
    held = sum((quarter.approved.held for quarter in quarters), Decimal(0))
    until = f"; ${written(held)} of it is held until conditions are met" if held else ""
    since = f"from {quarters[0].name} to today"
    return f"{said}, and {was} been approved {since}{until}"


def _approved(among: PortfolioRowQuerySet, since: date) -> Iterable[Any]:
    """Return each approval: its day, amount, currency and what holds it, counted."""
    found = BoardDecision.objects.that_count().filter(
        outcome__in=_APPROVED,
        decided_on__gte=since,
        audit__use_case__in=among.order_by().values("use_case"),
    )
    waits_of = holding_conditions("audit__conditions")["waits_of"]
    counted = found.annotate(waits_of=waits_of).order_by()
    return counted.values_list("decided_on", "amount", "currency", "waits_of")


def _freed(among: PortfolioRowQuerySet, since: date) -> Iterable[DecisionStep]:
    """Return the steps that freed money, but for those that were taken back."""
    use_cases = among.order_by().values("use_case")
    steps = DecisionStep.objects.filter(audit__use_case__in=use_cases)
    money = (step for step in counted(steps) if step.kind == DecisionStep.Kind.MONEY)
    return (step for step in money if step.day >= since)


def _asked(among: PortfolioRowQuerySet) -> Iterable[Any]:
    """Return the day, amount and its words of what waits for a decision."""
    asks = among.filter(asking()).order_by()
    return asks.values_list(NEEDED_ON, "asked", "asked_said")


def _of_year(day: date) -> int:
    return (day.month - 1) // _MONTHS


def _first_day(day: date) -> date:
    return day.replace(month=_of_year(day) * _MONTHS + 1, day=1)


def _moved(first: date, quarters: int) -> date:
    """Return the first day of a quarter before or after another one."""
    years, quarter = divmod(_of_year(first) + quarters, 4)
    return date(first.year + years, quarter * _MONTHS + 1, 1)
