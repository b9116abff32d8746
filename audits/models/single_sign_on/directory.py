"""What a provider says of an organization's groups, and the tokens it says it with."""

import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.fields.public_ids import PublicId
from audits.models.fields.text import CleanCharField
from audits.models.organizations import Organization, Role


class DirectoryGroup(PublicId):
    """A group of the provider, and the role of who is in it; empty: none.

    It `is_provisioned` if the provider filled it. Else it is a name that an
    administrator gave a role.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="directory_groups"
    )
    name = CleanCharField(max_length=200)
    external_id = models.CharField(max_length=255, blank=True)
    role = models.CharField(max_length=16, choices=Role, blank=True)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="directory_groups"
    )
    is_provisioned = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager["DirectoryGroup"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "name"), name="one_directory_group_of_a_name"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ProvisioningToken(PublicId):
    """A token that lets a provider add and remove people; only a digest is kept.

    `used_on` is the last day on which it was used.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="provisioning_tokens"
    )
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["ProvisioningToken"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.organization}, {self.at:%Y-%m-%d}"

    @staticmethod
    def digest_of(token: str) -> str:
        """Return the digest of a token, which is stored in its place."""
        return hashlib.sha256(token.encode(errors="replace")).hexdigest()
