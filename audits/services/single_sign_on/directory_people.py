"""Adds, changes and ends people as a provider says who is in its directory."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from audits.access.directory import decides_alone, works_elsewhere
from audits.access.members import membership_of
from audits.access.several import works_here_alone
from audits.identity.asserted import domain_of
from audits.models import Membership, Organization, ProviderAccount, Role, User
from audits.services.organizations.members import LastAdministrator
from audits.services.people.factors.vouched import readdress
from audits.services.record import events
from audits.services.single_sign_on.domains import owns_domain
from audits.services.single_sign_on.groups import groups_of, role_by_groups
from audits.services.single_sign_on.memberships import (
    add_member,
    end_by_provider,
    give_role,
    resume_by_provider,
)
from audits.services.single_sign_on.providers import provider_of

_MOST_OF_AN_ID = 255

type Kind = Literal["uniqueness", "mutability", "invalidValue"]


class Refused(Exception):  # noqa: N818 - what became of it
    """A change is refused; `kind` is what RFC 7644 calls it."""

    def __init__(self, kind: Kind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a provider says of a person."""

    email: str
    name: str
    external_id: str
    is_active: bool


def people_of(organization: Organization) -> QuerySet[User]:
    """Return who is in the directory: members now or once, and who waits for a role.

    But nobody whom the provider removed, or who works elsewhere since they left.
    """
    own = {"organization": organization, "user": OuterRef("pk")}
    accounts = ProviderAccount.objects.filter(**own)
    gone = Exists(accounts.filter(is_removed=True))
    known = Q(Exists(Membership.ever.filter(**own))) | Q(Exists(accounts))
    found = User.objects.filter(known).exclude(gone).order_by("pk")
    return found.exclude(pk__in=works_elsewhere(organization))


def person_in(organization: Organization, person_id: UUID) -> User | None:
    """Return a person of the directory, or None."""
    return people_of(organization).filter(public_id=person_id).first()


def account_of(organization: Organization, user: User) -> ProviderAccount:
    """Return what the provider says of a person; not stored if it said nothing yet."""
    own = ProviderAccount.objects.filter(organization=organization, user=user)
    return own.first() or ProviderAccount(organization=organization, user=user)


def is_active(account: ProviderAccount, member: Membership | None) -> bool:
    """Return whether a person may come in, as far as they have a role."""
    if member and member.ended_at and not account.is_ended:
        return False  # an administrator ended it
    return account.is_active


@transaction.atomic
def add_person(*, organization: Organization, said: Said) -> User:
    """Add a person to the directory; they are a member as soon as they have a role.

    Raises:
        Refused: The address is taken, or in no domain of the organization.
    """
    _require_own_address(organization, said.email)
    person = User.objects.filter(email=said.email).first()
    if person is None:
        person = User.objects.create_user(said.email, None, name=said.name)
    elif _may_not_add(organization, person):
        detail = "This userName is taken."
        raise Refused("uniqueness", detail)
    account = account_of(organization, person)
    account.is_removed, account.is_active = False, said.is_active
    account.external_id = said.external_id[:_MOST_OF_AN_ID]
    account.save()
    _record(organization, person, "person.provisioned")
    settle(organization, person)
    return person


def _may_not_add(organization: Organization, person: User) -> bool:
    is_known = people_of(organization).filter(pk=person.pk).exists()
    elsewhere = not works_here_alone(organization.pk, membership_of(person))
    return is_known or elsewhere or person.is_staff or person.is_superuser


