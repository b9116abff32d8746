"""Adds the use cases of the sample company to an organization, as drafts."""

from django.db import transaction
from django_scopes import scope

from audits.models import Membership
from audits.services.demo.sample import answered_draft, sample_company


@transaction.atomic
def add_sample_drafts(*, member: Membership) -> int:
    """Add the sample company's use cases to who founded an organization.

    They are drafts of the founder, so that each can be changed, submitted or deleted.
    No person of the sample comes with them, and nothing is signed.

    Args:
        member: Who owns them, and has answered.

    Returns:
        How many there are.
    """
    given = sample_company()["use_cases"]
    with scope(organization=member.organization):
        for each in given:
            answered_draft(member=member, given=each)
    return len(given)
