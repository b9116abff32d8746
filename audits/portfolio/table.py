"""The rows of the table, as plain values: equal ones are drawn once and kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from audits.frameworks.schema import Framework
from audits.models import PortfolioRow, Team
from audits.templatetags.drawings import NamedVerdict, named_verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """What a row shows."""

    number: int
    name: str
    audit_id: UUID
    review_cause: str
    team_id: UUID
    team: str
    verdict: NamedVerdict | None
    stage: str
    confidence: str
    spend: Decimal | None
    saving: Decimal | None
    owner: str
    due_on: date | None
    is_overdue: bool
    trend: str


def table_rows(
    page: Iterable[PortfolioRow],
    teams: Mapping[int, Team],
    framework: Framework,
    today: date,
) -> list[TableRow]:
    """Return the rows of a page of the table, read with `IN_ROWS`."""
    # A team that was added since they were read is read here.
    named = ((row, teams.get(row.team_id) or row.team) for row in page)
    return [
        TableRow(
            number=row.number,
            name=row.name,
            audit_id=row.audit_id,
            review_cause=row.review_cause,
            team_id=team.public_id,
            team=str(team),
            verdict=named_verdict(framework, row.verdict),
            stage=row.get_stage_display(),
            confidence=row.confidence,
            spend=row.spend,
            saving=row.saving,
            owner=str(row.owner),
            due_on=row.due_on,
            is_overdue=row.due_on is not None and row.due_on < today,
            trend=row.trend,
        )
        for row, team in named
    ]


# What is read for them; teams are known already.
IN_ROWS = (
    *("number", "name", "audit", "review_cause", "team", "verdict", "stage"),
    *("confidence", "spend", "saving", "due_on", "trend"),
    *("owner__name", "owner__email"),
)
