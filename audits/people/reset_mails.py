"""The email with the link to set a new password."""

import logging

from allauth.account.forms import UserTokenForm
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from audits.models import User

logger = logging.getLogger(__name__)
_DAY = 24 * 60 * 60


def send_reset_link(*, user: User) -> None:
    """Email a person the link to set a new password."""
    try:
        _mail(user).send()
    except OSError:  # these include smtplib's exceptions
        logger.exception("The mail to reset the password of %s was not sent", user.pk)


def _mail(user: User) -> EmailMessage:
    key = UserTokenForm.token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key", args=[user_pk_to_url_str(user), key]
    )
    days = settings.PASSWORD_RESET_TIMEOUT // _DAY
    lines = [
        "Someone has asked for a link to set a new password for your Attune account.",
        "Set it here:",
        f"{settings.SITE_URL}{path}",
        "",
        f"The link works once, within {days} days. If you did not ask for it, ignore",
        "this email: your password stays as it is.",
        "",
    ]
    return EmailMessage(
        subject="Set a new password for Attune", body="\n".join(lines), to=[user.email]
    )
