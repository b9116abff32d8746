"""Emails people when somebody tries to sign in as them."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from audits.models import User
from audits.services.people.rate_limits import take_turn

logger = logging.getLogger(__name__)
_EVERY = timedelta(hours=6)


def warn_of_failures(*, user: User) -> bool:
    """Email a person whose password was entered wrongly several times.

    Returns:
        Whether an email was sent; False if one was sent in the last hours.
    """
    who = str(user.pk)
    if take_turn(what="warning of failures", who=who, most=1, every=_EVERY):
        return False
    try:
        _mail(user).send()
    except OSError:  # these include smtplib's exceptions
        logger.exception("The mail about failed sign-ins of %s was not sent", user.pk)
        return False
    return True


def _mail(user: User) -> EmailMessage:
    lines = [
        "Someone has entered a wrong password for your Attune account several times.",
        "None of these attempts succeeded, and further ones now have to wait longer.",
        "",
        "If it was you, wait a moment and try again, or set a new password here:",
        f"{settings.SITE_URL}{reverse('account_reset_password')}",
        "",
        "If it was not you, nobody has got in, and you can sign in as usual on the",
        "devices that you have used before. If another device asks you to wait, set a",
        "new password on it with the link above; you can then sign in there at once.",
        "If you use the same password elsewhere, set a new one anyway.",
        "",
        "You get this email at most once in six hours.",
        "",
    ]
    return EmailMessage(
        subject="Someone tried to sign in to your Attune account",
        body="\n".join(lines),
        to=[user.email],
    )
