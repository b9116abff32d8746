"""The columns of the portfolio, each defined once for the table and the files."""

from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any, Literal, cast

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.models import Audit, PortfolioRow, Stage
from audits.portfolio.cells import Cell
from audits.portfolio.of_board.board_cells import board_in_short, board_said
from audits.portfolio_filter import STATE_NAMES
from audits.scoring.money.states import MONEY_NAMES, risk_state
from audits.services.portfolio.asking import asked_now

type Unit = Literal[
    "",
    "US dollars a month",
    "US dollars over 12 months",
    "US dollars",
    "months",
    "days",
]
_MONTH: Unit = "US dollars a month"
_YEAR: Unit = "US dollars over 12 months"
_STAGES = dict(Stage.choices)
_PLAN_IN_FILES = ("plan_state", *MONEY_NAMES, *(f"{each}_year" for each in MONEY_NAMES))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the portfolio, in the table and in files.

    Attributes:
        key: Its name in JSON and in addresses.
        name: Its heading in a file, clear without the other columns.
        of: The content of a row's cell.
        unit: The unit of its numbers.
        head: Its heading in the table; empty if it is only in files.
        sort: The model's fields to order by; empty if nobody can.
        is_reversed: Whether its values fall as those fields rise, such as the days
            since a date.
        cell: The part in templates/portfolio/cells that renders it in the table; text
            that is a plain count is rendered as a number.
        beneath: The key of the column in whose cell it is the second line; that
            cell's template renders it.
        is_in_files: Whether files have it.
        in_files: The keys of the columns that say the same in files, if not its own.
        is_extra: Whether the table has it only if it is chosen.
    """

    key: str
    name: str
    of: Callable[[PortfolioRow], Cell]
    unit: Unit = ""
    _: KW_ONLY
    head: str = ""
    sort: tuple[str, ...] = ()
    is_reversed: bool = False
    cell: str = "text"
    beneath: str = ""
    is_in_files: bool = True
    in_files: tuple[str, ...] = ()
    is_extra: bool = False

    @property
    def heading(self) -> str:
        """The heading in a file, with the unit."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @property
    def is_number(self) -> bool:
        """Whether it is an amount or a plain count, so that the largest come first."""
        return bool(self.unit) or self._is_count or self.cell == "number"

    @property
    def part(self) -> str:
        """The template of its cell in the table."""
        cell = "count" if self._is_count else self.cell
        return f"portfolio/cells/{cell}.html"

    @property
    def _is_count(self) -> bool:
        """Whether the table shows a whole number of the row as it is."""
        if self.cell != "text" or self.sort[:1] != (self.key,):
            return False
        return isinstance(PortfolioRow._meta.get_field(self.key), models.IntegerField)


CONDITION = "Condition of the sign-off"
CARRY_OUT = "Carrying out the board’s decision"
BOARD = "Decision of the board"
LOOK_AGAIN = "The board’s next look"


def training_at_risk(row: PortfolioRow) -> Decimal | None:
    """Return what is paid once for training that the verdict is against; else None."""
    is_it = risk_state(row.stage, against=row.at_risk) == "training"
    return row.training_once if is_it else None


def due_for(row: PortfolioRow) -> str | None:
    """Return what the next date of a use case is for."""
    if row.due_on is None:
        return None
    if row.state == Audit.State.SIGNED_OFF:
        if row.due_on == row.condition_due_on:
            return CONDITION
        return _board_due_for(row) if row.due_on == row.board_due_on else "Review"
    return row.comes_first or "Decision"


def _board_due_for(row: PortfolioRow) -> str:
    return {"undecided": BOARD, "open": CARRY_OUT}.get(row.board_state, LOOK_AGAIN)


def link_to(row: PortfolioRow) -> str:
    """Return the address of a use case's verdict."""
    return settings.SITE_URL + reverse("result", args=[row.audit_id])


def verdict_in_words(row: PortfolioRow) -> str | None:
    """Return a verdict in words, or what comes first; None if there is none yet."""
    words = loader.current().verdicts.get(cast("Verdict", row.verdict))
    return row.comes_first or (words.name if words else row.verdict or None)


