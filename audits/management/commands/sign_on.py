"""Shows and changes how the people of an organization sign in, for an operator.

Without an option: the provider, and the domains with the TXT record of each.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django_scopes import scope

from audits.identity.outside import NotAsked, Outside
from audits.models import MailDomain, Organization
from audits.services.single_sign_on.domains import (
    prove_domain,
    readable_domain,
    remove_domain,
)
from audits.services.single_sign_on.providers import (
    provider_of,
    require_single_sign_on,
    save_provider,
)

_COLUMNS = {"issuer": "", "client_id": "", "groups_claim": "groups", "default_role": ""}


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organization", help="The slug of the organization.")
        one = parser.add_mutually_exclusive_group()
        one.add_argument(
            "--prove", metavar="DOMAIN", help="You saw that it owns this domain."
        )
        one.add_argument(
            "--check",
            metavar="DOMAIN",
            help="Prove it by its TXT record. This asks your name server.",
        )
        one.add_argument("--forget", metavar="DOMAIN", help="It does not own it now.")
        one.add_argument(
            "--from-environment",
            action="store_true",
            help="Take the provider and the domains of SIGN_ON_PROVIDERS.",
        )
        one.add_argument(
            "--allow-passwords",
            action="store_true",
            help="Require single sign-on no longer.",
        )
        parser.add_argument(
            "--name-server", metavar="ADDRESS:PORT", help="For --check; else the usual."
        )

    def handle(self, *_: Any, organization: str, **given: Any) -> None:
        found = Organization.objects.filter(slug=organization).first()
        if found is None:
            message = f"No organization has the slug {organization}"
            raise CommandError(message)
        try:
            with scope(organization=found), transaction.atomic():
                self._change(found, given)
                self._tell(found)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused

    def _change(self, organization: Organization, given: dict[str, Any]) -> None:
        if domain := given["prove"]:
            prove_domain(organization=organization, domain=domain)
        elif domain := given["check"]:
            _check(organization, domain, given["name_server"])
        elif domain := given["forget"]:
            remove_domain(domain=_domain(organization, domain), by=None)
        elif given["from_environment"]:
            _from_environment(organization)
        elif given["allow_passwords"]:
            require_single_sign_on(
                organization=organization,
                by=None,
                required=False,
                has_factor=organization.sign_on_has_factor,
            )

    def _tell(self, organization: Organization) -> None:
        provider = provider_of(organization)
        self.stdout.write(f"Provider: {provider or 'none'}")
        for domain in MailDomain.objects.filter(organization=organization):
            state = f"proved on {domain.proved_at:%Y-%m-%d}" if domain.proved_at else ""
            self.stdout.write(f"{domain}: {state or f'TXT {domain.record}'}")


def _domain(organization: Organization, typed: str) -> MailDomain:
    own = MailDomain.objects.filter(organization=organization)
    found = own.filter(domain=readable_domain(typed)).first()
    if found is None:
        message = f"{organization} has not added {typed}"
        raise ValidationError(message)
    return found


def _check(organization: Organization, typed: str, server: str | None) -> None:
    """Prove a domain if its TXT record is there."""
    from audits.management.txt_records import txt_records  # noqa: PLC0415 - loads a lot

    domain = _domain(organization, typed)
    if domain.record not in txt_records(domain.domain, server):
        message = f"{domain} has no TXT record {domain.record}"
        raise ValidationError(message)
    prove_domain(organization=organization, domain=domain.domain)


def _from_environment(organization: Organization) -> None:
    """Store what the settings say; the secret stays where it is."""
    given = settings.SIGN_ON_PROVIDERS.get(organization.slug)
    if not isinstance(given, dict) or not given.get("issuer"):
        message = f"SIGN_ON_PROVIDERS has no issuer for {organization.slug}"
        raise ValidationError(message)
    changed = {name: given.get(name, usual) for name, usual in _COLUMNS.items()}
    try:
        Outside(settings.SIGN_ON_ORIGINS).checked(changed["issuer"])
    except NotAsked as refused:
        raise ValidationError(str(refused)) from refused
    save_provider(organization=organization, by=None, changed=changed)
    for domain in given.get("domains", ()):
        prove_domain(organization=organization, domain=domain)
