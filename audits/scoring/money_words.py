"""The money behind a verdict in rows and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from audits.scoring.costs.break_even import payback_months
from audits.scoring.costs.cost_drivers import YEAR_MONTHS
from audits.scoring.costs.cost_numbers import (
    SHORT_NAMES,
    TECHNIQUE_NAMES,
    PricedTechnique,
)
from audits.scoring.costs.cost_plan import Band
from audits.scoring.costs.crossing import Crossing
from audits.scoring.costs.rounding import as_printed
from audits.scoring.explaining.advice_rows import lower_first

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
    """The cost of one technique, and its roles: it can have two."""

    roles: tuple[Role, ...]
    technique: PricedTechnique
    month: Band

    @property
    def name(self) -> str:
        """The technique in words."""
        return TECHNIQUE_NAMES[self.technique]

    @property
    def standing(self) -> str:
        """Its roles in words."""
        said = ", ".join(_ROLE_WORDS[role].lower() for role in self.roles)
        return said[:1].upper() + said[1:]

    @property
    def year(self) -> Band:
        """Dollars over 12 such months."""
        return Band(
            low=self.month.low * YEAR_MONTHS,
            expected=self.month.expected * YEAR_MONTHS,
            high=self.month.high * YEAR_MONTHS,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """The money a board must know about, in US dollars at the prices of a day.

    `today` is the row of today's plan, None if none was named or it has no price.
    `chosen` is what the verdict leads to, and `recommended` the same row, None where
    what the verdict recommends has no price itself, or where it decides no spending
    yet: then `chosen` serves meanwhile, comes later, is compared with it, or is on hold
    while something else comes before it. `one_off`
    is what `chosen` costs before it runs, and its month has a share of that, spread
    over `life` months. `saving` is what it saves a month against today's plan, negative
    if it costs more. `at_risk` is the spend that may be lost within 12 months: today's
    plan if the verdict is against it, the one-off cost if a trained model may fail its
    test. `cheaper` costs less than what is recommended, and `because` says what the
    verdict rests on instead. `unpriced` names what has no price, and which number is
    missing. `basis` says what the prices are for, and whose one-off cost is spread over
    few months because a model ends.

    Every amount is rounded as pages print it, so that they add up.
    """

    on: date
    rows: tuple[MoneyRow, ...]
    one_off: Decimal
    life: Decimal
    saving: Decimal | None
    at_risk: Decimal | None
    at_risk_if: Literal["we_go_on", "its_test_fails"] | None
    crossing: Crossing | None
    cheaper: PricedTechnique | None = None
    because: str = ""
    unpriced: str = ""
    basis: str = ""

    @property
    def share(self) -> Decimal:
        """What a month has of the one-off cost."""
        return as_printed(self.one_off / self.life)

    @property
    def payback_months(self) -> Decimal | None:
        """How long it takes to pay back the one-off cost, which no month then shares.

        None without a plan to compare with, or if nothing is saved.
        """
        if self.saving is None:
            return None
        return payback_months(self.one_off, self.saving + self.share)

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
        month = self.chosen.month.expected
        if self.today is None or self.saving is None or not self.today.month.expected:
            return f"{name} costs about ${month:,.0f} a month"
        share = self.saving / self.today.month.expected
        if 1 - share >= _TIMES:
            return f"{name} costs about {1 - share:,.0f} times the current plan"
        word = "less" if self.saving >= 0 else "more"
        return f"{name} costs {abs(share) * 100:,.0f}% {word} than the current plan"

    @property
    def note(self) -> str:
        """The one-off cost, the payback, and the money at risk.

        Source: docs/method.md, formula 10.
        """
        if self.role == "on_hold":
            return self._lost
        said = (self.unpriced, self._paid_once, self._lost)
        return " ".join(filter(None, said))

    @property
    def _paid_once(self) -> str:
        name = SHORT_NAMES[self.chosen.technique]
        if not self.one_off:
            return f"“{name}” has no one-off cost."
        return (
            f"“{name}” includes a one-off ${self.one_off:,f} over "
            f"{_months(self.life)} (${self.share:,f} a month){self._paid_back}."
        )

    @property
    def _paid_back(self) -> str:
        # What waits for a measurement, or is trained later at most, pays nothing back.
        if self.saving is None or self.is_undecided:
            return ""
        months = self.payback_months
        if months is None:
            return ", never paid back"
        if self.saving < 0:
            return ", not paid back in that time"
        return (
            f". Without it, ${self.saving + self.share:,f} a month are saved: "
            f"paid back in {_months(months)}"
        )

    @property
    def _lost(self) -> str:
        if self.at_risk is None:
            return ""
        amount = f"${self.at_risk:,f}"
        if self.at_risk_if == "we_go_on":
            return f"At risk if the plan goes on: {amount} over 12 months."
        return f"Lost if the trained model fails its test: {amount}, once."


def _months(number: Decimal) -> str:
    """Write months, with a decimal where there is one."""
    said = f"{number:.1f}".removesuffix(".0")
    return f"{said} month{'' if said == '1' else 's'}"
