"""Queues and sends the digests of inboxes."""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from socket import gaierror

from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django_scopes import scope

from audits.access.members import membership_of
from audits.discussion.digests import digest_of
from audits.models import User
from audits.models.people import DIGESTS
from audits.services.people.mails import AFTER_PAPERS, with_ending
from audits.services.people.people import (
    due_for_digest,
    move_mailed_until,
    take_digest_day,
)

logger = logging.getLogger(__name__)
# What happens is stored a moment later: what is newer waits for the next digest.
_SETTLED = timedelta(minutes=1)
# With these, no mail server has taken the email.
_REFUSALS = (
    *(ConnectionRefusedError, gaierror),
    *(SMTPRecipientsRefused, SMTPResponseException),
)


def queue_digests() -> int:
    """Queue a digest for everybody for whom one is due; return how many."""
    return sum(_queue(user) for user in due_for_digest(timezone.now()))


@transaction.atomic
def _queue(user: User) -> bool:
    if not take_digest_day(user=user, now=timezone.now()):
        return False
    mail_digest.enqueue(user.pk)
    return True


@task(priority=AFTER_PAPERS)
def mail_digest(user_id: int) -> None:
    """Email a person what is new in their inbox; nothing is in two digests.

    What was surely not sent comes with the next digest. If that is not known, as when
    a worker is killed meanwhile, it is only in the inbox.
    """
    people = User.objects.filter(pk=user_id, is_active=True, mails__in=DIGESTS)
    user = people.first()
    member = membership_of(user) if user else None
    if user is None or member is None or not member.sees_all:
        return
    before, until = user.mailed_until, timezone.now() - _SETTLED
    with scope(organization=member.organization):
        mail = digest_of(member, before, until)
    if mail is None or not move_mailed_until(user=user, before=before, until=until):
        return
    try:
        with_ending(mail).send()
    except OSError as error:  # these include smtplib's exceptions
        logger.exception("The digest of %s was not sent", user.pk)
        if isinstance(error, _REFUSALS):
            move_mailed_until(user=user, before=until, until=before)
