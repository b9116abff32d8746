"""What somebody changed of a use case itself: its owner, its team and the like.

The record has it, with ids in place of people and of own fields, which are read here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from audits.models import CoverVersion, Event, Import, Stage, UseCase, User
from audits.models.events import IMPORTED
from audits.models.fields.own_fields import fields_of
from audits.scoring.days import in_words

_LABELS: Mapping[str, str] = {
    "name": "Name",
    "owner": "Owner",
    "team": "Team",
    "stage": "Stage",
    "tags": "Tags",
    "summary": "What it does",
    "review": "Review date",
}
_NONE, _GONE = "none", "no longer there"


@dataclass(frozen=True, slots=True)
class Change:
    """One part that changed: what it is called, its value before and then."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What somebody changed at once, and how many others they changed with it.

    `inventory` is the id of the one whose import changed it; empty for none.
    """

    at: datetime
    by: User | None
    changes: tuple[Change, ...]
    others: int
    inventory: str = ""


def import_of(use_case: UseCase) -> Changed | None:
    """Return the import that registered a use case; None if none did."""
    lines = Event.objects.filter(
        organization=use_case.organization_id,
        verb=IMPORTED,
        subject=use_case.reference,
    )
    line = lines.select_related("actor").first()
    if line is None:
        return None
    return Changed(line.at, line.actor, (), 0, line.details["inventory"])


def names_of(inventories: Iterable[str]) -> Mapping[str, str]:
    """Return the files' names of imports that are still there, by their ids."""
    ids = {each for each in inventories if each}
    found = Import.objects.filter(pk__in=ids) if ids else Import.objects.none()
    return {str(pk): name for pk, name in found.values_list("pk", "file_name")}


def changes_of(use_case: UseCase) -> Iterator[Changed]:
    """Yield each change of a use case that the record has."""
    lines = Event.objects.changes_of(use_case.reference).select_related("actor")
    found = list(lines)
    people = {
        person for line in found for person in line.details.get("owner", ()) if person
    }
    words = _Words(use_case, User.objects.in_bulk(people) if people else {})
    for line in found:
        if told := tuple(words.of(line.details)):
            others = line.details.get("others", 0)
            inventory = line.details.get("inventory", "")
            yield Changed(line.at, line.actor, told, others, inventory)


class _Words:
    """Says what the record has as people read it."""

    def __init__(self, use_case: UseCase, people: Mapping[int, User]) -> None:
        own = fields_of(use_case.organization.own_fields)
        self._own = {field.key: field.name for field in own}
        self._people = people

    def of(self, details: Mapping[str, Any]) -> Iterator[Change]:
        for what, label in _LABELS.items():
            if what in details:
                before, after = (self._said(what, each) for each in details[what])
                yield Change(label, before, after)
        if "own" in details:
            yield from self._of_own(*details["own"])

    def _of_own(
        self, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> Iterator[Change]:
        for key in {**before, **after}:
            was, now = before.get(key), after.get(key)
            if was != now:
                label = self._own.get(key, "A field of your own")
                yield Change(label, self._said(key, was), self._said(key, now))

    def _said(self, what: str, value: Any) -> str:
        if what == "stage" and value in Stage.values:
            return str(Stage(value).label)
        if what == "owner":
            return str(self._people.get(value, _GONE))
        if what == "review" and value:
            return in_words(date.fromisoformat(value))
        return _NONE if value is None else str(value) or _NONE


def sponsors_in(versions: Sequence[CoverVersion]) -> Mapping[int, Change]:
    """Return what each version of page 1 changes of the sponsor, by its id.

    Args:
        versions: All versions of some audits, the first ones first.
    """
    now: dict[Any, str] = {}
    found: dict[int, Change] = {}
    for each in versions:
        if "sponsor" in each.words:
            before, after = now.get(each.audit_id, ""), each.words["sponsor"]
            now[each.audit_id] = after
            if before != after:
                found[each.pk] = Change("Sponsor", before or _NONE, after or _NONE)
    return found
