"""Erases a person: their name, address and sign-in, and each mention of them in text.

What they did stays, by “Erased person”. The record of events names people by number
and is not touched, so it verifies (docs/decisions/0168).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import (
    DirectoryGroup,
    Evidence,
    Feed,
    Invitation,
    Membership,
    Organization,
    ProofFile,
    ProviderAccount,
    SavedView,
    Session,
    Share,
    TeamRole,
    User,
)
from audits.services.organizations.members import held_by, is_last_administrator
from audits.services.privacy.made_files import remove_annexes, remove_made
from audits.services.privacy.masking import (
    MASK,
    Mask,
    lines_that_name,
    mask_elsewhere,
    mask_rows,
)
from audits.services.record import events

_LAST = (
    "You are the only administrator of {organization}. Make a colleague one first, so "
    "that somebody looks after it."
)
_HELD = (
    "Use cases, questions or conditions are still yours in {organization}. Ask an "
    "administrator to hand them over to a colleague first."
)
_VIEWS = "your name in what views that colleagues saved search for, {} in all"
_DOMAIN = "erased.invalid"
HEADING = "What stays if you erase yourself"


class CannotErase(Exception):  # noqa: N818 - the state it is in, not a fault
    """Something has to be done first; the text says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure did, and what it left.

    `rows` counts the rows in which text was masked, and `files` the papers and packs
    that were removed. `uploads` are files that people added which the person added, or
    whose bytes name them: nobody changes those; `of_others` are of these those that
    colleagues added. `left` are places where a word may be
    their name, and is a word of the program or a colleague's name, too, or that search
    for it in a view of a colleague. `lines` of
    records that name them are none, unless a team has their name.
    """

    rows: int
    files: int
    uploads: tuple[str, ...]
    of_others: int
    left: tuple[str, ...]
    lines: int


def what_stays(person: User) -> list[str]:
    """Return what an erasure would leave, a line for each name and each file.

    A file is left as it is: somebody may have signed on its content. A name that is a
    word of the program or a colleague's, too, is not searched for.

    Args:
        person: The person, who is not erased yet.
    """
    with scopes_disabled():
        own = Organization.objects.filter(memberships__user=person)
        mask = Mask(person, list(own.order_by("pk").distinct()))
        return [
            *(f"the name “{x}”, which others have or mean, too" for x in mask.spared),
            *_own_files(person),
            *map(_VIEWS.format, filter(None, [len(_views_that_name(mask, person))])),
        ]


def _own_files(person: User) -> Iterator[str]:
    for model in (Evidence, ProofFile):
        rows = model.objects.filter(added_by=person).exclude(file="")
        of = rows.select_related("audit__use_case", "organization")
        for each in of.order_by("organization", "pk"):
            where = f"{each.audit.use_case.reference} of {each.organization}"
            yield f"the file “{each.name}” at {where}, which you uploaded"


def why_not_erase(person: User) -> str:
    """Return what has to be done before a person is erased; empty if nothing."""
    with scopes_disabled():
        own = Membership.objects.filter(user=person).select_related("organization")
        for member in own:
            with scope(organization=member.organization):
                name = member.organization.name
                if is_last_administrator(member):
                    return _LAST.format(organization=name)
                if held_by(member):
                    return _HELD.format(organization=name)
    return ""


def erase_person(*, person: User, by: User | None) -> Erased:
    """Erase a person from all organizations that they ever belonged to.

    Args:
        person: The person.
        by: Themselves, or None for an operator.

    Raises:
        CannotErase: They are the only administrator, or something is in their hands.
    """
    if why_not := why_not_erase(person):
        raise CannotErase(why_not)
    gone: list[str] = []
    with transaction.atomic(), scopes_disabled():
        person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        own = Organization.objects.filter(memberships__user=person)
        organizations = list(own.order_by("pk"))
        mask = Mask(person, organizations)
        gone += remove_made(mask, person, organizations)
        _end(person)
        masked = mask_rows(mask, organizations)
        gone += remove_annexes(person, organizations, masked)
        mask_elsewhere(mask)
        views = _views_that_name(mask, person)
        uploads = _uploads(mask, person, organizations)
        for organization in organizations:
            _record(organization, person, by, masked)
        lines = lines_that_name(mask, organizations)
    for name in gone:
        default_storage.delete(name)
    return Erased(
        rows=sum(map(len, masked.values())),
        files=len(gone),
        uploads=tuple(f"{each.name} ({each.pk})" for each in uploads),
        of_others=sum(each.added_by_id != person.pk for each in uploads),
        left=(*mask.left, *(f"savedview.query ({pk})" for pk in views)),
        lines=lines,
    )


def _end(person: User) -> None:
    """Take from a person their name, address and everything that lets them in."""
    Session.objects.filter(person=person).delete()
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    ProviderAccount.objects.filter(user=person).delete()
    DirectoryGroup.people.through.objects.filter(user=person).delete()
    TeamRole.objects.filter(membership__user=person).delete()
    Share.objects.filter(reader=person, ended_at=None).update(ended_at=timezone.now())
    Feed.objects.filter(user=person).delete()
    SavedView.objects.filter(user=person).delete()
    Invitation.objects.filter(email__in=_addresses_of(person)).delete()
    # Those that a closing ended, too: an opening would begin them again.
    Membership.ever.filter(user=person).update(ended_at=timezone.now())
    person.email = f"{person.public_id.hex}@{_DOMAIN}"
    person.name, person.mails = MASK, "none"
    person.is_active = person.is_staff = person.is_superuser = False
    person.set_unusable_password()
    person.save()
    User.objects.filter(pk=person.pk).update(former=[])


def _addresses_of(person: User) -> list[str]:
    """Return the address of a person, and former ones that nobody else has now."""
    own = {x.lower() for x in (person.email, *person.former) if "@" in x}
    others = User.objects.exclude(pk=person.pk).filter(email__in=own)
    return sorted(own - {*others.values_list("email", flat=True)})


def _views_that_name(mask: Mask, person: User) -> list[int]:
    """Return the views of colleagues that search for a person: those are theirs."""
    own = Organization.objects.filter(memberships__user=person)
    rows = SavedView.objects.filter(organization__in=own).exclude(user=person)
    said = rows.order_by("pk").values_list("pk", "query")
    return [pk for pk, query in said if mask.finds(unquote_plus(query))]


def _uploads(
    mask: Mask, person: User, organizations: list[Organization]
) -> list[Evidence | ProofFile]:
    """Return the files that people added which a person added, or which name them."""
    found: list[Evidence | ProofFile] = []
    for model in (Evidence, ProofFile):
        rows = model.objects.filter(organization__in=organizations).exclude(file="")
        found += rows.order_by("pk")
    return [
        each
        for each in found
        if each.added_by_id == person.pk or _is_named(mask, str(each.file.name))
    ]


def _is_named(mask: Mask, name: str) -> bool:
    if not default_storage.exists(name):
        return False
    with default_storage.open(name) as stored:
        return mask.finds(stored.read().decode("utf-8", "replace"))


def _record(
    organization: Organization,
    person: User,
    by: User | None,
    masked: dict[str, list[str]],
) -> None:
    """Record the erasure, with the rows whose text is another one since."""
    events.record(
        organization=organization,
        actor=by,
        verb="person.erased",
        subject=str(person.pk),
        masked={name: len(keys) for name, keys in masked.items()},
        audits=sorted(masked.get("audit", ())),
        reviews=sorted(masked.get("review", ())),
    )
