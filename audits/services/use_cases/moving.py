"""Who may move a use case that a reviewer decides on, or will, to which team."""

from functools import cached_property
from typing import Any

from audits.models import Audit, Membership, Organization, Team, TeamRole, UseCase, User
from audits.models.organizations import REVIEWERS

# Why one stays in its team: follows “Team: ” or the name of the use case.
NOT_TO_OWN_REVIEW = (
    "you may review in the new team but not in its own. Ask an administrator to move it"
)
# A draft is judged as soon as its owner submits it, which is not for its mover to wait.
JUDGED = frozenset((Audit.State.DRAFT, Audit.State.IN_REVIEW, Audit.State.SIGNED_OFF))


class Moves:
    """Says which moves would make somebody a reviewer of what others review.

    A role for one team reviews there alone. Anyone who has one could otherwise move a
    use case into that team, and then sign it off or override its verdict.
    """

    def __init__(self, organization: Organization, by: User) -> None:
        self._organization = organization
        self._by = by

    @cached_property
    def teams(self) -> frozenset[int]:
        """The teams in which they review, if they do not in the whole organization."""
        own = Membership.objects.filter(organization=self._organization, user=self._by)
        roles = TeamRole.objects.filter(
            membership__in=own.exclude(role__in=REVIEWERS), role__in=REVIEWERS
        )
        return frozenset(roles.values_list("team", flat=True))

    @cached_property
    def _names(self) -> frozenset[str]:
        found = Team.objects.filter(pk__in=self.teams) if self.teams else ()
        return frozenset(team.name for team in found)

    @cached_property
    def _judged(self) -> frozenset[Any]:
        own = Audit.objects.filter(organization=self._organization, state__in=JUDGED)
        return frozenset(own.values_list("use_case", flat=True))

    def are_refused(self, before: int, after: int) -> bool:
        """Return whether a use case that is judged stays in its team."""
        return after in self.teams and before not in self.teams

    def refuse(self, use_case: UseCase, team: int) -> bool:
        """Return whether a use case stays in its team, as it is judged."""
        return self.are_refused(use_case.team_id, team) and use_case.pk in self._judged

    def refuse_named(self, use_case: UseCase | None, team: str) -> bool:
        """Return the same for the name of a team; a new use case is none of these."""
        if use_case is None or team not in self._names:
            return False
        return use_case.team_id not in self.teams and use_case.pk in self._judged
