"""Emails a person what changed in how they sign in; nobody can switch these off."""

import logging
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from audits.models import User
from audits.services.people.factors.moments import in_words

logger = logging.getLogger(__name__)

# What happened, by what the code calls it.
SAID: Mapping[str, str] = {
    "app added": "An authenticator app was added to your Attune account",
    "app removed": "The authenticator app was removed from your Attune account",
    "passkey added": "A passkey was added to your Attune account",
    "passkey removed": "A passkey was removed from your Attune account",
    "codes made": "New recovery codes were made for your Attune account",
    "code used": "A recovery code was used for your Attune account",
    "password changed": "The password of your Attune account was changed",
    "one more organization": "Your Attune account belongs to one more organization",
    "address changed": "The email address of your Attune account was changed",
    "wrong codes": "Someone knows the password of your Attune account",
}
_MORE: Mapping[str, str] = {
    "code used": "It opens nothing any more. Make new codes before the last one is "
    "used.",
    "codes made": "The codes that you had before open nothing any more.",
    "password changed": "Every other device was signed out.",
    "one more organization": "Your first one could set how you sign in, so you were "
    "signed out, and what was set since then opens nothing any more. "
    "Set a password below, and add your second factor again.",
    "address changed": "The directory of your organization did so, and you were signed "
    "out. From now on you sign in with the new address, which gets all mails.",
    "wrong codes": "They entered it, and then several wrong codes, so they did not get "
    "in. Further codes have to wait longer.",
}


def tell_soon(*, user: User, what: str, to: str = "") -> None:
    """Let a worker email a person once the change is stored.

    Args:
        user: The person.
        what: What was changed, one of `SAID`.
        to: An address that is theirs no more; empty for the one that they have.
    """
    at = timezone.now().isoformat()
    transaction.on_commit(partial(tell.enqueue, user.pk, what, at, to))


@task(priority=100)
def tell(user_id: int, what: str, at: str, to: str = "") -> None:
    """Email a person what was changed, and when."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    try:
        _mail(to or user.email, what, datetime.fromisoformat(at)).send()
    except OSError:  # these include smtplib's exceptions
        logger.exception("The mail about the sign-in of %s was not sent", user.pk)


def _mail(to: str, what: str, at: datetime) -> EmailMessage:
    site = settings.SITE_URL
    lines = [
        f"{SAID[what]}, on {in_words(at)}.",
        *([_MORE[what]] if what in _MORE else []),
        "",
        "If it was you, there is nothing to do.",
        "",
        "If it was not you, set a new password now:",
        f"{site}{reverse('account_reset_password')}",
        "Then look at your second factors, and sign out everywhere:",
        f"{site}{reverse('sign_in_security')}",
        "",
    ]
    if what == "address changed":  # the links are of no use to who reads this
        ask = "If you did not expect that, ask an administrator of your organization."
        lines[2:] = ["", ask, ""]
    return EmailMessage(subject=SAID[what], body="\n".join(lines), to=[to])
