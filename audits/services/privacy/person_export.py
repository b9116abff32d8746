"""Exports what is stored of a person: their account, what they wrote, their files."""

from collections.abc import Iterator
from typing import IO, Any

from allauth.mfa.models import Authenticator
from django_scopes import scope, scopes_disabled

from audits.models import (
    Event,
    Feed,
    Invitation,
    Membership,
    Organization,
    ProviderAccount,
    ProvisioningToken,
    SavedView,
    Session,
    Share,
    TeamRole,
    User,
)
from audits.services.people.sign_ins import record_of_person
from audits.services.privacy.erasure import HEADING, what_stays
from audits.services.privacy.export_words import READ_ME, Contents, since
from audits.services.privacy.files import Archive, stored_files
from audits.services.privacy.rows import (
    OF_PERSON,
    SECRETS,
    exported_models,
    own_models,
    people_in,
    values_of,
)

KIND = "attune.person/1"
# Who is named so wrote or made the row, so all of it is theirs.
_MADE = frozenset(("by", "added_by", "requested_by", "user"))
# What opens or proves something, and what papers and packs say, which is what their
# organization wrote: who asked for one may since be shown less.
_NOT_THEIRS = SECRETS | {"told", "verdicts", "outcomes"}
_ALSO = (Feed, ProviderAccount, SavedView, Share, Invitation, ProvisioningToken)
_INVITED = ("email", "role", "at", "expires_at", "accepted_at", "withdrawn_at")
_SESSION = ("address", "device", "began_at", "seen_at")
_BATCH = 200


def write_person(person: User, file: IO[bytes]) -> str:
    """Write what is stored of a person, and return the SHA-256 of its content.

    Of rows that somebody else made it says only that they name the person. What they
    did in organizations that they left stays with those.

    Args:
        person: The person.
        file: Where the zip goes.
    """
    archive, told = Archive(file, KIND), Contents()
    of_person = values_of(person, (*OF_PERSON, "former"))
    archive.add_rows("person.jsonl", [of_person])
    told.add("Your account", "your name, your address, your choices: person.jsonl")
    if number := archive.add_some("sign_in.jsonl", _of_sign_in(person)):
        words = f"{number} sessions and second factors: sign_in.jsonl"
        told.add("Your account", words)
    names: list[str] = []
    for member in _memberships(person):
        with scope(organization=member.organization):
            said = _add_membership(archive, member)
            told.add(member.organization.name, said)
            if member.ended_at is None:
                _add_organization(archive, told, member, names)
    stored = sum(map(archive.add_stored, sorted({*names})))
    if stored:
        told.add("Files", f"{stored} that you uploaded: files/")
    for line in what_stays(person):
        told.add(HEADING, line)
    archive.add_text(READ_ME, told.as_text(person))
    return archive.close()


def record_export(*, person: User) -> None:
    """Record in each of their organizations that a person took their export."""
    record_of_person(person=person, by=person, verb="person.exported")


def _memberships(person: User) -> list[Membership]:
    """Return all that a person has or had, whichever organization is in scope."""
    with scopes_disabled():
        own = Membership.ever.filter(user=person).select_related("organization", "user")
        return list(own.order_by("pk"))


def _folder(organization: Organization) -> str:
    return f"organizations/{organization.slug}"


def _add_membership(archive: Archive, member: Membership) -> str:
    """Write a membership with its roles of teams; return it in words."""
    said = values_of(member, ("role", "began_at", "ended_at"))
    own = TeamRole.objects.filter(membership=member).order_by("team__name")
    teams = dict(own.values_list("team__name", "role"))
    path = f"{_folder(member.organization)}/membership.jsonl"
    name = member.organization.name
    groups = member.user.directory_groups.filter(organization=member.organization)
    also = {"teams": teams, "groups": [each.name for each in groups]}
    archive.add_rows(path, [{"organization": name, **said, **also}])
    role = member.get_role_display().lower()
    return f"your role, {role}, {since(said)}: {path}"


def _add_organization(
    archive: Archive, told: Contents, member: Membership, names: list[str]
) -> None:
    own, person = member.organization, member.user
    lines = Event.objects.filter(organization=own, actor=person).order_by("number")
    said = (values_of(x, ("number", "at", "verb", "subject", "details")) for x in lines)
    path = f"{_folder(own)}/record.jsonl"
    told.add_rows(own.name, Event, "actor", archive.add_some(path, said), path)
    for model in (*exported_models(), *_ALSO):
        if model in (Event, Membership) or model not in own_models():
            continue
        for column in people_in(model):
            rows = _rows(model, own, column, person, names)
            path = f"{_folder(own)}/{model._meta.model_name}.{column}.jsonl"
            number = archive.add_some(path, rows)
            told.add_rows(own.name, model, column, number, path)
    path = f"{_folder(own)}/invitation.to.jsonl"
    to = Invitation.objects.filter(email__iexact=person.email).order_by("pk")
    number = archive.add_some(path, (values_of(x, _INVITED) for x in to))
    told.add_rows(own.name, Invitation, "to", number, path)


def _rows(
    model: type[Any], own: Organization, column: str, person: User, names: list[str]
) -> Iterator[dict[str, Any]]:
    rows = model._base_manager.filter(organization=own, **{column: person})
    for row in rows.order_by("pk").iterator(chunk_size=_BATCH):
        if column not in _MADE:
            yield {"id": str(row.pk), "you_are": column}
            continue
        if column == "added_by":
            names += stored_files(row)
        said = values_of(row)
        yield {name: x for name, x in said.items() if name not in _NOT_THEIRS}


def _of_sign_in(person: User) -> Iterator[dict[str, Any]]:
    """Yield sessions, and which second factors there are, without their secrets."""
    for session in Session.objects.filter(person=person).order_by("began_at"):
        yield {"kind": "session", **values_of(session, _SESSION)}
    for factor in Authenticator.objects.filter(user=person).order_by("pk"):
        yield {
            "kind": "second factor",
            **values_of(factor, ("type", "created_at", "last_used_at")),
        }
