"""Registers use cases."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from audits.frameworks.loading import loader
from audits.models import (
    Audit,
    Event,
    ImportedRow,
    Organization,
    Stage,
    Team,
    UseCase,
    User,
)
from audits.models.fields.own_fields import merged
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.use_cases.team_names import ARCHIVED, same_name, tidied


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
    tags: str = "",
    own: Mapping[str, Any] | None = None,
    what_was_done: str = "",
    what_happened: str = "",
    source: str = "",
    shown: int | None = None,
) -> Audit:
    """Register a use case and open its first audit, under the current framework.

    Args:
        organization: Whose it is; its row is locked.
        by: Who registers it.
        owner: Who looks after it.
        team: The team that uses it.
        name: What colleagues call it.
        summary: What it does, in one sentence.
        stage: How far it is.
        tags: Its tags, as `tags_as_spelled` gives them.
        own: Values of its own fields by key.
        what_was_done: What was tried, if it is known.
        what_happened: The outcome, if known.
        source: Where this is known from.
        shown: The last number that was given when the page was opened. If its owner
            has one with the same words since, the page was sent twice, and nothing is
            registered. None for what no page sends.

    Returns:
        The new draft audit, or that of the one registered before; `.use_case` is the
        use case.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    last = last_number(organization)
    use_case = UseCase(
        organization=organization,
        number=last + 1,
        team=team,
        owner=owner,
        name=name,
        summary=summary,
        stage=stage,
        tags=tags,
        own=merged({}, own or {}),
        what_was_done=what_was_done,
        what_happened=what_happened,
        source=source,
    )
    require_offered(team)
    use_case.full_clean()
    if shown is not None and (audit := _registered_since(use_case, shown)):
        return audit
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


def last_number(organization: Organization) -> int:
    """Return the number of the use case that was registered last; 0 without any."""
    own = UseCase.objects.filter(organization=organization)
    last = own.aggregate(last=Max("number"))["last"] or 0
    return max(last, last_deleted(organization))


def last_deleted(organization: Organization) -> int:
    """Return the highest number of a use case that was deleted; 0 without any."""
    lines = Event.objects.filter(organization=organization, verb="use_case.deleted")
    numbers = [details["number"] for details in lines.values_list("details", flat=True)]
    return max(numbers, default=0)


def _registered_since(use_case: UseCase, shown: int) -> Audit | None:
    """Return the audit of a use case that is the same word for word."""
    said = ("organization", "owner", "team", "name", "summary", "stage")
    same = UseCase.objects.filter(
        number__gt=shown, **{field: getattr(use_case, field) for field in said}
    )
    audits = Audit.objects.select_related("use_case").filter(use_case__in=same)
    found: Audit | None = audits.order_by("use_case__number", "created_at").first()
    return found


def require_offered(team: Team) -> None:
    """Refuse a team that takes no more use cases.

    Raises:
        ValidationError: It is archived.
    """
    if team.is_archived:
        raise ValidationError({"team": ARCHIVED.format(team.name)})


@transaction.atomic
def team_named(*, organization: Organization, by: User, name: str) -> Team:
    """Return the organization's team of that name; create it if there is none.

    Its case and spaces do not matter. The organization's row is locked, so that two
    people do not create one team in two spellings.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    known = {t.name: t for t in Team.objects.filter(organization=organization)}
    if same := same_name(name, known):
        return known[same]
    team: Team = Team.objects.create(organization=organization, name=tidied(name))
    events.record(
        organization=organization,
        actor=by,
        verb="team.founded",
        subject=str(team.pk),
    )
    return team


def imported_cells(use_case: UseCase) -> Mapping[str, str]:
    """Return the cells of an inventory that are kept with a use case, by heading."""
    rows = ImportedRow.objects.filter(use_case=use_case)
    cells: Mapping[str, str] | None = rows.values_list("cells", flat=True).first()
    return cells or {}
