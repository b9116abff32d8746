"""The money behind a verdict in rows and in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from audits.scoring.costs.break_even import payback_months
from audits.scoring.costs.cost_calendar import CostCalendar, paid_back_after
from audits.scoring.costs.cost_numbers import (
    SHORT_NAMES,
    TECHNIQUE_NAMES,
    PricedTechnique,
)
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.pricing.crossing import Crossing

Role = Literal[
    "today",
    "recommended",
    "meanwhile",
    "later",
    "compared",
    "on_hold",
    "next_best",
    "cheapest_other",
]
_ROLE_WORDS: Mapping[Role, str] = {
    "today": "Current plan",
    "recommended": "Recommended",
    "meanwhile": "Meanwhile",
    "later": "If trained later",
    "compared": "To compare",
    "on_hold": "On hold",
    "next_best": "Next best",
    "cheapest_other": "Another way",
}
# What a verdict leads to has one of them.
_CHOSEN: tuple[Role, ...] = ("recommended", "meanwhile", "later", "compared", "on_hold")
NO_AMOUNT = "No amount is asked for"
_LARGE = 10_000_000
# From here on, people read a multiple more easily than a share.
_TIMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """The cost of one technique, and its roles: it can have two.

    `month` is the running month, `year` the sum of the 12 months of `calendar`.
    """

    roles: tuple[Role, ...]
    technique: PricedTechnique
    month: Band
    year: Band
    calendar: CostCalendar

    @property
    def name(self) -> str:
        """The technique in words."""
        return TECHNIQUE_NAMES[self.technique]

    @property
    def starts(self) -> date:
        """The first day of its 12 months."""
        return self.calendar.months[0].start

    @property
    def in_the_end(self) -> str:
        """What a month costs at the end of the 12, and since when.

        Empty if that is what a month costs on the first day.
        """
        last = self.calendar.months[-1].running
        days = [x.day for x in self.calendar.events if x.kind in ("price", "end")]
        if last == self.month.expected or not days:
            return ""
        return f"${written(last)} a month after {in_words(days[-1])}"

    @property
    def standing(self) -> str:
        """Its roles in words."""
        said = ", ".join(_ROLE_WORDS[role].lower() for role in self.roles)
        return said[:1].upper() + said[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """The money a board must know about, in US dollars at the prices of a day.

    `today` is the row of today's plan, None if none was named or it has no price.
    `chosen` is what the verdict leads to, and `recommended` the same row, None where
    what the verdict recommends has no price itself, or where it decides no spending
    yet: then `chosen` serves meanwhile, comes later, is compared with it, or is on hold
    while something else comes before it. `one_off` is what `chosen` costs before it
    runs. `saving` is what a running month saves against today's plan, negative if it
    costs more. `at_risk` is the spend that may be lost within 12 months: today's plan
    if it runs and the verdict is against it, the one-off cost if a trained model may
    fail its test.
    `cheaper` costs less over 12 months than what is recommended, and `because` says
    what the verdict rests on instead. `unpriced` names what has no price, and which
    number is missing. `basis` says what the prices are for. `ruled_out` are the
    techniques that cannot be chosen, whatever they cost, with why.

    Every amount is rounded as pages print it, so that they add up.
    """

    on: date
    rows: tuple[MoneyRow, ...]
    one_off: Decimal
    saving: Decimal | None
    at_risk: Decimal | None
    at_risk_if: Literal["we_go_on", "its_test_fails"] | None
    crossing: Crossing | None
    cheaper: PricedTechnique | None = None
    because: str = ""
    unpriced: str = ""
    basis: str = ""
    ruled_out: Mapping[PricedTechnique, str] = field(default_factory=dict)

    @property
    def ruled_out_message(self) -> str:
        """What cannot be chosen, whatever it costs, by the reason why."""
        named: dict[str, list[str]] = {}
        for technique, why in self.ruled_out.items():
            named.setdefault(why, []).append(SHORT_NAMES[technique])
        return " ".join(
            f"Ruled out, since {why}: {', '.join(names)}."
            for why, names in named.items()
        )

    @property
    def saving_year(self) -> Decimal | None:
        """What 12 months save against today's plan; None without one to compare."""
        if self.saving is None or self.today is None:
            return None
        return self.today.year.expected - self.chosen.year.expected

    @property
    def payback_months(self) -> Decimal | None:
        """How long it takes until it has cost no more than today's plan.

        None without a plan to compare with, or if that takes more than 12 months.
        """
        if self.saving is None or self.today is None:
            return None
        return paid_back_after(self.chosen.calendar, self.today.calendar)

    @property
    def is_undecided(self) -> bool:
        """Whether the verdict decides no spending yet, so nothing is saved by it."""
        waits = self.role in ("later", "on_hold")
        return waits or (self.role == "meanwhile" and not self.unpriced)

    @property
    def why_not_cheaper(self) -> str:
        """Why what costs less is not recommended; empty if nothing does, or unknown."""
        if self.cheaper is None or not self.because:
            return ""
        name = SHORT_NAMES[self.cheaper]
        return f"“{name}” costs less, but {lower_first(self.because)}"

    @property
    def today(self) -> MoneyRow | None:
        """Today's plan."""
        return next((row for row in self.rows if "today" in row.roles), None)

    @property
    def chosen(self) -> MoneyRow:
        """The recommendation, or what is priced in its place."""
        return next(row for row in self.rows if {*_CHOSEN} & {*row.roles})

    @property
    def role(self) -> Role:
        """What the chosen row is."""
        return next(role for role in _CHOSEN if role in self.chosen.roles)

    @property
    def standing(self) -> str:
        """The same in words."""
        return _ROLE_WORDS[self.role]

    @property
    def advised(self) -> PricedTechnique | None:
        """What a table or a chart marks; None while nothing is advised."""
        return None if self.role == "on_hold" else self.chosen.technique

    @property
    def stated(self) -> tuple[MoneyRow, ...]:
        """The rows to state: today's plan alone while no amount is asked for."""
        if self.role != "on_hold":
            return self.rows
        return tuple(row for row in self.rows if "today" in row.roles)

    @property
    def recommended(self) -> MoneyRow | None:
        """The recommendation; None if it has no price."""
        return self.chosen if self.role == "recommended" else None

    @property
    def is_large(self) -> bool:
        """Whether whole dollars would not fit a column, so that thousands are shown."""
        return max(row.year.high for row in self.rows) >= _LARGE

    @property
    def message(self) -> str:
        """The finding, as a heading."""
        if self.role == "on_hold":
            return NO_AMOUNT
        name = SHORT_NAMES[self.chosen.technique]
        year, saving = self.chosen.year.expected, self.saving_year
        if self.today is None or saving is None or not self.today.year.expected:
            return f"“{name}” costs about ${written(year)} over 12 months"
        share = saving / self.today.year.expected
        if 1 - share >= _TIMES:
            said = f"about {1 - share:,.0f} times the current plan"
        else:
            word = "less" if saving >= 0 else "more"
            said = f"{abs(share) * 100:,.0f}% {word} than the current plan"
        return f"“{name}” costs {said} over 12 months"

    @property
    def note(self) -> str:
        """The one-off cost, the payback, and the money at risk.

        Source: docs/method.md, formula 10.
        """
        if self.role == "on_hold":
            return self._lost
        said = (self.unpriced, self._compared, self._paid_once, self._lost)
        return " ".join(filter(None, said))

    @property
    def _compared(self) -> str:
        """When the 12 months begin, what they save, and how today's plan changes."""
        term = f"12 months from {in_words(self.chosen.starts)}"
        today, saving = self.today, self.saving_year
        if today is None or saving is None:
            return f"{term}."
        name = SHORT_NAMES[self.chosen.technique]
        word = "less" if saving >= 0 else "more"
        said = f"“{name}” costs ${written(abs(saving))} {word}"
        then = f", which costs {today.in_the_end}" if today.in_the_end else ""
        return f"{term}: {said} than the current plan{then}."

    @property
    def _paid_once(self) -> str:
        name = SHORT_NAMES[self.chosen.technique]
        if not self.one_off:
            return f"“{name}” has no one-off cost."
        return f"“{name}” costs ${written(self.one_off)} up front{self._paid_back}."

    @property
    def _paid_back(self) -> str:
        # What waits for a measurement, or is trained later at most, pays nothing back.
        if self.saving is None or self.is_undecided:
            return ""
        months = self.payback_months
        if months is None:
            return ", not paid back within 12 months"
        if not months:
            return "; its total never exceeds the current plan’s"
        if months == payback_months(self.one_off, self.saving):
            less = f"${written(self.saving)} a month less than the current plan"
            return f" and {less}: paid back in {_months(months)}"
        return f", paid back in {_months(months)}, as the plans change until then"

    @property
    def _lost(self) -> str:
        if self.at_risk is None:
            return ""
        amount = f"${written(self.at_risk)}"
        if self.at_risk_if == "we_go_on":
            return f"At risk if the plan goes on: {amount} over 12 months."
        return f"Lost if the trained model fails its test: {amount}, once."


def _months(number: Decimal) -> str:
    """Write months, with a decimal where there is one."""
    said = f"{number:.1f}".removesuffix(".0")
    return f"{said} month{'' if said == '1' else 's'}"
