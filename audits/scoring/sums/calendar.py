"""The months behind the money of a verdict, and what happens in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.scoring.costs.building_costs import TEST_SET
from audits.scoring.costs.cost_calendar import CostEvent, CostMonth, OneOff
from audits.scoring.costs.cost_numbers import SHORT_NAMES, TRAINED
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.over_time.changes import paid_for_training
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.waiting import named
from audits.scoring.money.words import Money

_THOUSANDS_FROM = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """What is paid once, in lines."""

    one_offs: tuple[OneOff, ...]

    @property
    def once(self) -> Decimal:
        """Dollars of all lines together."""
        return sum((line.amount for line in self.one_offs), Decimal(0))

    @property
    def charges_test_set(self) -> bool:
        """Whether cases of a test set are among the lines."""
        return any(each.amount and TEST_SET in each.what for each in self.one_offs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Build(Once):
    """What is paid before a technique runs, and what is paid once `later`.

    `training` is what a planned model still pays of it for its training; else None.
    """

    later: tuple[OneOff, ...]
    training: Decimal | None = None

    @property
    def for_training(self) -> str:
        """How much of it trains a model, in a sentence; empty for none or all of it."""
        if not self.training or self.training == self.once:
            return ""
        return f"${written(self.training)} of it is for training."

    @property
    def then(self) -> str:
        """What is paid once later and in all, in a sentence; empty if nothing is."""
        if not self.later:
            return ""
        more = sum((line.amount for line in self.later), Decimal(0))
        days = sorted({line.day for line in self.later})
        when = "later days" if days[2:] else " and ".join(map(in_words, days))
        in_all = written(self.once + more)
        return f"With ${written(more)} more on {when}, ${in_all} is paid once in all."


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening(Once):
    """Something that changes the cost of techniques, and what is paid once for it."""

    number: int
    day: date
    names: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyMonths:
    """The 12 months of what a verdict leads to, beside those of today's plan.

    `chosen` and `today` are rows of the money; without another plan of today it is
    None. `otherwise` are those that a test may lead to instead, of which only what is
    paid up front is told. Every amount is rounded as pages print it, and the months add
    up.
    """

    chosen: MoneyRow
    today: MoneyRow | None
    happenings: tuple[Happening, ...]
    otherwise: tuple[MoneyRow, ...] = ()

    @property
    def rows(self) -> tuple[MoneyRow, ...]:
        """The rows of today's plan and of what a verdict leads to."""
        return (self.today, self.chosen) if self.today else (self.chosen,)

    @property
    def builds(self) -> tuple[tuple[str, Build], ...]:
        """What is paid before a technique runs, by the name of those that are built."""
        found = (
            (SHORT_NAMES[row.technique], _build_of(row))
            for row in (*self.rows, *self.otherwise)
        )
        return tuple((name, build) for name, build in found if build.one_offs)

    @property
    def pairs(self) -> tuple[tuple[CostMonth, CostMonth | None], ...]:
        """Each month of what a verdict leads to, with that of today's plan."""
        months = self.chosen.calendar.months
        if self.today is None:
            return tuple((month, None) for month in months)
        return tuple(zip(months, self.today.calendar.months, strict=True))

    @property
    def message(self) -> str:
        """The finding, as a heading."""
        name, months = SHORT_NAMES[self.chosen.technique], self.chosen.calendar.months
        most = max(months, key=lambda month: month.amount)
        if all(month.amount == most.amount for month in months):
            return f"Every month of “{name}” costs ${written(most.amount)}"
        return (
            f"“{name}” costs most in the month from {in_words(most.start)}: "
            f"${written(most.amount)}"
        )

    @property
    def overlap(self) -> str:
        """What is assumed of a change from one plan to another."""
        name = SHORT_NAMES[self.chosen.technique]
        if wait := self.chosen.calendar.wait:
            serves = f"what {named(wait)} costs" if wait.technique else "nothing"
            return f"Until “{name}” is ready, its months show {serves}."
        if "proposed" in self.chosen.roles:
            until = "until its model retires"
            return f"The months of “{name}” include the current plan’s cost {until}."
        return (
            f"“{name}” counts as in use from the first day, and the current plan as "
            "ended then."
        )

    @property
    def in_thousands(self) -> bool:
        """Whether whole dollars would not fit a narrow column."""
        months = (month for row in self.rows for month in row.calendar.months)
        return max(month.amount for month in months) >= _THOUSANDS_FROM


def months_of(money: Money) -> MoneyMonths:
    """Return the months behind the money of a verdict."""
    today = money.today if money.today != money.chosen else None
    rows = [row for row in (today, money.chosen) if row]
    return MoneyMonths(
        chosen=money.chosen,
        today=today,
        happenings=tuple(_happenings(rows, today)),
        otherwise=tuple(row for row in money.rows if "otherwise" in row.roles),
    )


def _happenings(rows: Sequence[MoneyRow], today: MoneyRow | None) -> list[Happening]:
    """Return what happens in order; the same of two techniques is told once."""
    found: dict[tuple[date, str, tuple[OneOff, ...]], list[str]] = {}
    for row in rows:
        told: set[date] = set()
        for event in row.calendar.events:
            if event.kind == "tuning_end" and row.technique not in TRAINED:
                continue  # it is of the old model, which a prompt replaces
            # Two things on one day are paid for once.
            lines = () if event.day in told else _lines_on(row, event.day)
            told.add(event.day)
            text = _as_planned(event) if row == today else event.text
            key = event.day, text, lines
            found.setdefault(key, []).append(SHORT_NAMES[row.technique])
    ordered = sorted(found.items(), key=lambda item: item[0][0])
    return [
        Happening(number=n, day=day, names=tuple(names), text=text, one_offs=lines)
        for n, ((day, text, lines), names) in enumerate(ordered, start=1)
    ]


def _as_planned(event: CostEvent) -> str:
    """Say what happens to a plan; that its model is ready, only if the plan goes on."""
    if event.kind != "ready":
        return event.text
    return event.text.replace("The new model", "If the plan goes on, its model", 1)


def _build_of(row: MoneyRow) -> Build:
    later = (line for line in row.calendar.one_offs if line.day != row.starts)
    lines = _lines_on(row, row.starts)
    training = paid_for_training(row)
    return Build(one_offs=lines, later=tuple(later), training=training)


def _lines_on(row: MoneyRow, day: date) -> tuple[OneOff, ...]:
    return tuple(line for line in row.calendar.one_offs if line.day == day)
