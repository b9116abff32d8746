"""Only members of an organization can find what belongs to it."""

from typing import Any, Protocol

from django.http import Http404

from audits.models import Membership, UseCase


class _Owned(Protocol):
    """What belongs to an organization."""

    organization_id: Any
    organization: Any


def owned[Found: _Owned](member: Membership, found: Found | None, noun: str) -> Found:
    """Return the object found if it belongs to the member's organization.

    From then on the member has the role that they have for the team it is of.
    """
    if found is None or found.organization_id != member.organization_id:
        message = f"No such {noun}"
        raise Http404(message)
    found.organization = member.organization  # read already
    if member.team_roles and (use_case := _use_case_of(found)):
        member.look_at(use_case.team_id)
    return found


def _use_case_of(found: object) -> UseCase | None:
    """Return the use case that an object belongs to; None if it belongs to none."""
    if isinstance(found, UseCase):
        return found
    about = found if hasattr(found, "use_case") else getattr(found, "audit", None)
    use_case: UseCase | None = getattr(about, "use_case", None)
    return use_case
