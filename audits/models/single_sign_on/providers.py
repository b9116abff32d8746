"""The identity provider of an organization, and the mail domains that it owns."""

import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.fields.public_ids import PublicId
from audits.models.organizations import Organization, Role

_PROOF_BYTES = 16


def new_proof() -> str:
    """Return a text that only who manages a domain can publish."""
    return secrets.token_hex(_PROOF_BYTES)


class SignOnProvider(models.Model):
    """The identity provider of an organization: one, over OpenID Connect or SAML.

    `secret` is encrypted. `groups_claim` names what tells the groups of a person.
    `default_role` is that of people in no group with a role; empty: they are not let
    in. If it `is_from_environment`, the operator's settings have its secret.
    """

    class Kind(models.TextChoices):
        """How it tells who somebody is."""

        OPENID = "openid", "OpenID Connect"
        SAML = "saml", "SAML 2.0"

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="sign_on_provider"
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OPENID)
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=300, blank=True)
    secret = models.TextField(blank=True)
    metadata = models.TextField(blank=True)
    groups_claim = models.CharField(max_length=100, default="groups")
    default_role = models.CharField(max_length=16, choices=Role, blank=True)
    is_from_environment = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["SignOnProvider"]] = ScopedManager(
        organization="organization"
    )

    def __str__(self) -> str:
        return self.issuer

    @property
    def is_saml(self) -> bool:
        """Whether it speaks SAML."""
        return self.kind == self.Kind.SAML


class MailDomainQuerySet(models.QuerySet["MailDomain"]):
    """Reads mail domains."""

    def proved(self) -> Self:
        """Those that their organization owns, as was proved."""
        return self.exclude(proved_at=None)


class MailDomain(PublicId):
    """A domain of mail addresses that an organization says it owns.

    It counts from `proved_at` on, and one organization alone can have proved it.
    `proof` is what a TXT record of the domain shows.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="mail_domains"
    )
    domain = models.CharField(max_length=253)
    proof = models.CharField(max_length=64, default=new_proof, editable=False)
    proved_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[MailDomainQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(MailDomainQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("domain",)
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "domain"), name="one_mail_domain_each"
            ),
            models.UniqueConstraint(
                fields=("domain",),
                condition=models.Q(proved_at__isnull=False),
                name="one_owner_of_a_mail_domain",
            ),
        )

    def __str__(self) -> str:
        return self.domain

    @property
    def record(self) -> str:
        """The TXT record that proves it."""
        return f"attune-domain={self.proof}"


class ProviderAccount(models.Model):
    """A person as an organization's provider knows them.

    `subject` is what it calls them when they sign in, and `external_id` when it
    provisions them; each is empty until then. It says whether they are active, and
    whether they were removed. `is_ended` if it was the provider who ended a membership.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="provider_accounts"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="provider_accounts"
    )
    subject = models.CharField(max_length=255, blank=True)
    external_id = models.CharField(max_length=255, blank=True)
    is_active = models.BooleanField(default=True)
    is_removed = models.BooleanField(default=False)
    is_ended = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager["ProviderAccount"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "user"), name="one_provider_account_each"
            ),
            models.UniqueConstraint(
                fields=("organization", "subject"),
                condition=~models.Q(subject=""),
                name="one_person_of_a_subject",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} at {self.organization}"
