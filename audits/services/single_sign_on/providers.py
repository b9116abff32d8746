"""Stores the identity provider of an organization."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from audits.models import (
    Organization,
    ProviderAccount,
    SignOnProvider,
    User,
)
from audits.services.people.sealed import Unreadable, seal, unseal
from audits.services.record import events

_MOST_OF_AN_ISSUER = 300
_PURPOSE = "audits.sign_on_secrets"
# Who somebody is there means nothing at another provider.
_IDENTITY = ("kind", "issuer", "client_id")


class NoSecret(Exception):  # noqa: N818 - what is missing, not a fault
    """The secret of the provider is not set, or was sealed with another SECRET_KEY."""


class FromEnvironment(Exception):  # noqa: N818 - what it is, not a fault
    """The operator's settings have this provider, so no page changes it."""


class StillRequired(Exception):  # noqa: N818 - what it is, not a fault
    """Members have to sign in with this provider, so it cannot go."""


def provider_of(organization: Organization) -> SignOnProvider | None:
    """Return the provider of an organization, or None."""
    found = SignOnProvider.objects.filter(organization=organization).first()
    if found:
        found.organization = organization
    return found


def secret_of(provider: SignOnProvider) -> str:
    """Return the secret that a provider knows Attune by.

    Raises:
        NoSecret: There is none that can be read.
    """
    if provider.is_from_environment:
        given = settings.SIGN_ON_PROVIDERS.get(provider.organization.slug, {})
        found = str(given.get("client_secret", ""))
    else:
        try:
            found = unseal(provider.secret, _PURPOSE) if provider.secret else ""
        except Unreadable as error:
            raise NoSecret from error
    if not found:
        raise NoSecret
    return found


@transaction.atomic
def save_provider(
    *,
    organization: Organization,
    by: User | None,
    changed: Mapping[str, Any],
    secret: str = "",
) -> SignOnProvider:
    """Store the provider of an organization.

    With another issuer or client, nobody is known by what the one before called them.

    Args:
        organization: Whose.
        by: The administrator; None for the operator, whose settings have the secret.
        changed: The columns by name.
        secret: The secret; empty to keep the one that is stored, if its issuer stays.

    Raises:
        FromEnvironment: The operator's settings have it.
    """
    _lock(organization)
    row = provider_of(organization)
    if row and row.is_from_environment and by is not None:
        raise FromEnvironment
    found = row or SignOnProvider(organization=organization)
    before = {name: getattr(found, name) for name in changed}
    for name, value in changed.items():
        setattr(found, name, value)
    said = sorted(name for name in changed if before[name] != changed[name])
    if row and {*said} & {*_IDENTITY}:
        _forget_subjects(organization)
        found.secret = ""  # never sent to a server that it was not entered for
    if secret:
        found.secret = seal(secret, _PURPOSE)
        said.append("secret")
    found.is_from_environment = by is None
    found.save()
    _record(found, by, "provider.changed" if row else "provider.added", said)
    return found


@transaction.atomic
def refuse_provider(
    *, organization: Organization, by: User, issuer: str, why: str
) -> None:
    """Record that a provider could not be saved, and why.

    Args:
        organization: Whose.
        by: The administrator.
        issuer: What was entered as its address; empty for metadata of SAML.
        why: The sentence that the page says.
    """
    entered = "".join(filter(str.isprintable, issuer))
    events.record(
        organization=organization,
        actor=by,
        verb="provider.refused",
        subject=str(organization.pk),
        kind=SignOnProvider.Kind.OPENID if issuer else SignOnProvider.Kind.SAML,
        reason=why,
        **({"issuer": entered[:_MOST_OF_AN_ISSUER]} if entered else {}),
    )


@transaction.atomic
def remove_provider(*, organization: Organization, by: User | None) -> None:
    """Remove the provider; people of it sign in with a password from now on.

    Raises:
        FromEnvironment: The operator's settings have it.
        StillRequired: Members have to sign in with it.
    """
    locked = _lock(organization)
    found = provider_of(organization)
    if found is None:
        return
    if found.is_from_environment and by is not None:
        raise FromEnvironment
    if locked.requires_single_sign_on:
        raise StillRequired
    found.delete()
    _forget_subjects(organization)
    _record(found, by, "provider.removed", [])


def _forget_subjects(organization: Organization) -> None:
    ProviderAccount.objects.filter(organization=organization).update(subject="")


@transaction.atomic
def require_single_sign_on(
    *, organization: Organization, by: User | None, required: bool, has_factor: bool
) -> None:
    """Store whether members need single sign-on, and whether it is two factors."""
    row = _lock(organization)
    told = [
        ("requires_single_sign_on", required, "sign_on"),
        ("sign_on_has_factor", has_factor, "sign_on_as_factor"),
    ]
    for column, value, noun in told:
        if getattr(row, column) != value:
            setattr(row, column, value)
            row.save(update_fields=[column])
            verb = "required" if value else "not_required"
            events.record(
                organization=row,
                actor=by,
                verb=f"organization.{noun}_{verb}",
                subject=str(row.pk),
            )


def _lock(organization: Organization) -> Organization:
    found = Organization.objects.select_for_update(no_key=True)
    row: Organization = found.get(pk=organization.pk)
    return row


def _record(
    found: SignOnProvider, by: User | None, verb: str, fields: list[str]
) -> None:
    """Record which provider it is: once it is removed, nothing else says so."""
    role = {"role": found.default_role} if "default_role" in fields else {}
    events.record(
        organization=found.organization,
        actor=by,
        verb=verb,
        subject=str(found.organization_id),
        kind=found.kind,
        issuer=found.issuer,
        **role,
        **({"fields": fields} if fields else {}),
    )
