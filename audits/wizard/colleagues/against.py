"""Answers of colleagues that wait against those that count."""

from dataclasses import dataclass

from django.urls import reverse

from audits.models import Audit, User, Version
from audits.services.answers.set_aside import open_conflicts
from audits.services.answers.words import label_of
from audits.services.verdicts.assessments import framework_of
from audits.wizard.changes import number_url
from audits.wizard.pages import question_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """An answer that its author has to choose about; `other` gave the one that counts.

    `url` is where that one is, or for the author, where they choose. `is_own` says that
    both were given by the same person, in two windows.
    """

    label: str
    url: str
    by: User
    is_mine: bool
    other: str
    is_own: bool = False


def conflicts_of(audit: Audit, me: User) -> list[Against]:
    """Return the conflicts that must be settled before the audit is submitted."""
    framework, found = framework_of(audit), open_conflicts(audit)
    entries = {v.pk: audit.entries(v.kind).get(v.item, {}) for v in found}
    people = User.objects.in_bulk({e["by"] for e in entries.values() if e})
    return [
        Against(
            label=label_of(framework, version.kind, version.item),
            url=_address(audit, version, me),
            by=version.by,
            is_mine=version.by_id == me.pk,
            other=_who(people.get(entries[version.pk].get("by")), me),
            is_own=entries[version.pk].get("by") == version.by_id,
        )
        for version in found
    ]


def who_differ(found: list[Against]) -> str:
    """Return who gave the answers of conflicts, as a sentence about them begins."""
    if not found or not all(each.is_own for each in found):
        return "two people"
    return f"two windows of {'yours' if found[0].is_mine else 'one person'}"


def conflicts_of_others(audit: Audit, me: User) -> list[Against]:
    """Return those about which somebody else has to choose."""
    if not vars(audit).get("has_against", True):
        return []
    return [each for each in conflicts_of(audit, me) if not each.is_mine]


def _who(person: User | None, me: User) -> str:
    if person is None:
        return ""
    return "you" if person.pk == me.pk else str(person)


def _address(audit: Audit, version: Version, me: User) -> str:
    if version.by_id == me.pk:
        return reverse("conflicts", args=(audit.pk,))
    if version.kind == Version.Kind.NUMBER:
        return number_url(audit, version.item)
    if version.kind == Version.Kind.CANDIDATE:
        return reverse("candidates", args=(audit.pk,))
    return question_url(audit, version.item)
