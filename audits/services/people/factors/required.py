"""Lets an organization require a second factor of its members."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef

from audits.models import Membership, Organization, User
from audits.services.people.factors.factors import FACTORS
from audits.services.record import events


@transaction.atomic
def require_second_factor(
    *, organization: Organization, by: User, required: bool
) -> None:
    """Store and record whether members need a second factor, from now on."""
    found = Organization.objects.select_for_update(no_key=True)
    row = found.get(pk=organization.pk)
    if row.requires_second_factor == required:
        return
    row.requires_second_factor = required
    row.save(update_fields=["requires_second_factor"])
    verb = "required" if required else "not_required"
    events.record(
        organization=row,
        actor=by,
        verb=f"organization.factor_{verb}",
        subject=str(row.pk),
    )


def members_without_factor(organization: Organization) -> int:
    """Return how many members an organization has that need to set one up."""
    own = Authenticator.objects.filter(user=OuterRef("user"), type__in=FACTORS)
    members = Membership.objects.filter(organization=organization, user__is_active=True)
    return members.exclude(Exists(own)).count()
