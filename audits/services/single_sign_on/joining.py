"""Finds who came from a provider, and makes a member of who may be one."""

from typing import Literal

from django.db import IntegrityError, transaction

from audits.access.members import membership_of
from audits.identity.asserted import Asserted, domain_of
from audits.models import (
    Membership,
    Organization,
    ProviderAccount,
    Role,
    SignOnProvider,
    User,
)
from audits.services.organizations.members import LastAdministrator
from audits.services.people.choosing import choose_organization
from audits.services.record import events
from audits.services.single_sign_on.domains import owns_domain
from audits.services.single_sign_on.groups import groups_of, role_by_groups
from audits.services.single_sign_on.memberships import add_member, give_role

type WhyNot = Literal[
    "domain", "closed", "operator", "elsewhere", "ended", "another", "no role"
]


class NotLetIn(Exception):  # noqa: N818 - the state they are in, not a fault
    """Who came from a provider is not let in; `why` says it."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why)
        self.why = why


def let_in(*, provider: SignOnProvider, who: Asserted) -> User:
    """Return the person who came from a provider; make them a member if they are new.

    Call it in the scope of the provider's organization. An address counts only in a
    domain that the organization has proved: no other provider speaks for it.

    Args:
        provider: The provider.
        who: What it asserts, with its proofs checked.

    Raises:
        NotLetIn: They may not come in.
    """
    try:
        return _let_in(provider, who)
    except (IntegrityError, LastAdministrator):
        # The same person came in twice at once, for the first time; or as a colleague
        # was demoted.
        return _let_in(provider, who)


@transaction.atomic
def _let_in(provider: SignOnProvider, who: Asserted) -> User:
    organization = provider.organization
    _require_domain(organization, who.email)
    person = _known(organization, who)
    if person is None:
        return _new(provider, who)
    _require_domain(organization, person.email)
    if person.is_staff or person.is_superuser:
        raise NotLetIn("operator")
    if not person.is_active:
        raise NotLetIn("closed")
    account = ProviderAccount.objects.filter(organization=organization, user=person)
    if account.exclude(is_active=True, is_removed=False).exists():
        raise NotLetIn("ended")
    member = _member(organization, person)
    role = _role(provider, who, person)
    if member is None:
        _join(organization, person, role or provider.default_role)
    elif role == "":
        raise NotLetIn("no role")
    elif role is not None:
        give_role(member=member, role=Role(role))
    _link(organization, person, who)
    return person


def _require_domain(organization: Organization, email: str) -> None:
    if not owns_domain(organization, domain_of(email)):
        raise NotLetIn("domain")


def _known(organization: Organization, who: Asserted) -> User | None:
    """Return whom a subject is known to be, or else who has the address."""
    own = ProviderAccount.objects.filter(organization=organization)
    if linked := own.filter(subject=who.subject).select_related("user").first():
        return linked.user
    person = User.objects.filter(email=who.email).first()
    if own.filter(user=person).exclude(subject="").exists():
        raise NotLetIn("another")
    return person


def _member(organization: Organization, person: User) -> Membership | None:
    """Return the membership of a person; None if they never had one anywhere.

    Of several organizations, they work with this one from now on.
    """
    own = membership_of(person)
    every = [own, *own.others] if own else []
    here = [each for each in every if each.organization_id == organization.pk]
    if every and not here:
        raise NotLetIn("elsewhere")
    if len(every) > 1:
        choose_organization(member=here[0])
    ever = Membership.ever.filter(organization=organization, user=person)
    found: Membership | None = ever.select_related("organization", "user").first()
    if found and found.ended_at:
        raise NotLetIn("ended")
    return found


def _role(provider: SignOnProvider, who: Asserted, person: User | None) -> str | None:
    """Return the role by the groups that came along, or else by those provisioned."""
    if provider.organization.closed_at:
        return None  # its administrators stay, to open it again
    groups = who.groups
    if groups is None and person is not None:
        groups = frozenset(groups_of(provider.organization, person))
    return role_by_groups(
        provider.organization, groups or frozenset(), provider.default_role
    )


def _new(provider: SignOnProvider, who: Asserted) -> User:
    role = _role(provider, who, None)
    person = User.objects.create_user(who.email, None, name=who.name)
    _join(provider.organization, person, role or provider.default_role)
    _link(provider.organization, person, who)
    return person


def _join(organization: Organization, person: User, role: str) -> None:
    if organization.closed_at:
        raise NotLetIn("ended")
    if not role:
        raise NotLetIn("no role")
    add_member(organization=organization, user=person, role=Role(role))


def _link(organization: Organization, person: User, who: Asserted) -> None:
    made, _ = ProviderAccount.objects.get_or_create(
        organization=organization, user=person
    )
    if made.subject == who.subject:
        return
    made.subject = who.subject
    made.save(update_fields=["subject"])
    events.record(
        organization=organization,
        actor=person,
        verb="person.linked",
        subject=str(person.pk),
    )
