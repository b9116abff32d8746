"""Emails people who are invited."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import scope

from audits.models import Invitation, Organization, User
from audits.services.organizations.invitation_secrets import make_secret
from audits.services.people.mails import one_line

logger = logging.getLogger(__name__)
_AT_ONCE = 100  # as a link for a new password: somebody waits for it


@task(priority=_AT_ONCE)
def mail_invitation(organization_id: str, invitation_id: int) -> None:
    """Email the link of an invitation, unless it ended; the list says if that fails.

    The secret is made here, so that no queue has it.
    """
    with scope(organization=organization_id):
        rows = Invitation.objects.select_related("organization", "by")
        invitation = rows.get(pk=invitation_id)
        secret = make_secret(invitation=invitation)
        if secret is None:
            return
        try:
            _mail(invitation, link_of(secret)).send()
        except OSError:  # these include smtplib's exceptions
            logger.exception("The mail of invitation %s was not sent", invitation.pk)
            Invitation.objects.filter(pk=invitation.pk).update(mail_failed=True)


def link_of(secret: str) -> str:
    """Return the address at which an invitation is accepted."""
    return f"{settings.SITE_URL}{reverse('accept_invitation', args=[secret])}"


def preview(organization: Organization, by: User) -> tuple[str, str]:
    """Return the subject and the text of an invitation, with what each will have."""
    mail = _words(
        *(one_line(str(by)), one_line(str(organization))),
        role="(the role)",
        link="(a link for this address alone)",
        until="(7 days later)",
    )
    return str(mail.subject), str(mail.body)


def _mail(invitation: Invitation, link: str) -> EmailMessage:
    until = timezone.localtime(invitation.expires_at)
    mail = _words(
        *(one_line(str(invitation.by)), one_line(str(invitation.organization))),
        role=invitation.get_role_display().lower(),
        link=link,
        until=date_format(until, "j F Y, H:i T"),
    )
    mail.to = [invitation.email]
    mail.reply_to = [invitation.by.email] if invitation.by else []
    return mail


def _words(who: str, where: str, *, role: str, link: str, until: str) -> EmailMessage:
    lines = [
        f"{who} invites you to work in Attune with {where}, as",
        f"{role}.",
        "",
        "In Attune, teams find out whether training a model is the right answer for an",
        "AI use case. Accept the invitation here:",
        link,
        "",
        f"The link works once, until {until}. If you do",
        "not know who invites you, ignore this email.",
        "",
    ]
    return EmailMessage(
        subject=f"{who} invites you to {where} in Attune", body="\n".join(lines)
    )
