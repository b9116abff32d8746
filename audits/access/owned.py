"""What belongs to an organization is found by its members alone."""

from typing import Any, Protocol

from django.http import Http404

from audits.models import Membership


class _Owned(Protocol):
    """What belongs to an organization."""

    organization_id: Any
    organization: Any


def owned[Found: _Owned](member: Membership, found: Found | None, noun: str) -> Found:
    """Return what was found if it is the member's organization's."""
    if found is None or found.organization_id != member.organization_id:
        message = f"No such {noun}"
        raise Http404(message)
    found.organization = member.organization  # read already
    return found
