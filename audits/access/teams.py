"""Teams."""

from uuid import UUID

from audits.access.members import require_administrator
from audits.access.owned import owned
from audits.models import Membership, Team


def team_for_viewing(member: Membership, team_id: UUID) -> Team:
    """Return a team of the member's organization, or raise Http404."""
    return owned(member, Team.objects.filter(public_id=team_id).first(), "team")


def team_for_managing(member: Membership, team_id: UUID) -> Team:
    """Return a team of an administrator's organization, or raise 404, or 403."""
    team = team_for_viewing(member, team_id)
    require_administrator(member)
    return team
