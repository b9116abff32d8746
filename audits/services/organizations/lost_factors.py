"""Removes the second factors of a member who lost them."""

from django.db import transaction

from audits.access.directory import decides_alone
from audits.models import Membership, Role
from audits.services.people.factors.factors import remove_all_factors


class NotTheirs(Exception):  # noqa: N818 - whose they are, not a fault
    """Why an administrator may not remove the second factors of somebody."""


@transaction.atomic
def remove_factors_of_member(*, member: Membership, by: Membership) -> None:
    """Remove all second factors of a member, and end their sessions.

    The member gets an email about each, and the record a line. They sign in with their
    password then. An account that opens more than this organization is for those who
    run the site.

    Args:
        member: The member.
        by: The administrator.

    Raises:
        NotTheirs: It is their own account, or not for them to change.
    """
    if not Membership.objects.filter(pk=by.pk, role=Role.ADMIN).exists():
        message = "You are no administrator any more."
        raise NotTheirs(message)
    if member.user_id == by.user_id:
        message = "Change your own second factors in “Sign-in and security”."
        raise NotTheirs(message)
    person = member.user
    is_operator = person.is_staff or person.is_superuser
    is_own = decides_alone(member.organization_id, person)
    if is_operator or member.ended_at or not is_own:
        message = f"Ask the people who run this site to do this for {person}."
        raise NotTheirs(message)
    remove_all_factors(user=person, by=by.user)
