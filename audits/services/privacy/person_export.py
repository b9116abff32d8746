"""Exports what is stored of a person: their account, what they wrote, their files."""

from collections.abc import Iterator
from typing import IO, Any

from allauth.mfa.models import Authenticator
from django_scopes import scope, scopes_disabled

from audits.models import (
    Event,
    Feed,
    Membership,
    Organization,
    ProviderAccount,
    SavedView,
    Session,
    User,
)
from audits.services.people.sign_ins import record_of_person
from audits.services.privacy.files import Archive, stored_files
from audits.services.privacy.rows import (
    OF_PERSON,
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
_NOT_THEIRS = frozenset(("digest", "told", "verdicts", "outcomes"))
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
    archive = Archive(file, KIND)
    archive.add_rows("person.jsonl", [values_of(person, OF_PERSON)])
    archive.add_rows("sign_in.jsonl", _of_sign_in(person))
    names: list[str] = []
    for member in _memberships(person):
        own = member.organization
        with scope(organization=own):
            folder = f"organizations/{own.slug}"
            archive.add_rows(f"{folder}/membership.jsonl", [_member(member)])
            if member.ended_at is None:
                _add_organization(archive, folder, own, person, names)
    for name in sorted({*names}):
        archive.add_stored(name)
    return archive.close()


def record_export(*, person: User) -> None:
    """Record in each of their organizations that a person took their export."""
    record_of_person(person=person, by=person, verb="person.exported")


def _memberships(person: User) -> list[Membership]:
    """Return all that a person has or had, whichever organization is in scope."""
    with scopes_disabled():
        own = Membership.ever.filter(user=person).select_related("organization")
        return list(own.order_by("pk"))


def _add_organization(
    archive: Archive, folder: str, own: Organization, person: User, names: list[str]
) -> None:
    lines = Event.objects.filter(organization=own, actor=person).order_by("number")
    said = (values_of(x, ("number", "at", "verb", "subject", "details")) for x in lines)
    archive.add_rows(f"{folder}/record.jsonl", said)
    for model in (*exported_models(), Feed, ProviderAccount, SavedView):
        if model in (Event, Membership) or model not in own_models():
            continue
        for column in people_in(model):
            rows = _rows(model, own, column, person, names)
            path = f"{folder}/{model._meta.model_name}.{column}.jsonl"
            archive.add_rows(path, rows)


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


def _member(member: Membership) -> dict[str, Any]:
    said = values_of(member, ("role", "began_at", "ended_at"))
    return {"organization": member.organization.name, **said}


def _of_sign_in(person: User) -> Iterator[dict[str, Any]]:
    """Yield sessions, and which second factors there are, without their secrets."""
    for session in Session.objects.filter(person=person).order_by("began_at"):
        yield {"kind": "session", **values_of(session, _SESSION)}
    for factor in Authenticator.objects.filter(user=person).order_by("pk"):
        yield {
            "kind": "second factor",
            **values_of(factor, ("type", "created_at", "last_used_at")),
        }
