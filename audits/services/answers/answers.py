"""Saves what people answer: no answer is lost, and none is overwritten unseen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audits.models import Audit, User, Version
from audits.scoring import Assessment
from audits.services.answers.answer_requests import close_answered
from audits.services.answers.entry_checks import Key, checked_entries
from audits.services.answers.merging import Outcome, Sender, Sent, Stored, merge
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.verdicts.assessments import (
    SCORE_FIELDS,
    assess_today,
    framework_of,
    store_score,
)


class AuditLocked(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit was submitted, so its answers may not change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The audit after a save, what became of each entry, and the verdict now."""

    audit: Audit
    sent: Mapping[Key, Sent]
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
        audit: The audit; its row is read again.
        by: Who answers.
        answers: Question id to a value as JSON has it; None takes the answer back.

    Raises:
        AuditLocked: The audit is not a draft.
        WrongAnswers: A value does not fit its question; nothing is saved.
    """
    sent = {("answer", q): Sent(value=value) for q, value in answers.items()}
    audit = fresh_audit(audit)
    saved = save_entries(audit=audit, by=by, sent=sent, sender=Sender())
    return saved.audit, saved.assessment


def save_entries(
    *, audit: Audit, by: User, sent: Mapping[Key, Sent], sender: Sender
) -> Saved:
    """Save entries and score the audit anew; other entries stay as they are.

    What somebody else changed in the meantime is not overwritten: the value that was
    sent is set aside as a version of its own, until its author chooses. So is what a
    page sends to an audit that is locked. What was overtaken is kept in the history.

    No row is locked while the verdict is worked out. If somebody else saved since the
    audit was read, it is read again, and all is done anew.

    Args:
        audit: The audit as it was just read.
        by: Who answers.
        sent: Kind ("answer", "level", "number" or "note") and question or number, to
            what is sent; a value of None takes the entry back.
        sender: The tab that sends.

    Raises:
        AuditLocked: The audit is not a draft; what the page changed is set aside.
        WrongAnswers: A value does not fit; nothing is saved.
    """
    while True:
        sent = checked_entries(framework_of(audit), sent)
        if not audit.is_draft:
            _keep_of_locked(audit, by, sent, sender)
            raise AuditLocked
        try:
            return _save(audit, by, sent, sender)
        except _OvertakenError:
            audit = fresh_audit(audit)


class _OvertakenError(Exception):
    """Somebody else saved since the audit was read."""


@transaction.atomic
def _save(audit: Audit, by: User, sent: Mapping[Key, Sent], sender: Sender) -> Saved:
    verdict_before = audit.verdict
    outcomes = _outcomes(audit, sent, sender)
    changed = [key for key, outcome in outcomes.items() if outcome == "saved"]
    versions = [
        put_entry(audit, key, sent[key].value, by=by, sender=sender) for key in changed
    ]
    versions += _aside(audit, by, sent, outcomes, sender)
    assessment = assess_today(audit, open_only=True)
    if changed:
        store_score(audit, assessment)
        _write(audit, {f"{kind}s" for kind, _ in changed})
        update_portfolio_row(audit, assessment)
    if versions:
        _settle_older(versions)
        Version.objects.bulk_create(versions)
    if changed and getattr(audit, "has_open_asks", True):
        close_answered(audit=audit, by=by)
    return Saved(
        audit=audit,
        sent=sent,
        outcomes=outcomes,
        assessment=assessment,
        verdict_changed=audit.verdict != verdict_before,
    )


def _outcomes(
    audit: Audit, sent: Mapping[Key, Sent], sender: Sender
) -> dict[Key, Outcome]:
    return {
        key: merge(_stored(audit, key), entry, sender, _shown(audit, key, entry))
        for key, entry in sent.items()
    }


def _keep_of_locked(
    audit: Audit, by: User, sent: Mapping[Key, Sent], sender: Sender
) -> None:
    """Set aside what a page changed while somebody submitted the audit."""
    if not sender.tab:
        return
    outcomes: dict[Key, Outcome] = {
        key: "conflict"
        for key, outcome in _outcomes(audit, sent, sender).items()
        if outcome not in ("same", "kept")
    }
    Version.objects.bulk_create(_aside(audit, by, sent, outcomes, sender))


def _write(audit: Audit, documents: set[str]) -> None:
    """Write what was changed, unless somebody else wrote since the audit was read."""
    fields = {name: getattr(audit, name) for name in (*documents, *SCORE_FIELDS)}
    as_read = Audit.objects.filter(
        pk=audit.pk, revision=audit.revision, state=Audit.State.DRAFT
    )
    audit.revision += 1
    if not as_read.update(**fields, revision=audit.revision):
        raise _OvertakenError


def settle_conflict(
    *, version: Version, by: User, chosen: Sent | None, sender: Sender
) -> Saved | None:
    """Choose between an answer that was set aside and the current one.

    Args:
        version: The one that was set aside; both stay in the history.
        by: Its author.
        chosen: What counts from now on, on the version that the author compared it
            with; None if the current one does.
        sender: The page on which it was chosen.

    Returns:
        What became of the chosen value. If the entry has changed again since, that is
        a conflict: the value is set aside and nothing is settled.

    Raises:
        AuditLocked: The audit is not a draft any more; the value is set aside.
    """
    saved = None
    if chosen is not None:
        sent = {(version.kind, version.item): chosen}
        audit = fresh_audit(version.audit)
        saved = save_entries(audit=audit, by=by, sent=sent, sender=sender)
        if saved.that("conflict"):
            return saved
    # Only this one: others may have been set aside after the page was shown.
    waiting_versions(version.audit, by).filter(pk=version.pk).update(settled=True)
    return saved


def waiting_versions(audit: Audit, by: User) -> QuerySet[Version]:
    """Return what was set aside of a person's answers, until they choose."""
    return Version.objects.filter(audit=audit, by=by, set_aside=True, settled=False)


