"""The rows of the table, as plain values: equal ones are drawn once and kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from audits.frameworks.schema import Framework
from audits.models import Stage, Team
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


# What is read for them; teams are known already.
IN_ROWS = (
    *("number", "name", "audit_id", "review_cause", "team_id", "verdict", "stage"),
    *("confidence", "spend", "saving", "due_on", "trend"),
    *("owner__name", "owner__email"),
)
_STAGES: Mapping[str, str] = {stage.value: str(stage.label) for stage in Stage}


def table_rows(
    page: Iterable[dict[str, Any]],
    teams: Mapping[int, Team],
    framework: Framework,
    today: date,
) -> list[TableRow]:
    """Return the rows of a page of the table, of which `IN_ROWS` were read."""
    return [_table_row(row, teams, framework, today) for row in page]


def _table_row(
    row: dict[str, Any], teams: Mapping[int, Team], framework: Framework, today: date
) -> TableRow:
    number, due_on = row["team_id"], row["due_on"]
    # One that was added since the teams were read is read here.
    team = teams[number] if number in teams else Team.objects.get(pk=number)
    return TableRow(
        number=row["number"],
        name=row["name"],
        audit_id=row["audit_id"],
        review_cause=row["review_cause"],
        team_id=team.public_id,
        team=str(team),
        verdict=named_verdict(framework, row["verdict"]),
        stage=_STAGES.get(row["stage"], row["stage"]),
        confidence=row["confidence"],
        spend=row["spend"],
        saving=row["saving"],
        owner=row["owner__name"] or row["owner__email"],
        due_on=due_on,
        is_overdue=due_on is not None and due_on < today,
        trend=row["trend"],
    )
