"""The cost of one technique as a row: its roles, its months and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from audits.scoring.costs.building_costs import REWRITE
from audits.scoring.costs.cost_calendar import CostCalendar, CostEvent
from audits.scoring.costs.cost_numbers import (
    SHORT_NAMES,
    TECHNIQUE_NAMES,
    TRAINED,
    PricedTechnique,
)
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.meantime import MEANWHILE, ONCE_RESUMED
from audits.scoring.money.states import PlanState
from audits.scoring.pricing.cost_plan import Band, Price

Role = Literal[
    "today",
    "recommended",
    "meanwhile",
    "later",
    "compared",
    "proposed",
    "otherwise",
    "on_hold",
    "next_best",
    "cheapest_other",
]
_ROLE_WORDS: Mapping[Role, str] = {
    "today": "Current plan",
    "recommended": "Recommended",
    "meanwhile": MEANWHILE,
    "later": "If trained later",
    "compared": "To compare",
    "proposed": "Proposed",
    "otherwise": "If only it passes",
    "on_hold": "On hold",
    "next_best": "Next best",
    "cheapest_other": "Alternative",
}
_PLAN_WORDS: Mapping[PlanState, str] = {
    "running": "Current plan",
    "planned": "Planned",
    "stopped": "Stopped",
}


def role_words(state: PlanState) -> Mapping[Role, str]:
    """Return what each role is called; nothing serves meanwhile once a plan stopped.

    Args:
        state: The state of the current plan's money.

    >>> role_words("running")["meanwhile"], role_words("stopped")["meanwhile"]
    ('Meanwhile', 'Once resumed')
    """
    words = {**_ROLE_WORDS, "today": _PLAN_WORDS[state]}
    resumed: dict[Role, str] = {"meanwhile": ONCE_RESUMED, "recommended": "If resumed"}
    return words | resumed if state == "stopped" else words


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """The cost of one technique, and its roles: it can have two.

    `month` is the running month at the prices of the first day, `told` what is said of
    a month; `year` is the sum of the 12 months of `calendar`.
    """

    roles: tuple[Role, ...]
    technique: PricedTechnique
    month: Band
    year: Band
    calendar: CostCalendar
    state: PlanState = "running"

    @property
    def name(self) -> str:
        """The technique in words."""
        return TECHNIQUE_NAMES[self.technique]

    @property
    def once(self) -> Decimal:
        """What is paid once within its 12 months."""
        return self.calendar.once

    @property
    def starts(self) -> date:
        """The first day of its 12 months."""
        return self.calendar.months[0].start

    @property
    def last_month(self) -> Decimal:
        """What the last of its months costs: a month after all known changes."""
        return self.calendar.months[-1].running

    @property
    def changes(self) -> tuple[date, Decimal] | None:
        """Since when a month costs what the last one does; None if it always did."""
        last = self.last_month
        days = [x.day for x in self.calendar.events if x.kind in ("price", "end")]
        if last == self.month.expected or not days:
            return None
        return days[-1], last

    @property
    def first_ends(self) -> date | None:
        """When the first price ends, if that is within days and another one follows."""
        changes, months = self.changes, self.calendar.months
        if changes is None or self.calendar.wait:
            return None
        day, last = changes
        is_at_once = 0 < (day - self.starts).days < _FEW_DAYS
        return day if is_at_once and months[1].running == last else None

    @property
    def month_told(self) -> Decimal:
        """What a month costs: after the first price, where that ends within days."""
        return self.last_month if self.first_ends else self.month.expected

    @property
    def told(self) -> Band:
        """The same with its span, which is that of the first price in proportion."""
        return (
            self.month.in_proportion(self.last_month) if self.first_ends else self.month
        )

    @property
    def then(self) -> str:
        """What a month costs after the last change, in words; empty without one."""
        if self.changes is None:
            return ""
        day, month = self.changes
        ended = {x.day for x in self.calendar.events if x.kind == "end"}
        why = f", when its model retires{self._then_on(day)}" if day in ended else ""
        return f"${written(month)} a month from {in_words(day)}{why}"

    def _then_on(self, day: date) -> str:
        """Name in brackets what a trained model becomes on a day; may be empty."""
        end = self.end
        if end is None or end.is_same_price or end.day != day:
            return ""
        if end.goes_on_as:
            return f" (then “{SHORT_NAMES[end.goes_on_as]}”)"
        then = f"prompt on {end.successor}"
        return f" (then a {then if self.becomes_prompt else 'new tuned model'})"

    @property
    def becomes_prompt(self) -> bool:
        """Whether a trained model that ends becomes a prompt on its replacement."""
        end, lines = self.end, self.calendar.one_offs
        return any(end and x.day == end.day and x.what == REWRITE for x in lines)

    @property
    def moved_once(self) -> Decimal:
        """What is paid once, on the days on which its models retire, to move it."""
        days = {x.day for x in self.calendar.events if x.kind == "end"}
        paid = (x.amount for x in self.calendar.one_offs if x.day in days)
        return sum(paid, Decimal(0))

    @property
    def ends(self) -> date | None:
        """When a trained model becomes something else; None if it does not."""
        return self.end.day if self.end else None

    @property
    def goes_on_as(self) -> PricedTechnique | None:
        """What follows it then, if that is no prompt on the model that replaces it."""
        return self.end.goes_on_as if self.end else None

    @property
    def same_price(self) -> str:
        """Which model ends while its price is assumed to go on; empty if none does."""
        events = self.calendar.events
        found = next((x for x in events if x.is_same_price), None)
        return f"On {in_words(found.day)}, {found.text}" if found else ""

    @property
    def end(self) -> CostEvent | None:
        """The end of a trained model; None if it does not end."""
        events = self.calendar.events if self.technique in TRAINED else ()
        return next((x for x in events if x.kind == "end"), None)

    @property
    def standing(self) -> str:
        """Its roles in words; a current plan that does not run is not called one."""
        words = role_words(self.state)
        said = ", ".join(words[role].lower() for role in self.roles)
        return said[:1].upper() + said[1:]


_FEW_DAYS = 7  # a price that ends sooner is that of no month


def row_of(
    technique: PricedTechnique, price: Price, roles: tuple[Role, ...], state: PlanState
) -> MoneyRow:
    """Return the row of a technique, its amounts rounded as pages print them."""
    return MoneyRow(
        roles=roles,
        technique=technique,
        month=price.month.as_printed,
        year=price.year_as_printed,
        calendar=price.calendar.as_printed,
        state=state,
    )
