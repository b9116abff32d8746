"""Adds, renames, merges and archives the teams of an organization."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.models import (
    DroppedResults,
    Organization,
    PortfolioRow,
    SavedView,
    Snapshot,
    Team,
    UseCase,
    User,
)
from audits.models.fields.text import fitting_text
from audits.services.record import events
from audits.services.use_cases.team_names import same_name, tidied

MOST_OF_A_NAME = 80
_COUNTS = ("verdicts", "states", "stages")
_SUMS = ("running", "planned", "proposed", "stopped", "at_risk")


@transaction.atomic
def add_team(*, organization: Organization, by: User, name: str) -> Team:
    """Add a team.

    Args:
        organization: Whose team.
        by: The administrator.
        name: Its name; case and spaces make no other name.

    Raises:
        ValidationError: It has no name, or that of another team.
    """
    _lock(organization)
    name = _new_name(organization, name)
    team: Team = Team.objects.create(organization=organization, name=name)
    _record(team, by, "team.founded")
    return team


@transaction.atomic
def rename_team(*, team: Team, by: User, name: str) -> None:
    """Give a team another name; what was signed keeps the name of its day.

    Raises:
        ValidationError: It is no name, or that of another team.
    """
    _lock(team.organization)
    name = _new_name(team.organization, name, but=team)
    if name != team.name:
        names = [team.name, name]
        team.name = name
        team.save(update_fields=["name"])
        _record(team, by, "team.renamed", names=names)


@transaction.atomic
def archive_team(*, team: Team, by: User, is_archived: bool) -> None:
    """Let a team take no more use cases, or take them again; it keeps what it has."""
    if team.is_archived is is_archived:
        return
    _lock(team.organization)
    team.archived_at = timezone.now() if is_archived else None
    team.save(update_fields=["archived_at"])
    _record(team, by, "team.archived" if is_archived else "team.restored")


@transaction.atomic
def merge_teams(*, team: Team, into: Team, by: User) -> int:
    """Move all that a team has to another, and remove the empty team.

    Each use case leaves an event, as if somebody moved it. The months of both are added
    up, and saved views that show the one show the other.

    Args:
        team: The team that ends.
        into: The team that stays, of the same organization.
        by: The administrator.

    Returns:
        How many use cases moved.

    Raises:
        ValidationError: They are one team, or the one that stays is archived.
    """
    if team == into or team.organization_id != into.organization_id:
        raise ValidationError("Choose another team")
    if into.is_archived:
        message = f"“{into.name}” is archived. Bring it back, or choose another team"
        raise ValidationError(message)
    moved = _move_use_cases(team, into)
    DroppedResults.objects.filter(team=team).update(team=into)
    _move_views(team, into)
    _add_months(team, into)
    details = {
        "names": [team.name, into.name],
        "into": str(into.pk),
        "use_cases": len(moved),
    }
    merged = events.Entry(verb="team.merged", subject=str(team.pk), details=details)
    _lock(team.organization)
    events.record_all(
        organization=team.organization, actor=by, entries=[*moved, merged]
    )
    team.delete()
    return len(moved)


def _move_use_cases(team: Team, into: Team) -> list[events.Entry]:
    own = UseCase.objects.filter(team=team).order_by("pk")
    found = list(own.select_for_update(no_key=True))
    rows = PortfolioRow.objects.filter(team=team)
    list(rows.order_by("use_case_id").select_for_update(no_key=True).values_list("pk"))
    UseCase.objects.filter(pk__in=[use_case.pk for use_case in found]).update(team=into)
    rows.update(team=into)
    details: dict[str, Any] = {"changed": ["team"], "team": [team.name, into.name]}
    if others := len(found) - 1:
        details["others"] = others
    return [
        events.Entry(
            verb="use_case.changed", subject=use_case.reference, details=details
        )
        for use_case in found
    ]


def _move_views(team: Team, into: Team) -> None:
    """Let saved views of the one team, which are addresses, show the other."""
    for view in SavedView.objects.filter(query__contains=str(team.public_id)):
        view.query = view.query.replace(str(team.public_id), str(into.public_id))
        view.save(update_fields=["query"])


def _add_months(team: Team, into: Team) -> None:
    """Add the counts of a team to those of the other, month by month."""
    known = {shot.month: shot for shot in Snapshot.objects.filter(team=into)}
    for shot in Snapshot.objects.filter(team=team):
        both = known.get(shot.month)
        if both is None:
            shot.team = into
            shot.save(update_fields=["team"])
            continue
        both.use_cases += shot.use_cases
        both.worked_out = both.worked_out or shot.worked_out
        for name in _COUNTS:
            added = Counter(getattr(both, name)) + Counter(getattr(shot, name))
            setattr(both, name, dict(added))
        for name in _SUMS:
            setattr(both, name, _sum(getattr(both, name), getattr(shot, name)))
        both.save()


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Add two sums; one that is not stated adds nothing."""
    stated = [each for each in (one, other) if each is not None]
    return sum(stated, Decimal()) if stated else None


def _new_name(organization: Organization, name: str, but: Team | None = None) -> str:
    name = tidied(fitting_text(name, MOST_OF_A_NAME))
    if not name:
        raise ValidationError({"name": "Enter a name for the team"})
    others = Team.objects.filter(organization=organization)
    others = others.exclude(pk=but.pk) if but else others
    if same := same_name(name, others.values_list("name", flat=True)):
        raise ValidationError({"name": f"There is a team “{same}” already"})
    return name


def _lock(organization: Organization) -> None:
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def _record(team: Team, by: User, verb: str, **details: list[str]) -> None:
    events.record(
        organization=team.organization,
        actor=by,
        verb=verb,
        subject=str(team.pk),
        **details,
    )
