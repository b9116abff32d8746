"""The columns with the money of a use case, in the order of the table and of files."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any

from audits.models import PortfolioRow
from audits.portfolio.columns.column import MONTH, YEAR, Column, Unit
from audits.portfolio.columns.values import training_at_risk
from audits.scoring.money.states import MONEY_NAMES

# What is freed is not saved once more.
_LEFT = {"saving": "saving_left", "saving_year": "saving_year_left"}
# Those that files have in place of the current plan of the table.
_PLAN_IN_FILES = ("plan_state", *MONEY_NAMES, *(f"{each}_year" for each in MONEY_NAMES))


def _plan_state(row: PortfolioRow) -> str | None:
    return MONEY_NAMES[row.plan_state] if row.spend is not None else None


def _as_signed(row: PortfolioRow) -> Decimal | None:
    """Return the 12 months of a plan of which something is taken off; else None."""
    return row.year if row.year != row.year_left else None


def _of_states() -> Iterator[Column]:
    """Yield the columns whose sums are the money of each state."""
    for state, name in MONEY_NAMES.items():
        yield Column(state, name, partial(PortfolioRow.month_of, state=state), MONTH)
    for state, name in MONEY_NAMES.items():
        of = partial(PortfolioRow.year_of, state=state)
        yield Column(f"{state}_year", name, of, YEAR)


def _if_followed(key: str, name: str, unit: Unit, **more: Any) -> Column:
    """Return the column of an amount that the verdict leads to."""
    column = attrgetter(_LEFT.get(key, key))
    return Column(key, name, lambda row: row.if_followed(column(row)), unit, **more)


# A file has the current plan in a column for each state, so that no sum of a column
# adds two of them.
MONEY_COLUMNS = (
    Column("plan_state", "Current plan is", _plan_state),
    *_of_states(),
    Column("spend_low", "Current plan, low", attrgetter("low_left"), MONTH),
    Column(
        "spend",
        "Current plan, expected",
        lambda row: row.spend,
        MONTH,
        head="Current plan",
        head_unit="a month",
        sort=("spend",),
        cell="plan",
        is_in_files=False,
        in_files=(*_PLAN_IN_FILES, "freed", "freed_once"),
    ),
    Column("spend_high", "Current plan, high", attrgetter("high_left"), MONTH),
    Column("year_low", "Current plan, low", attrgetter("year_low_left"), YEAR),
    Column("year_high", "Current plan, high", attrgetter("year_high_left"), YEAR),
    Column("year_signed", "Current plan as signed, expected", _as_signed, YEAR),
    Column("once", "Current plan, paid once", lambda row: row.once_left, "US dollars"),
    Column(
        "changes",
        "Current plan, known changes, negative if they cost less",
        lambda row: row.changes,
        YEAR,
    ),
    Column("since", "From, first day of the 12 months", lambda row: row.since),
    Column(
        "assumed",
        "Current plan, numbers that Attune assumes",
        lambda row: row.assumed,
    ),
    Column("freed", "Freed by decisions of the board", attrgetter("freed"), MONTH),
    Column("freed_until", "Freed a month until", lambda row: row.freed_until),
    Column("freed_once", "Freed once by them", attrgetter("freed_once"), "US dollars"),
    Column("freed_of", "Decisions that freed it", lambda row: row.freed_of or None),
    Column("at_risk", "Running spend is at risk", lambda row: row.is_at_risk),
    Column(
        "training_at_risk",
        "One-off cost of training against the verdict",
        training_at_risk,
        "US dollars",
    ),
    _if_followed(
        "lost_if_failed", "Lost if the trained model fails its test", "US dollars"
    ),
    _if_followed("cost", "Cost if followed", MONTH),
    _if_followed("cost_year", "Cost if followed", YEAR),
    _if_followed("one_off", "Of which paid once", "US dollars"),
    _if_followed(
        "cost_changes", "Of which known changes, negative if they cost less", YEAR
    ),
    _if_followed("cost_assumed", "Numbers that Attune assumes if followed", ""),
    _if_followed(
        "saving",
        "Saving if followed, after known changes",
        MONTH,
        head="Saving, 12 months",
        sort=("saving_year",),
        cell="saving",
        in_files=("saving", "saving_year", "saving_begun"),
    ),
    _if_followed("saving_year", "Saving if followed", YEAR),
    _if_followed("saving_begun", "Saving by steps that are done", YEAR),
    # Its paper has the months that it follows from, as the plans change in them.
    _if_followed(
        "payback_months",
        "Paid back after, month by month; 0 if never the more expensive",
        "months",
    ),
    Column("offer_by", "Offer from", lambda row: row.offer_by or None),
    Column("offer", "Offer", lambda row: row.offer, YEAR),
    Column(
        "offer_over_today",
        "Offer above the current plan",
        lambda row: row.offer_over_today,
        YEAR,
    ),
    Column(
        "offer_over_advised",
        "Offer above what is recommended",
        lambda row: row.offer_over_advised,
        YEAR,
    ),
    Column(
        "offer_is_least",
        "Offer above is at least so much",
        lambda row: row.offer_is_least if row.offer_by else None,
    ),
    Column(
        "offer_covers",
        "Offer covers all calls and months",
        lambda row: row.offer_covers,
    ),
)