@transaction.atomic
def change_person(*, organization: Organization, person: User, said: Said) -> None:
    """Store what the provider says of a person now; it acts on their next request.

    Raises:
        Refused: It may not be changed so.
    """
    is_renamed = said.name != str(person)  # by the address, for who has no name
    if said.email != person.email:
        _readdress(organization, person, said.email)
    if is_renamed and decides_alone(organization.pk, person):
        person.name = said.name
        person.save(update_fields=["name"])
    account = account_of(organization, person)
    member = _member(organization, person)
    was_ended = member and member.ended_at and not account.is_ended
    if said.is_active and was_ended:
        detail = "An administrator of the organization ended this membership."
        raise Refused("mutability", detail)
    account.is_active = said.is_active
    account.external_id = said.external_id[:_MOST_OF_AN_ID]
    account.save()
    settle(organization, person)


@transaction.atomic
def remove_person(*, organization: Organization, person: User) -> None:
    """Take a person out of the directory, and end their membership; the name stays."""
    account = account_of(organization, person)
    account.is_active, account.is_removed = False, True
    account.save()
    for group in person.directory_groups.filter(organization=organization):
        group.people.remove(person)
    settle(organization, person)
    _record(organization, person, "person.unprovisioned")


def settle(organization: Organization, person: User) -> None:
    """Let a person have the role that the provider gives them now, or none.

    Raises:
        Refused: Nobody else looks after the organization.
    """
    try:
        _settle(organization, person)
    except LastAdministrator as error:
        detail = "This is the last administrator. Make somebody else one first."
        raise Refused("mutability", detail) from error


def _settle(organization: Organization, person: User) -> None:
    account, member = account_of(organization, person), _member(organization, person)
    provider = provider_of(organization)
    usual = provider.default_role if provider else ""
    role = role_by_groups(organization, groups_of(organization, person), usual)
    if member is None:
        _begin(organization, person, account, usual if role is None else role)
    elif member.ended_at:
        if account.is_active and role != "" and account.is_ended:
            _resume(account, member, role)
    elif not account.is_active or role == "":
        _end(account, member)
    elif role is not None:
        give_role(member=member, role=Role(role))


def _begin(
    organization: Organization, person: User, account: ProviderAccount, role: str
) -> None:
    if account.is_active and role and membership_of(person) is None:
        add_member(organization=organization, user=person, role=Role(role))


def _resume(account: ProviderAccount, member: Membership, role: str | None) -> None:
    if not works_here_alone(member.organization_id, membership_of(member.user)):
        detail = "The person belongs to another organization."
        raise Refused("uniqueness", detail)
    resume_by_provider(member=member)
    if role is not None:
        give_role(member=member, role=Role(role))
    account.is_ended = False
    account.save()


def _end(account: ProviderAccount, member: Membership) -> None:
    end_by_provider(member=member)
    account.is_ended = True
    account.save()


def _member(organization: Organization, person: User) -> Membership | None:
    rows = Membership.ever.select_related("organization", "user")
    found: Membership | None = rows.filter(
        organization=organization, user=person
    ).first()
    return found


def _readdress(organization: Organization, person: User, email: str) -> None:
    """Give a person another address; both have to be in domains of the organization.

    The row is locked and read again: they may have joined another one just now.
    """
    _require_own_address(organization, email)
    locked = User.objects.select_for_update(no_key=True)
    person.refresh_from_db(from_queryset=locked)
    is_own = owns_domain(organization, domain_of(person.email))
    is_own = is_own and decides_alone(organization.pk, person)
    if not is_own or person.is_staff or person.is_superuser:
        detail = "The userName of this person cannot be changed here."
        raise Refused("mutability", detail)
    if User.objects.filter(email=email).exists():
        detail = "This userName is taken."
        raise Refused("uniqueness", detail)
    readdress(user=person, email=email)
    _record(organization, person, "person.readdressed")


def _require_own_address(organization: Organization, email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        detail = "The userName has to be an email address."
        raise Refused("invalidValue", detail) from error
    if not owns_domain(organization, domain_of(email)):
        detail = "The organization has not proved that it owns the domain of userName."
        raise Refused("invalidValue", detail)


def _record(organization: Organization, person: User, verb: str) -> None:
    events.record(
        organization=organization, actor=None, verb=verb, subject=str(person.pk)
    )
