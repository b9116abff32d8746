"""Saves what people answer: no answer is lost, and none is overwritten unseen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from django.db import transaction
from django.utils import timezone

from audits.frameworks import answers as framework_answers
from audits.frameworks.answers import WrongAnswer, WrongAnswers
from audits.frameworks.schema import Framework
from audits.models import Audit, User, Version
from audits.models.text import clean_text
from audits.scoring import Assessment, numbers
from audits.scoring.circumstances import EvidenceLevel
from audits.services.asks import close_answered
from audits.services.assessments import (
    SCORE_FIELDS,
    assess_today,
    framework_of,
    store_score,
)
from audits.services.merging import Outcome, Sender, Sent, Stored, merge

NOTE_MAX = 10_000

type Key = tuple[str, str]


class AuditLocked(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit was submitted, so its answers may not change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The audit after a save, what became of each entry, and the verdict now."""

    audit: Audit
    outcomes: Mapping[Key, Outcome]
    assessment: Assessment
    verdict_changed: bool

    def that(self, *wanted: Outcome) -> list[Key]:
        """Return the entries that came out so."""
        return [key for key, outcome in self.outcomes.items() if outcome in wanted]


def save_answers(
    *, audit: Audit, by: User, answers: Mapping[str, Any]
) -> tuple[Audit, Assessment]:
    """Save answers as they are, whatever was there; for imports and the demo.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who answers.
        answers: Question id to a value as JSON has it; None takes the answer back.

    Raises:
        AuditLocked: The audit is not a draft.
        WrongAnswers: A value does not fit its question; nothing is saved.
    """
    sent = {("answer", q): Sent(value=value) for q, value in answers.items()}
    saved = save_entries(audit=audit, by=by, sent=sent, sender=Sender())
    return saved.audit, saved.assessment


@transaction.atomic
def save_entries(
    *, audit: Audit, by: User, sent: Mapping[Key, Sent], sender: Sender
) -> Saved:
    """Save entries and score the audit anew; other entries stay as they are.

    What somebody else changed in the meantime is not overwritten: the value that was
    sent is set aside as a version of its own, until its author chooses.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who answers.
        sent: Kind ("answer", "level", "number" or "note") and question or number, to
            what is sent; a value of None takes the entry back.
        sender: The tab that sends.

    Raises:
        AuditLocked: The audit is not a draft.
        WrongAnswers: A value does not fit; nothing is saved.
    """
    audit = locked_draft(audit)
    _check(framework_of(audit), sent)
    outcomes = {
        key: merge(_stored(audit, key), entry, sender, _shown(audit, key, entry))
        for key, entry in sent.items()
    }
    changed = [key for key, outcome in outcomes.items() if outcome == "saved"]
    conflicts = [key for key, outcome in outcomes.items() if outcome == "conflict"]
    versions = [
        _put(audit, key, sent[key].value, by=by, sender=sender) for key in changed
    ]
    versions += [
        _aside(audit, key, sent[key], by=by)
        for key in conflicts
        if not _is_set_aside(audit, key, sent[key], by)
    ]
    if versions:
        Version.objects.bulk_create(versions)
    assessment = assess_today(audit)
    verdict_before = audit.verdict
    if changed:
        store_score(audit, assessment)
        documents = {f"{kind}s" for kind, _ in changed}
        audit.save(update_fields=[*sorted(documents), *SCORE_FIELDS])
        close_answered(audit=audit, by=by)
    return Saved(
        audit=audit,
        outcomes=outcomes,
        assessment=assessment,
        verdict_changed=audit.verdict != verdict_before,
    )


@transaction.atomic
def settle_conflict(*, version: Version, by: User, mine: bool) -> Audit:
    """Choose between an answer that was set aside and the one that stands.

    Args:
        version: The one that was set aside; both stay in the history.
        by: Its author.
        mine: Whether it replaces the one that stands.

    Raises:
        AuditLocked: The audit is not a draft any more.
    """
    audit = version.audit
    if mine:
        audit = restore_version(version=version, by=by)
    Version.objects.filter(
        audit=audit,
        kind=version.kind,
        item=version.item,
        by=by,
        set_aside=True,
        settled=False,
    ).update(settled=True)
    return audit


