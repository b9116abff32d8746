"""Undoes what one save changed: as new versions, so that nothing is lost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Literal

from django.db import transaction
from django.db.models import Q

from audits.frameworks.answering.answers import WrongAnswers
from audits.models import Audit, User, Version
from audits.models.audits import values
from audits.scoring.inputs import codes_of
from audits.scoring.numbers.currency import AMOUNTS, KEY
from audits.scoring.proposals.proposal_parts import PRICES
from audits.scoring.scored.answers import contradicted
from audits.services.answers.answers import (
    AuditLocked,
    locked_audit,
    save_entries,
)
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Sent, Stored

# The entries of one save are written one after the other, with their times in seconds.
_ONE_SAVE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedEntry:
    """An entry that a save changed, and the number of the version that it wrote."""

    kind: str
    item: str
    version: int

    @property
    def key(self) -> Key:
        """The entry."""
        return self.kind, self.item


class NotUndone(Exception):  # noqa: N818 - the state it is in, not a fault
    """A save is not undone: nothing changes.

    `reason` says why: somebody (`by`) has "changed" the entry `key` since, its earlier
    value is "not_allowed" any more, or the test "results" say otherwise.
    """

    def __init__(
        self,
        reason: Literal["changed", "not_allowed", "results"],
        key: Key,
        by: User | None = None,
    ) -> None:
        super().__init__(reason, key)
        self.reason, self.key, self.by = reason, key, by


def last_save(audit: Audit, by: User) -> tuple[list[SavedEntry], datetime | None]:
    """Return what a person's last save from a page changed and still is so, and when.

    Results of candidates are not undone: an earlier one does not know what was changed.
    Nor is what an import wrote, which is from no page, or what was saved before either:
    “Undo” would then take back what is no longer the last.
    """
    mine = [
        (kind, item, entry)
        for kind in Version.Kind.values
        for item, entry in audit.entries(kind).items()
        if entry.get("by") == by.pk
    ]
    if not mine:
        return [], None
    # In one second, what is from no page counts as later: no save is offered too much.
    _, _, last = max(
        mine, key=lambda it: (it[2]["at"], not it[2].get("tab"), it[2].get("seq", 0))
    )
    if not last.get("tab"):
        return [], None
    at = datetime.fromisoformat(last["at"])
    found = [
        SavedEntry(kind=kind, item=item, version=entry.get("version", 1))
        for kind, item, entry in mine
        if (entry.get("tab"), entry.get("seq")) == (last["tab"], last.get("seq"))
        and datetime.fromisoformat(entry["at"]) >= at - _ONE_SAVE
    ]
    if any(each.kind == Version.Kind.CANDIDATE for each in found):
        return [], None
    return found, at


@transaction.atomic
def undo_save(
    *, audit: Audit, by: User, entries: Sequence[SavedEntry], sender: Sender
) -> Audit:
    """Give entries the values again that they had before a save, all of them or none.

    An answer comes with its level as it was then. Links and files are not touched: they
    keep for which answer they were given.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who undoes it.
        entries: What the save changed.
        sender: A page of its own, so that this can be undone in turn.

    Returns:
        The audit with these values; undoing the same twice has no further effect.

    Raises:
        AuditLocked: The audit is not a draft.
        NotUndone: An entry was changed since, or may not be as it was.
    """
    audit = locked_audit(audit)
    if not audit.is_draft:
        raise AuditLocked
    stored = _versions(audit, entries)
    if all(_is_undone(audit, stored, each) for each in entries):
        return audit
    before = _values_before(audit, stored, entries)
    _require_no_results_against(audit, before)
    sent = {
        each.key: Sent(value=before[each.key], seen=each.version) for each in entries
    }
    try:
        saved = save_entries(
            audit=audit, by=by, sent=sent, sender=sender, keeps_levels=True
        )
    except WrongAnswers as wrong:
        items = {problem.question for problem in wrong.wrong}
        key = next((key for key in before if key[1] in items), entries[0].key)
        raise NotUndone("not_allowed", key) from wrong
    return saved.audit


type _Stored = Mapping[tuple[Key, int], Version]


def _is_undone(audit: Audit, stored: _Stored, entry: SavedEntry) -> bool:
    """Return whether the version after the one to undo is as it was before."""
    before = stored.get((entry.key, entry.version - 1))
    kind, item = entry.key
    now = Stored.of(audit.entries(kind).get(item))
    was = before.value if before else None
    return now.version == entry.version + 1 and now.value == was


def _values_before(
    audit: Audit, stored: _Stored, entries: Sequence[SavedEntry]
) -> dict[Key, Any]:
    """Return the values before a save.

    Raises:
        NotUndone: They are not those of the version just before the current one.
    """
    for each in entries:
        changed = stored.get((each.key, _number(audit, each.key)))
        if changed is None or changed.number != each.version:
            raise NotUndone("changed", each.key, changed.by if changed else None)
        for beside in _beside(each, entries):
            other = stored.get((beside, _number(audit, beside)))
            if other and other.at > changed.at:
                raise NotUndone("changed", beside, other.by)
        if each.version > 1 and (each.key, each.version - 1) not in stored:
            raise NotUndone("not_allowed", each.key)
    return {
        each.key: stored[each.key, each.version - 1].value if each.version > 1 else None
        for each in entries
    }


def _beside(entry: SavedEntry, entries: Sequence[SavedEntry]) -> Iterator[Key]:
    """Yield what says something about an entry, where the save did not change it.

    A level that was given since is that of the newer answer, and an amount or a price
    is in the currency that counts.
    """
    keys = {each.key for each in entries}
    level = (Version.Kind.LEVEL.value, entry.item)
    if entry.kind == Version.Kind.ANSWER and level not in keys:
        yield level
    if entry.kind == Version.Kind.NUMBER and entry.item in (*AMOUNTS, *PRICES):
        currency = KEY if entry.item in AMOUNTS else "proposal_currency"
        if (entry.kind, currency) not in keys:
            yield entry.kind, currency


def _versions(audit: Audit, entries: Sequence[SavedEntry]) -> _Stored:
    """Return the versions that are compared, with their authors, in one query."""
    wanted = {(each.key, each.version - 1) for each in entries}
    keys = [each.key for each in entries]
    keys += [key for each in entries for key in _beside(each, entries)]
    wanted |= {(key, _number(audit, key)) for key in keys}
    these = [Q(kind=kind, item=item, number=n) for (kind, item), n in wanted]
    found = Version.objects.filter(reduce(or_, these), audit=audit, set_aside=False)
    return {((v.kind, v.item), v.number): v for v in found.select_related("by")}


def _number(audit: Audit, key: Key) -> int:
    kind, item = key
    return Stored.of(audit.entries(kind).get(item)).version


def _require_no_results_against(audit: Audit, before: Mapping[Key, Any]) -> None:
    """Require that the test results contradict no answer that would come back."""
    back = {
        item: value
        for (kind, item), value in before.items()
        if kind == Version.Kind.ANSWER and value is not None
    }
    if not back or not audit.candidates:
        return
    codes = codes_of({**values(audit.answers), **back})
    against = contradicted(audit.given_candidates, codes) & back.keys()
    if against:
        raise NotUndone("results", (Version.Kind.ANSWER.value, min(against)))
