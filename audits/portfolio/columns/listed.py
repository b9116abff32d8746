"""The columns of the portfolio, each defined once for the table and the files."""

from datetime import date
from operator import attrgetter

from django.utils import timezone

from audits.models import Audit, PortfolioRow, Stage
from audits.portfolio.columns.column import YEAR, Column
from audits.portfolio.columns.money import MONEY_COLUMNS
from audits.portfolio.columns.values import (
    link_to,
    override_in_words,
    verdict_in_words,
)
from audits.portfolio.of_board.approved import (
    approved_by,
    held_of,
    released_of,
    whole_asked,
)
from audits.portfolio.of_board.board_cells import board_in_short, board_said
from audits.portfolio.of_board.open_dates import due_for
from audits.portfolio_filter import STATE_NAMES
from audits.services.portfolio.asking import (
    asked_later,
    asked_now,
    in_file,
    lacks_for_vote,
)

_STAGES = dict(Stage.choices)


def _day(row: PortfolioRow) -> date | None:
    return timezone.localdate(row.submitted_at) if row.submitted_at else None


RENEWALS = {
    Audit.State.DRAFT.value: "Renewal started",
    Audit.State.IN_REVIEW.value: "Renewal in review",
}
# In the order of the table, which shows those with a head, and of files.
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
        sort=("urgency", "counted_verdict", "comes_first", "name"),
        cell="verdict",
        in_files=("verdict", "is_provisional", "override"),
    ),
    Column("override", "Override of the verdict", override_in_words),
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
    Column("asked", "Asked for", lambda row: asked_now(row)[0], YEAR),
    Column(
        "asked_said",
        "Asked for is",
        lambda row: in_file(asked_now(row)[1]) or None,
    ),
    Column("asked_later", "Asked for once the board can vote on it", asked_later, YEAR),
    Column(
        "vote_lacks",
        "Not for the board yet, it needs",
        lambda row: lacks_for_vote(row) or None,
    ),
    Column("approved", "Approved by the board", approved_by, "US dollars"),
    Column(
        "approved_held",
        "Approved, held until conditions are met",
        held_of,
        "US dollars",
    ),
    Column("approved_free", "Approved and released", released_of, "US dollars"),
    Column("approved_of", "Approved is only a part of", whole_asked, "US dollars"),
    Column(
        "provider",
        "Provider",
        lambda row: row.provider or None,
        head="Provider",
        sort=("provider", "name"),
        is_extra=True,
    ),
    *MONEY_COLUMNS,
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
    Column("sponsor_agreed_on", "Sponsor agreed on", attrgetter("sponsor_agreed_on")),
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
