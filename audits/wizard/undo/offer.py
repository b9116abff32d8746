"""What a page offers to undo: its reader's last save, while they still know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from audits.models import Audit, User, Version
from audits.scoring.explaining.completeness import named
from audits.services.answers.entry_checks import Key
from audits.services.answers.undoing import SavedEntry, last_save
from audits.services.answers.words import label_of
from audits.services.verdicts.assessments import framework_of
from audits.wizard.forms.senders import whole

# People who come back later find the earlier values in the history.
_OFFERED_FOR = timedelta(hours=1)
# More than any page saves at once.
_MOST_ENTRIES = 100
# The page of a save that undid another one begins with it.
UNDO_TAB = "undo-"
_KINDS = {*Version.Kind.values} - {Version.Kind.CANDIDATE.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoOffer:
    """A save that its author may undo: its versions as a `value`, and it in words.

    `is_redo` says that it undid another one, so that undoing it does that again.
    """

    value: str
    what: str
    is_redo: bool


def offer_of(audit: Audit, by: User) -> UndoOffer | None:
    """Return what a page offers a person to undo, or None."""
    found, at = last_save(audit, by)
    if at is None or not audit.is_draft or timezone.now() - at > _OFFERED_FOR:
        return None
    value = " ".join(f"{each.kind}.{each.item}.{each.version}" for each in found)
    return UndoOffer(
        value=value, what=_what(audit, found), is_redo=is_undo(audit, found)
    )


def is_undo(audit: Audit, entries: Sequence[SavedEntry]) -> bool:
    """Return whether a save that undid another one left these entries as they are."""
    now = ((x.version, audit.entries(x.kind).get(x.item, {})) for x in entries)
    return any(
        entry.get("version", 1) == version and entry.get("tab", "").startswith(UNDO_TAB)
        for version, entry in now
    )


def entries_in(audit: Audit, said: str) -> list[SavedEntry]:
    """Return the entries that a button names; none if it names anything else."""
    parts = [each.rpartition(".") for each in said.split()]
    found = []
    for key, _, version in parts[: _MOST_ENTRIES + 1]:
        kind, _, item = key.partition(".")
        if kind not in _KINDS or item not in audit.entries(kind) or not whole(version):
            return []
        found.append(SavedEntry(kind=kind, item=item, version=whole(version)))
    return found if len(found) <= _MOST_ENTRIES else []


def label_in(audit: Audit, key: Key) -> str:
    """Return the label of an entry, also of a question that is asked no more."""
    framework, (kind, item) = framework_of(audit), key
    is_known = kind == Version.Kind.NUMBER or item in framework.question_by_id
    return label_of(framework, kind, item) if is_known else item


def each_once(found: Sequence[SavedEntry]) -> list[SavedEntry]:
    """Return one entry of each question or number; an answer comes with its level."""
    firsts: dict[str, SavedEntry] = {}
    for entry in found:
        firsts.setdefault(entry.item, entry)
    return [*firsts.values()]


def _what(audit: Audit, found: Sequence[SavedEntry]) -> str:
    """Return the labels of what changed: the first of them, and how many more.

    Questions come in their order, whatever order the database keeps them in.
    """
    places = {
        each.id: place for place, each in enumerate(framework_of(audit).questions)
    }
    in_order = sorted(each_once(found), key=lambda x: places.get(x.item, len(places)))
    return named([label_in(audit, entry.key) for entry in in_order])
