"""Use cases in bulk, with the rows that the portfolio reads of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django_scopes import scope

from audits.frameworks.loading import loader
from audits.models import Audit, PortfolioRow, Stage, Team, UseCase
from audits.scoring.explaining.grades.strength import STRENGTHS, in_short, rank
from tests.casting import Tenant

DAY = date(2026, 12, 9)


def make_rows(tenant: Tenant, number: int, **fields: Any) -> list[PortfolioRow]:
    """Make use cases that differ in everything a list shows; `fields` are the same."""
    with scope(organization=tenant.organization):
        first = UseCase.objects.count() + 1
        teams = list(Team.objects.all())
        made = [_portfolio_row(tenant, teams, first + i, fields) for i in range(number)]
        UseCase.objects.bulk_create([row.use_case for row in made])
        Audit.objects.bulk_create([row.audit for row in made])
        return PortfolioRow.objects.bulk_create(made)


def _portfolio_row(
    tenant: Tenant, teams: Sequence[Team], number: int, fields: dict[str, Any]
) -> PortfolioRow:
    framework = loader.current()
    verdicts = list(framework.verdicts)
    verdict = fields.get("verdict", verdicts[number % len(verdicts)])
    family = framework.verdicts[verdict].family if verdict else None
    state = fields.get("state", list(Audit.State)[number % 3])
    stage = fields.get("stage", Stage.values[number % len(Stage.values)])
    strength = fields.get("strength", STRENGTHS[number % len(STRENGTHS)])
    name = fields.get("name", f"Case {number:05}")
    team = fields.get("team", teams[number % len(teams)])
    spend = Decimal(number * 100)
    use_case = UseCase(
        organization=tenant.organization,
        number=number,
        team=team,
        owner=tenant.contributor,
        name=name,
        summary=name,
        stage=stage,
    )
    audit = Audit(
        organization=tenant.organization,
        use_case=use_case,
        state=state,
        verdict=verdict,
        framework=framework.name,
        framework_version=framework.version,
        framework_hash=framework.content_hash,
    )
    columns: dict[str, Any] = {
        "organization": tenant.organization,
        "use_case": use_case,
        "audit": audit,
        "team": team,
        "owner": tenant.contributor,
        "number": number,
        "name": name,
        "stage": stage,
        "stage_rank": Stage.values.index(stage),
        "state": state,
        "verdict": verdict,
        "urgency": framework.urgency[family],
        "open_questions": number % 4,
        "strength": strength,
        "strength_said": in_short(strength),
        "strength_rank": rank(strength),
        "spend_low": spend / 2,
        "spend": spend,
        "spend_high": spend * 2,
        "year_low": spend * 6,
        "year": spend * 12,
        "year_high": spend * 24,
        "at_risk": bool(family and not framework.families[family].trains),
        "cost": spend / 4,
        "saving": spend / 8,
        "cost_year": spend * 3,
        "saving_year": spend * 2,
        "submitted_at": datetime(2026, 11, 2, 9, tzinfo=UTC),
        "due_on": DAY + timedelta(days=number),
    }
    return PortfolioRow(**columns | fields)
