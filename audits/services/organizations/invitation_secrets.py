"""Makes the secrets in the links of invitations; only their digests are stored."""

import secrets

from django.db import transaction

from audits.models import Invitation

_BYTES = 32


@transaction.atomic
def make_secret(*, invitation: Invitation) -> str | None:
    """Return a new secret for the link of an open invitation, and keep its digest.

    None if it is not open any more. An earlier link of it opens nothing from now on.
    """
    invitation = locked(invitation)
    if invitation.state != "open":
        return None
    secret = secrets.token_urlsafe(_BYTES)
    invitation.digest = Invitation.digest_of(secret)
    invitation.save(update_fields=["digest"])
    return secret


def locked(invitation: Invitation) -> Invitation:
    """Return an invitation as it is now, under a lock."""
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",))
    found: Invitation = rows.select_related("organization", "by").get(pk=invitation.pk)
    return found
