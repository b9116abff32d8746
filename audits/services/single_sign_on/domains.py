"""Keeps the mail domains of organizations, and which of them are proved."""

import re

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from audits.models import MailDomain, Organization, User
from audits.services.record import events

MOST_DOMAINS = 20
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_MOST = 253


def readable_domain(typed: str) -> str:
    """Return a domain as it is compared: in lower case, in ASCII, with a dot in it.

    >>> readable_domain(" Firm.Example. "), readable_domain("@bücher.example")
    ('firm.example', 'xn--bcher-kva.example')

    Raises:
        ValidationError: It is no domain of mail addresses.
    """
    text = typed.strip().removeprefix("@").removesuffix(".").lower()
    try:
        domain = text.encode("idna").decode() if text else ""
    except UnicodeError:
        domain = ""
    labels = domain.split(".")
    fits = len(domain) <= _MOST and len(labels) > 1 and not labels[-1].isdecimal()
    if not fits or not all(map(_LABEL.fullmatch, labels)):
        message = "Enter a domain, such as firm.example"
        raise ValidationError(message)
    return domain


def owns_domain(organization: Organization, domain: str) -> bool:
    """Return whether an organization proved a domain."""
    own = MailDomain.objects.proved().filter(organization=organization)
    return own.filter(domain=domain).exists()


def has_domain(organization: Organization) -> bool:
    """Return whether an organization proved any domain: else nobody can sign in."""
    return MailDomain.objects.proved().filter(organization=organization).exists()


@transaction.atomic
def add_domain(*, organization: Organization, by: User, domain: str) -> MailDomain:
    """Keep a domain that an organization says it owns; it counts once it is proved.

    Raises:
        ValidationError: It is no domain, or there are enough.
    """
    domain = readable_domain(domain)
    own = MailDomain.objects.filter(organization=organization)
    if found := own.filter(domain=domain).first():
        return found
    if own.count() >= MOST_DOMAINS:
        message = f"An organization has {MOST_DOMAINS} domains at most"
        raise ValidationError(message)
    made = MailDomain.objects.create(organization=organization, domain=domain)
    _record(made, by, "domain.added")
    return made


@transaction.atomic
def prove_domain(*, organization: Organization, domain: str) -> MailDomain:
    """Store that an operator saw that an organization owns a domain.

    Raises:
        ValidationError: Another organization has proved it.
    """
    domain = readable_domain(domain)
    made, _ = MailDomain.objects.get_or_create(organization=organization, domain=domain)
    if made.proved_at:
        return made
    made.proved_at = timezone.now()
    try:
        with transaction.atomic():
            made.save(update_fields=["proved_at"])
    except IntegrityError as error:
        message = f"Another organization has proved {domain}"
        raise ValidationError(message) from error
    _record(made, None, "domain.proved")
    return made


@transaction.atomic
def remove_domain(*, domain: MailDomain, by: User | None) -> None:
    """Remove a domain: nobody with an address of it signs in by the provider now."""
    _record(domain, by, "domain.removed")
    domain.delete()


def _record(domain: MailDomain, by: User | None, verb: str) -> None:
    events.record(
        organization=domain.organization,
        actor=by,
        verb=verb,
        subject=str(domain.public_id),
        domain=domain.domain,
    )
