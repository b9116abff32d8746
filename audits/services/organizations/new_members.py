"""The one place where somebody becomes a member of one more organization."""

from django.db import transaction

from audits.models import Membership
from audits.services.people.factors.vouched import drop_vouched


@transaction.atomic
def store_new(member: Membership) -> Membership:
    """Store the first membership of a person in an organization.

    What others could set in their account opens no organization that they enter.
    """
    drop_vouched(user=member.user)
    member.save(force_insert=True)
    return member