def _day(row: PortfolioRow) -> date | None:
    return timezone.localdate(row.submitted_at) if row.submitted_at else None


def _plan_state(row: PortfolioRow) -> str | None:
    return MONEY_NAMES[row.plan_state] if row.spend is not None else None


def _of_states() -> Iterator[Column]:
    """Yield the columns whose sums are the money of each state."""
    for state, name in MONEY_NAMES.items():
        yield Column(state, name, partial(PortfolioRow.month_of, state=state), _MONTH)
    for state, name in MONEY_NAMES.items():
        of = partial(PortfolioRow.year_of, state=state)
        yield Column(f"{state}_year", name, of, _YEAR)


def _if_followed(key: str, name: str, unit: Unit, **more: Any) -> Column:
    """Return the column of an amount that the verdict leads to."""
    column = attrgetter(key)
    return Column(key, name, lambda row: row.if_followed(column(row)), unit, **more)


RENEWALS = {
    Audit.State.DRAFT.value: "Renewal started",
    Audit.State.IN_REVIEW.value: "Renewal in review",
}
# In the order of the table, which shows those with a head, and of files. A file has the
# current plan in a column for each state, so that no sum of a column adds two of them.
COLUMNS = (
    Column("reference", "Reference", lambda row: row.reference),
    Column(
        "name",
        "Use case",
        lambda row: row.name,
        head="Name",
        sort=("name",),
        cell="name",
    ),
    Column(
        "team",
        "Team",
        lambda row: row.team.name,
        head="Team",
        sort=("team__name", "name"),
        beneath="name",
    ),
    Column(
        "verdict",
        "Verdict",
        verdict_in_words,
        head="Verdict",
        sort=("urgency", "name"),
        cell="verdict",
        in_files=("verdict", "is_provisional"),
    ),
    Column(
        "stage",
        "Stage",
        lambda row: _STAGES[row.stage],
        head="Stage",
        sort=("stage_rank", "name"),
        cell="stage",
    ),
    Column("tags", "Tags", lambda row: row.tags or None),
    Column("state", "State", lambda row: STATE_NAMES[Audit.State(row.state)]),
    Column("is_provisional", "Verdict is provisional", attrgetter("is_provisional")),
    Column("renewal", "Renewal", lambda row: RENEWALS.get(row.renewal_state)),
    Column("signed_as", "Signed off under the name", lambda row: row.signed_as or None),
    Column(
        "open_questions",
        "Questions that can change the verdict",
        lambda row: row.open_questions,
        head="Completeness",
        sort=("open_questions", "name"),
        cell="completeness",
    ),
    Column(
        "strength",
        "Strength of evidence",
        lambda row: row.strength_said or None,
        head="Evidence",
        sort=("strength_rank", "name"),
        beneath="open_questions",
    ),
    Column(
        "board",
        "Board decision",
        board_in_short,
        head="Board decision",
        sort=("board_rank", "name"),
        beneath="verdict",
        is_in_files=False,
        in_files=("board_decision", "board_missing", "board_due_on"),
    ),
    Column("board_decision", "Board decision", board_said),
    Column(
        "board_missing",
        "Board decision, not done yet",
        lambda row: row.board_missing or None,
    ),
    Column("board_due_on", "Board decision, next date", lambda row: row.board_due_on),
    Column("approval", "Approval", lambda row: row.approval or None),
    Column(
        "conditions",
        "Conditions of the sign-off",
        lambda row: row.conditions_said or None,
    ),
    Column("asked", "Asked for", lambda row: asked_now(row)[0], _YEAR),
    Column(
        "asked_said",
        "Asked for is",
        lambda row: asked_now(row)[1] or None,
    ),
    Column(
        "provider",
        "Provider",
        lambda row: row.provider or None,
        head="Provider",
        sort=("provider", "name"),
        is_extra=True,
    ),
    Column("plan_state", "Current plan is", _plan_state),
    *_of_states(),
    Column("spend_low", "Current plan, low", lambda row: row.spend_low, _MONTH),
    Column(
        "spend",
        "Current plan, expected",
        lambda row: row.spend,
        _MONTH,
        head="Current plan",
        sort=("spend",),
        cell="plan",
        is_in_files=False,
        in_files=(
            "plan_state",
            *MONEY_NAMES,
            *(f"{each}_year" for each in MONEY_NAMES),
            *("freed", "freed_once"),
        ),
    ),
    Column("spend_high", "Current plan, high", lambda row: row.spend_high, _MONTH),
    Column("year_low", "Current plan, low", lambda row: row.year_low, _YEAR),
    Column("year_high", "Current plan, high", lambda row: row.year_high, _YEAR),
    Column("once", "Current plan, paid once", lambda row: row.once, "US dollars"),
    Column(
        "changes",
        "Current plan, known changes, negative if they cost less",
        lambda row: row.changes,
        _YEAR,
    ),
    Column("since", "From, first day of the 12 months", lambda row: row.since),
    Column(
        "assumed",
        "Current plan, numbers that Attune assumes",
        lambda row: row.assumed,
    ),
    Column("freed", "Freed by decisions of the board", attrgetter("freed"), _MONTH),
    Column("freed_once", "Freed once by them", attrgetter("freed_once"), "US dollars"),
    Column("freed_of", "Decisions that freed it", lambda row: row.freed_of or None),
    Column("at_risk", "Running spend is at risk", lambda row: row.is_at_risk),
    Column(
        "training_at_risk",
        "Paid once for training against the verdict",
        training_at_risk,
        "US dollars",
    ),
    _if_followed(
        "lost_if_failed", "Lost if the trained model fails its test", "US dollars"
    ),
    _if_followed("cost", "Cost if followed", _MONTH),
    _if_followed("cost_year", "Cost if followed", _YEAR),
    _if_followed("one_off", "Of which paid once", "US dollars"),
    _if_followed(
        "cost_changes", "Of which known changes, negative if they cost less", _YEAR
    ),
    _if_followed("cost_assumed", "Numbers that Attune assumes if followed", ""),
    _if_followed(
        "saving",
        "Saving if followed, after known changes",
        _MONTH,
        head="Saving, 12 months",
        sort=("saving",),
        cell="saving",
        in_files=("saving", "saving_year"),
    ),
    _if_followed("saving_year", "Saving if followed", _YEAR),
    # Its paper has the months that it follows from, as the plans change in them.
    _if_followed(
        "payback_months",
        "Paid back after, month by month; 0 if never the more expensive",
        "months",
    ),
    Column("offer_by", "Offer from", lambda row: row.offer_by or None),
    Column("offer", "Offer", lambda row: row.offer, _YEAR),
    Column(
        "offer_over_today",
        "Offer above the current plan",
        lambda row: row.offer_over_today,
        _YEAR,
    ),
    Column(
        "offer_over_advised",
        "Offer above what is recommended",
        lambda row: row.offer_over_advised,
        _YEAR,
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
    Column(
        "owner",
        "Owner",
        lambda row: row.owner_name,
        head="Owner",
        sort=("owner_name", "name"),
        beneath="due_on",
    ),
    Column(
        "sponsor",
        "Sponsor, as the author names them",
        lambda row: row.sponsor_name,
        head="Sponsor",
        sort=("sponsor_name", "name"),
        is_extra=True,
    ),
    Column(
        "submitted_on",
        "Submitted on",
        _day,
        head="Submitted on",
        sort=("submitted_at", "name"),
        cell="day",
        is_extra=True,
    ),
    Column(
        "due_on",
        "Next date",
        lambda row: row.due_on,
        head="Next date",
        sort=("due_on",),
        cell="due_on",
        in_files=("due_on", "due_for"),
    ),
    Column("due_for", "Next date is for", due_for),
    Column(
        "trend",
        "Trend of evidence",
        lambda row: row.trend or None,
    ),
    Column("review_cause", "Review due because", lambda row: row.review_cause or None),
    Column("link", "Link", link_to),
)
IN_FILES = tuple(column for column in COLUMNS if column.is_in_files)
MONEY = frozenset(column.key for column in COLUMNS if column.head and column.unit)
SORTABLE = {column.key: column for column in COLUMNS if column.sort}
