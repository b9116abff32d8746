"""Prints one link with which the first administrator of an organization signs in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import scope

from audits.models import Organization, Role
from audits.services.organizations.invitation_mails import link_of
from audits.services.organizations.invitation_secrets import make_secret
from audits.services.organizations.invitations import invite
from audits.services.organizations.settings import new_organization


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="The email address of the administrator.")
        parser.add_argument(
            "organization",
            help="The name of the organization, or the slug of one. It is made if "
            "there is none.",
        )

    def handle(self, *_: Any, address: str, organization: str, **__: Any) -> None:
        try:
            validate_email(address)
            with transaction.atomic():
                link, until = _invited(address, organization)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(
            f"Send this link to {address}. It works once, until {until}, and makes them"
            f" an administrator of {organization}:"
        )
        self.stdout.write(link)


def _invited(address: str, name: str) -> tuple[str, str]:
    """Invite an address, and return the link with the end of its time."""
    organization = _organization(name) or new_organization(name=name, by=None)
    with scope(organization=organization):
        invitation = invite(
            organization=organization, by=None, email=address, role=Role.ADMIN
        )
        secret = make_secret(invitation=invitation)
    until = timezone.localtime(invitation.expires_at)
    return link_of(secret or ""), date_format(until, "j F Y, H:i T")


def _organization(name: str) -> Organization | None:
    """Return the organization of a slug or of a name that only one has."""
    if found := Organization.objects.filter(slug=name).first():
        return found
    same = list(Organization.objects.filter(name=name)[:2])
    if len(same) > 1:
        message = f"Several organizations are called {name}. Give the slug of one"
        raise ValidationError(message)
    return same[0] if same else None
