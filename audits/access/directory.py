"""Providers, and the domains and groups of organizations that have one."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django_scopes import scopes_disabled

from audits.access.members import require_administrator
from audits.access.owned import owned
from audits.identity.asserted import domain_of
from audits.models import (
    DirectoryGroup,
    MailDomain,
    Membership,
    Organization,
    ProviderAccount,
    ProvisioningToken,
    SignOnProvider,
    User,
)

_NONE = UUID(int=0)


def provider_of_organization(organization_id: UUID) -> SignOnProvider:
    """Return the provider of an organization, or raise 404.

    Nobody need be signed in, so no scope is open. That of a closed organization lets in
    its administrators, who can open it again.
    """
    with scopes_disabled():
        rows = SignOnProvider.objects.select_related("organization")
        found: SignOnProvider | None = rows.filter(organization=organization_id).first()
    if found is None:
        message = "No such provider"
        raise Http404(message)
    return found


def token_that_opens(token: str, organization_id: UUID) -> ProvisioningToken | None:
    """Return a token for the directory of an organization; None if it opens nothing.

    A program sends it, so nobody is signed in and no scope is open.
    """
    with scopes_disabled():
        rows = ProvisioningToken.objects.select_related("organization", "by")
        found: ProvisioningToken | None = rows.filter(
            digest=ProvisioningToken.digest_of(token),
            organization=organization_id,
            organization__closed_at=None,
            revoked_at=None,
        ).first()
    return found


def token_for_managing(member: Membership, token_id: UUID | None) -> ProvisioningToken:
    """Return a token of an administrator's organization, or raise 404, or 403."""
    rows = ProvisioningToken.objects.select_related("organization")
    found = owned(member, rows.filter(public_id=token_id or _NONE).first(), "token")
    require_administrator(member)
    return found


def provider_for(email: str) -> SignOnProvider | None:
    """Return the provider of the organization that proved an address's domain."""
    with scopes_disabled():
        proved = MailDomain.objects.proved().filter(domain=domain_of(email))
        rows = SignOnProvider.objects.select_related("organization")
        found: SignOnProvider | None = rows.filter(
            organization__in=proved.values("organization"),
        ).first()
    return found


def domain_for_managing(member: Membership, domain_id: UUID | None) -> MailDomain:
    """Return a domain of an administrator's organization, or raise 404, or 403."""
    rows = MailDomain.objects.select_related("organization")
    found = owned(member, rows.filter(public_id=domain_id or _NONE).first(), "domain")
    require_administrator(member)
    return found


def group_for_managing(member: Membership, group_id: UUID | None) -> DirectoryGroup:
    """Return a group of an administrator's organization, or raise 404, or 403."""
    rows = DirectoryGroup.objects.select_related("organization")
    found = owned(member, rows.filter(public_id=group_id or _NONE).first(), "group")
    require_administrator(member)
    return found


def decides_alone(organization_id: UUID, person: User) -> bool:
    """Return whether one organization alone decides about a person's account.

    The provider, the directory and the administrators of an organization are strangers
    to the others of the same person. What opens those, too – the name, the address, a
    second factor, a proof of who it is – is then not theirs to change or to give. A
    membership that ended counts: the other organization can take that back, and a
    closed one can be opened again.
    """
    with scopes_disabled():
        ever = Membership.ever.filter(user=person)
        return not ever.exclude(organization=organization_id).exists()


def works_elsewhere(organization: Organization) -> list[int]:
    """Return who left an organization, or never joined, and belongs to another one."""
    with scopes_disabled():
        here = Membership.objects.filter(organization=organization).values("user")
        ever = Membership.ever.filter(organization=organization).values("user")
        known = ProviderAccount.objects.filter(organization=organization).values("user")
        rows = Membership.objects.exclude(user__in=here)
        rows = rows.filter(Q(user__in=ever) | Q(user__in=known))
        return list(rows.values_list("user", flat=True))
