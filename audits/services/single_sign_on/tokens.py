"""Makes the tokens of provisioning, and takes them back."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.models import Organization, ProvisioningToken, User
from audits.services.record import events

MOST_TOKENS = 5
_BYTES = 32


@transaction.atomic
def make_token(*, organization: Organization, by: User) -> str:
    """Return a new token; Attune keeps only its digest.

    Raises:
        ValidationError: There are enough.
    """
    alive = ProvisioningToken.objects.filter(organization=organization, revoked_at=None)
    if alive.count() >= MOST_TOKENS:
        message = f"An organization has {MOST_TOKENS} tokens at most. Revoke one first"
        raise ValidationError(message)
    token = secrets.token_urlsafe(_BYTES)
    made = ProvisioningToken.objects.create(
        organization=organization, by=by, digest=ProvisioningToken.digest_of(token)
    )
    _record(made, by, "token.made")
    return token


@transaction.atomic
def revoke_token(*, token: ProvisioningToken, by: User) -> None:
    """Let a token open nothing from now on."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        _record(token, by, "token.revoked")


def note_use(token: ProvisioningToken) -> None:
    """Store the day on which a token was last used."""
    today = timezone.localdate()
    if token.used_on != today:
        ProvisioningToken.objects.filter(pk=token.pk).update(used_on=today)


def _record(token: ProvisioningToken, by: User, verb: str) -> None:
    events.record(
        organization=token.organization,
        actor=by,
        verb=verb,
        subject=str(token.public_id),
    )
