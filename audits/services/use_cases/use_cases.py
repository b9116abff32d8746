"""Registers use cases."""

from django.db import transaction
from django.db.models import Max

from audits.frameworks import loader
from audits.models import Audit, Organization, Stage, Team, UseCase, User
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events


@transaction.atomic
def register_use_case(
    *,
    organization: Organization,
    by: User,
    owner: User,
    team: Team,
    name: str,
    summary: str,
    stage: str = Stage.PLANNED,
    what_was_done: str = "",
    what_happened: str = "",
    source: str = "",
) -> Audit:
    """Register a use case and open its first audit, under the current framework.

    Returns:
        The new draft audit; `.use_case` is the use case.
    """
    Organization.objects.select_for_update().get(pk=organization.pk)
    own = UseCase.objects.filter(organization=organization)
    last = own.aggregate(last=Max("number"))["last"] or 0
    use_case = UseCase(
        organization=organization,
        number=last + 1,
        team=team,
        owner=owner,
        name=name,
        summary=summary,
        stage=stage,
        what_was_done=what_was_done,
        what_happened=what_happened,
        source=source,
    )
    use_case.full_clean()
    use_case.save(force_insert=True)
    framework = loader.current()
    audit = Audit.objects.create(
        organization=organization,
        use_case=use_case,
        framework=framework.name,
        framework_version=framework.version,
        framework_hash=framework.content_hash,
    )
    update_portfolio_row(audit)
    events.record(
        organization=organization,
        actor=by,
        verb="use_case.registered",
        subject=use_case.reference,
        stage=stage,
    )
    return audit


@transaction.atomic
def team_named(*, organization: Organization, by: User, name: str) -> Team:
    """Return the organization's team of that name; found it if there is none."""
    team, created = Team.objects.get_or_create(organization=organization, name=name)
    if created:
        events.record(
            organization=organization,
            actor=by,
            verb="team.founded",
            subject=str(team.pk),
        )
    return team