@transaction.atomic
def restore_version(*, version: Version, by: User, seen: int, sender: Sender) -> Saved:
    """Give an entry the value of one of its versions again, as a new version.

    Args:
        version: The one to restore.
        by: Who restores it.
        seen: The number of the version that counted when the history was shown. If
            another one counts by now, the restored value is set aside.
        sender: The page on which it was chosen.

    Raises:
        AuditLocked: The audit is not a draft.
    """
    key = (version.kind, version.item)
    sent = {key: Sent(value=version.value, seen=seen)}
    audit = fresh_audit(version.audit)
    return save_entries(audit=audit, by=by, sent=sent, sender=sender)


def fresh_audit(audit: Audit) -> Audit:
    """Return an audit read again."""
    fresh: Audit = Audit.objects.select_related(
        "organization", "use_case", "portfolio_row"
    ).get(pk=audit.pk)
    return fresh


def locked_audit(audit: Audit) -> Audit:
    """Return an audit read again, its row locked until the transaction ends.

    Where it stands is read when it is asked for: rows that are joined to a row one has
    to wait for are as they were before the wait.
    """
    locked: Audit = (
        Audit.objects.select_for_update(of=("self",))
        .select_related("organization", "use_case")
        .get(pk=audit.pk)
    )
    return locked


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


def put_entry(
    audit: Audit, key: Key, value: Any, *, by: User, sender: Sender
) -> Version:
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


def _aside(
    audit: Audit,
    by: User,
    sent: Mapping[Key, Sent],
    outcomes: Mapping[Key, Outcome],
    sender: Sender,
) -> list[Version]:
    """Return the versions to keep of what did not come to count.

    Of what was overtaken nobody has to choose: its page has sent something newer.
    """
    versions = []
    for key, outcome in outcomes.items():
        if outcome not in ("conflict", "late"):
            continue
        version = _version(audit, key, sent[key].value, sent[key].seen, by)
        version.set_aside, version.settled = True, outcome == "late"
        version.tab = sender.tab
        if not _is_kept(version):
            versions.append(version)
    return versions


def _settle_older(versions: list[Version]) -> None:
    """Let of what a page sends again and again only the newest wait for a choice.

    A page stays on the version that it knew until its author has chosen, so what is
    typed meanwhile is set aside each time. All of it stays in the history. What another
    window of the same person sent is no older state of this page: it waits for itself.
    """
    for new in versions:
        if new.set_aside and not new.settled:
            waiting_versions(new.audit, new.by).filter(
                kind=new.kind, item=new.item, number=new.number, tab=new.tab
            ).update(settled=True)


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


def _is_kept(new: Version) -> bool:
    """Return whether a page that tries again has had this set aside already."""
    kept = Version.objects.filter(
        audit=new.audit,
        kind=new.kind,
        item=new.item,
        by=new.by,
        set_aside=True,
        settled=new.settled,
        tab=new.tab,
    )
    return any(version.value == new.value for version in kept)
