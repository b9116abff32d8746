"""Invitations to an organization."""

import hashlib
from datetime import timedelta
from typing import ClassVar, Literal

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.fields.public_ids import PublicId
from audits.models.organizations import Organization, Role

LASTS = timedelta(days=7)

type InvitationState = Literal["open", "accepted", "withdrawn", "expired"]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads invitations."""

    def unanswered(self) -> "InvitationQuerySet":
        """Those that nobody accepted or withdrew; some have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(PublicId):
    """An invitation of one email address, which one person can accept, once.

    Attune stores only a `digest` of the secret in its link. The worker that sends the
    email makes the secret, so that no queue has it: until then the digest is empty, and
    no link opens the invitation. `by` is None for whom the operator invites.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    role = models.CharField(max_length=16, choices=Role)
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    mail_failed = models.BooleanField(default=False)

    objects: ClassVar[InvitationQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(InvitationQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "email"),
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_of_an_address",
            ),
            models.UniqueConstraint(
                fields=("digest",),
                condition=~models.Q(digest=""),
                name="one_invitation_of_a_secret",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} to {self.organization}"

    @property
    def state(self) -> InvitationState:
        """Whether it can be accepted, or what became of it."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        return "expired" if self.expires_at <= timezone.now() else "open"

    @staticmethod
    def digest_of(secret: str) -> str:
        """Return the digest of a secret, which is stored in its place."""
        return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
