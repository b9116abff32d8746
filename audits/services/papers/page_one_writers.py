"""Who wrote the words of page 1: everybody, not only who came last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime

from audits.models import Audit, Cover, CoverVersion, User
from audits.models.queries.written_once import written_once

# How many people the printed page 1 has room for; the paper's A8 names all of them.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Somebody who changed page 1, and when they last did, in local time.

    `before` is None if they only changed it after the sign-off, and `after` if they
    changed it only before.
    """

    name: str
    is_author: bool
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writers:
    """Everybody who changed page 1 of an audit.

    It keeps those whose words were replaced: nothing that somebody does later hides
    another.
    """

    each: tuple[Writer, ...]

    @property
    def last(self) -> tuple[str, datetime] | None:
        """Who changed page 1 last, and when; None if nobody wrote anything."""
        found = [
            (at, writer.name)
            for writer in self.each
            for at in (writer.before, writer.after)
            if at
        ]
        at, name = max(found, default=(None, ""))
        return (name, at) if at else None

    @property
    def everybody(self) -> str:
        """Who changed page 1, before the sign-off or after it; empty if nobody did."""
        return _listed([writer.name for writer in self.each])

    def of_others(self, most: int | None = None) -> str:
        """Return who wrote what is signed; empty if only the author of the audit did.

        Args:
            most: How many to name; None for all.
        """
        if all(writer.is_author for writer in self._before):
            return ""
        return _listed([writer.name for writer in self._before], most)

    def after_sign_off(self) -> str:
        """Return who changed page 1 after the sign-off, and when; empty if nobody."""
        said = [
            f"{name} {'on' if number else 'changed page 1 on'} {_moment(at)}"
            for number, (at, name) in enumerate(self._after)
        ]
        together = ", and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))
        return f"{together}, after the sign-off." if said else ""

    def shortly_after_sign_off(self) -> str:
        """Return the same in the room of page 1: of several people, some names only."""
        names = [name for _, name in self._after]
        if names[1:]:
            return f"{_listed(names, MOST_NAMED)} changed page 1 after the sign-off."
        return self.after_sign_off()

    @property
    def _before(self) -> list[Writer]:
        return [writer for writer in self.each if writer.before]

    @property
    def _after(self) -> list[tuple[datetime, str]]:
        return sorted((w.after, w.name) for w in self.each if w.after)


def writers_of(audit: Audit) -> Writers:
    """Return who changed page 1 of an audit, in one query."""
    return _writers(audit, _asked_writers(audit=audit.pk, signed=audit.signed_off_at))


def writers_of_fields(audit: Audit) -> dict[str, str]:
    """Return who last changed each field of page 1, by the field, in one query."""
    found = CoverVersion.objects.filter(audit=audit.pk).order_by("at", "pk")
    rows = found.values_list("words", "by__name", "by__email")
    return {
        name: str(User(name=by, email=email))
        for words, by, email in rows
        for name in words
    }


def cover_and_writers(audit: Audit) -> tuple[Cover, Writers]:
    """Return the cover of an audit and who changed it, both in one query.

    Without a cover, which is stored with the first change, there is an empty one.
    """
    found = _asked_both(audit=audit.pk, signed=audit.signed_off_at)
    cover = Cover(organization_id=audit.organization_id, audit=audit)
    for name in cover.words if found else ():
        setattr(cover, name, found[0][name])
    return cover, _writers(audit, [row for row in found if row["writer"]])


@written_once
def _asked_writers(*, audit: UUID, signed: datetime | None) -> QuerySet[Any, Any]:
    versions = CoverVersion.objects.filter(audit=audit).order_by()
    return _by_person(versions, "", signed)


@written_once
def _asked_both(*, audit: UUID, signed: datetime | None) -> QuerySet[Any, Any]:
    """Return the words of a cover, with each who changed it or with nobody."""
    covers = Cover.objects.filter(audit=audit).order_by()
    return _by_person(covers, "audit__cover_versions__", signed, *Cover().words)


def _by_person(
    rows: QuerySet[Any, Any], versions: str, signed: datetime | None, *beside: str
) -> QuerySet[Any, Any]:
    """Return who made versions, and when last before the sign-off and after it.

    Each has the same columns of its row beside it.
    """
    by, at = f"{versions}by", f"{versions}at"
    last = {"before": Max(at)}
    if signed:
        last = {
            "before": Max(at, filter=Q((f"{at}__lt", signed))),
            "after": Max(at, filter=Q((f"{at}__gte", signed))),
        }
    who = {"writer": F(by), "name": F(f"{by}__name"), "email": F(f"{by}__email")}
    found: QuerySet[Any, Any] = rows.values(*beside, **who).annotate(**last)
    return found


def _writers(audit: Audit, found: list[dict[str, Any]]) -> Writers:
    each = [_writer(audit, row) for row in found]
    return Writers(each=tuple(sorted(each, key=_latest)))


def _latest(writer: Writer) -> tuple[Any, str]:
    return writer.before or writer.after, writer.name


def _writer(audit: Audit, row: dict[str, Any]) -> Writer:
    before, after = row["before"], row.get("after")
    return Writer(
        name=str(User(name=row["name"], email=row["email"])),
        is_author=row["writer"] == audit.submitted_by_id,
        before=before and localtime(before),
        after=after and localtime(after),
    )


def _listed(names: Sequence[str], most: int | None = None) -> str:
    """Return names in a row, the first ones and how many more there are."""
    more = len(names) - (most or len(names))
    if more <= 0:
        return get_text_list(list(names), "and")
    people = "person" if more == 1 else "people"
    return get_text_list([*names[:most], f"{more} more {people} (A8)"], "and")


def _moment(at: datetime) -> str:
    return date_format(at, "j F Y, H:i")