@transaction.atomic
def restore_version(*, version: Version, by: User) -> Audit:
    """Give an entry the value of one of its versions again, as a new version.

    Raises:
        AuditLocked: The audit is not a draft.
    """
    sent = {(version.kind, version.item): Sent(value=version.value)}
    return save_entries(audit=version.audit, by=by, sent=sent, sender=Sender()).audit


def locked_draft(audit: Audit) -> Audit:
    """Return an audit read again, its row locked until the transaction ends.

    Raises:
        AuditLocked: It is not a draft.
    """
    locked = locked_audit(audit)
    if not locked.is_draft:
        raise AuditLocked
    return locked


def locked_audit(audit: Audit) -> Audit:
    """Return an audit read again, its row locked until the transaction ends."""
    locked: Audit = (
        Audit.objects.select_for_update(of=("self",))
        .select_related("organization", "use_case")
        .get(pk=audit.pk)
    )
    return locked


def _check(framework: Framework, sent: Mapping[Key, Sent]) -> None:
    given: dict[str, dict[str, Any]] = {kind: {} for kind in Version.Kind}
    for (kind, item), entry in sent.items():
        if entry.value is not None:
            given[kind][item] = entry.value
    framework_answers.read(framework, given["answer"])
    wrong = [
        WrongAnswer(question, "no such question")
        for kind in ("level", "note")
        for question in given[kind]
        if question not in framework.asked
    ]
    levels = get_args(EvidenceLevel)
    wrong += [
        WrongAnswer(question, f"one of {', '.join(levels)}")
        for question, level in given["level"].items()
        if level not in levels
    ]
    wrong += [
        WrongAnswer(question, f"{NOTE_MAX:,} characters or fewer")
        for question, note in given["note"].items()
        if clean_text(note) != note or len(note) > NOTE_MAX
    ]
    for key, value in given["number"].items():
        try:
            numbers.check(key, value)
        except ValueError as error:
            wrong.append(WrongAnswer(key, str(error)))
    if wrong:
        raise WrongAnswers(wrong)


def _stored(audit: Audit, key: Key) -> Stored:
    kind, item = key
    return Stored.of(audit.entries(kind).get(item))


def _shown(audit: Audit, key: Key, sent: Sent) -> Callable[[], Any]:
    """Return how to look up the value that the page showed."""
    kind, item = key

    def look_up() -> Any:
        return (
            Version.objects.filter(
                audit=audit, kind=kind, item=item, number=sent.seen, set_aside=False
            )
            .values_list("value", flat=True)
            .first()
        )

    return look_up


def _put(audit: Audit, key: Key, value: Any, *, by: User, sender: Sender) -> Version:
    """Change an entry of the audit, and return the version to keep of it."""
    kind, item = key
    number = _stored(audit, key).version + 1
    now = timezone.now()
    audit.entries(kind)[item] = {
        "value": value,
        "version": number,
        "by": by.pk,
        "at": now.isoformat(timespec="seconds"),
        "tab": sender.tab,
        "seq": sender.seq,
    }
    return _version(audit, key, value, number, by)


def _aside(audit: Audit, key: Key, sent: Sent, *, by: User) -> Version:
    version = _version(audit, key, sent.value, sent.seen, by)
    version.set_aside = True
    return version


def _version(audit: Audit, key: Key, value: Any, number: int, by: User) -> Version:
    kind, item = key
    return Version(
        organization_id=audit.organization_id,
        audit=audit,
        kind=kind,
        item=item,
        number=number,
        value=value,
        by=by,
        at=timezone.now(),
    )


def _is_set_aside(audit: Audit, key: Key, sent: Sent, by: User) -> bool:
    """Return whether a page that tries again has had this set aside already."""
    kind, item = key
    waiting = Version.objects.filter(
        audit=audit, kind=kind, item=item, by=by, set_aside=True, settled=False
    )
    return any(version.value == sent.value for version in waiting)
