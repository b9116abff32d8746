"""Only members of an organization can find what belongs to it."""

from typing import Any, Protocol

from django.http import Http404

from audits.models import Membership


class _Owned(Protocol):
    """What belongs to an organization."""

    organization_id: Any
    organization: Any


def owned[Found: _Owned](member: Membership, found: Found | None, noun: str) -> Found:
    """Return the object found if it belongs to the member's organization."""
    if found is None or found.organization_id != member.organization_id:
        message = f"No such {noun}"
        raise Http404(message)
    found.organization = member.organization  # read already
    return found
