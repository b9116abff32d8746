"""Stores with which of their organizations a person works."""

from django.utils import timezone
from django_scopes import scope

from audits.models import Membership


def choose_organization(*, member: Membership) -> None:
    """Let a person work with the organization of one of their memberships.

    It is the one they chose last, in every browser.
    """
    member.chosen_at = timezone.now()
    with scope(organization=member.organization):
        member.save(update_fields=["chosen_at"])
