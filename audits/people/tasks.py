"""Sends emails in the background, so that they delay no answer."""

from django.tasks import task

from audits.models import User
from audits.services.people.sign_in_warnings import warn_of_failures


@task(priority=100)
def warn_owner(user_id: int | None) -> None:
    """Warn the owner of an account; unknown accounts queue the same task."""
    if user_id is None:
        return
    if user := User.objects.filter(pk=user_id, is_active=True).first():
        warn_of_failures(user=user)
