"""Sends emails in the background, so that they delay no answer."""

from django.tasks import task

from audits.models import User
from audits.people.reset_mails import send_reset_link
from audits.services.people.sign_in_warnings import warn_of_failures


@task(priority=100)
def warn_owner(user_id: int | None) -> None:
    """Warn the owner of an account; unknown accounts queue the same task."""
    if user_id is None:
        return
    if user := User.objects.filter(pk=user_id, is_active=True).first():
        warn_of_failures(user=user)


@task(priority=100)
def send_link_to_reset(user_id: int | None) -> None:
    """Send a link to set a new password; unknown addresses queue the same task."""
    if user_id is None:
        return
    if user := User.objects.filter(pk=user_id, is_active=True).first():
        send_reset_link(user=user)
