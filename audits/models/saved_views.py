"""A member's saved views of the portfolio, and feeds of its dates."""

import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from audits.models.fields.public_ids import PublicId
from audits.models.fields.text import CleanCharField
from audits.models.organizations import Organization

LONGEST_QUERY = 600  # characters
# Ids in older views became longer since then.
_ROOM = LONGEST_QUERY + 100


class SavedView(PublicId):
    """A named filter and sort order of the portfolio, for one member only.

    `query` is the query of the portfolio's address.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="saved_views"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views"
    )
    name = CleanCharField(max_length=60)
    query = models.CharField(max_length=_ROOM, blank=True)

    objects: ClassVar[models.Manager["SavedView"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "user", "name"), name="one_view_of_a_name"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Feed(PublicId):
    """A calendar that a program may read for a member, by a secret in its address.

    Attune stores only a digest of the secret. Without a `view` it has every use case.
    `fetched_on` is the last day on which a program read it.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="feeds")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds"
    )
    view = models.ForeignKey(SavedView, models.CASCADE, null=True, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    fetched_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Feed"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"Calendar of {self.user_id}: {self.view or 'all use cases'}"

    @staticmethod
    def digest_of(secret: str) -> str:
        """Return the digest of a secret, which is stored in its place."""
        return hashlib.sha256(secret.encode()).hexdigest()
