"""Saves answers: none is lost, and none is overwritten unseen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from audits.models import Audit, User, Version
from audits.models.queries.written_once import written_once
from audits.scoring import Assessment
from audits.services.answers.amounts import with_their_currency
from audits.services.answers.entry_checks import Key, checked_entries
from audits.services.answers.levels import (
    is_fault_counted_again,
    mark_shown,
    without_old_levels,
)
from audits.services.answers.merging import (
    Outcome,
    Sender,
    Sent,
    Stored,
    merge,
    merge_pair,
)
from audits.services.answers.overruled import (
    given_back,
    keep_overruled,
    taken_back,
)
from audits.services.answers.putting import put_entry
from audits.services.answers.set_aside import (
    keep_versions,
    level_with,
    set_aside,
    settle_repeated,
    waiting_versions,
)
from audits.services.discussion.answer_requests import close_answered
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
    """The audit after a save, the outcome of each entry, and the verdict now."""

    audit: Audit
    sent: Mapping[Key, Sent]
    outcomes: Mapping[Key, Outcome]
    assessment: Assessment
    verdict_changed: bool

    def that(self, *wanted: Outcome) -> list[Key]:
        """Return the entries with that outcome."""
        return [key for key, outcome in self.outcomes.items() if outcome in wanted]


def save_answers(
    *, audit: Audit, by: User, answers: Mapping[str, Any]
) -> tuple[Audit, Assessment]:
    """Save answers, replacing any others; for imports and the demo.

    Args:
        audit: The audit; its row is read again.
        by: Who answers.
        answers: Question id to a value as JSON has it; None withdraws the answer.

    Raises:
        AuditLocked: The audit is not a draft.
        WrongAnswers: A value does not fit its question; nothing is saved.
    """
    sent = {("answer", q): Sent(value=value) for q, value in answers.items()}
    audit = fresh_audit(audit)
    saved = save_entries(audit=audit, by=by, sent=sent, sender=Sender())
    return saved.audit, saved.assessment


def save_entries(
    *,
    audit: Audit,
    by: User,
    sent: Mapping[Key, Sent],
    sender: Sender,
    keeps_levels: bool = False,
) -> Saved:
    """Save entries and score the audit again; other entries do not change.

    It never overwrites what somebody else changed in the meantime: it sets the sent
    value aside as a separate version, until its author chooses. It does the same with
    values for a locked audit. Overtaken values stay in the history.

    It locks no row while it computes the verdict. If somebody else saved since the
    audit was read, it reads the audit again and starts over.

    Args:
        audit: The audit as it was just read.
        by: Who answers.
        sent: Kind ("answer", "level", "number", "note" or "candidate") and question,
            number or candidate, to the sent value; None withdraws the entry.
        sender: The tab that sends.
        keeps_levels: Whether the levels that are not sent are those of the answers.

    Raises:
        AuditLocked: The audit is not a draft; the page's changes are set aside.
        WrongAnswers: A value does not fit; nothing is saved.
    """
    while True:
        sent = checked_entries(framework_of(audit), sent)
        if not audit.is_draft:
            _keep_of_locked(audit, by, sent, sender)
            raise AuditLocked
        try:
            return _save(audit, by, sent, sender, keeps_levels=keeps_levels)
        except _OvertakenError:
            audit = fresh_audit(audit)


class _OvertakenError(Exception):
    """Somebody else saved since the audit was read."""


@transaction.atomic
def _save(
    audit: Audit,
    by: User,
    sent: Mapping[Key, Sent],
    sender: Sender,
    *,
    keeps_levels: bool,
) -> Saved:
    verdict_before = audit.verdict
    sent = _said(audit, sent)
    outcomes = _outcomes(audit, sent, sender)
    if not keeps_levels:
        sent, outcomes = without_old_levels(audit, sent, outcomes)
    changed = [key for key, outcome in outcomes.items() if outcome == "saved"]
    changed.sort(key=lambda key: key[0] != "answer")  # it keeps its level
    versions = [
        put_entry(audit, key, sent[key].value, by=by, sender=sender) for key in changed
    ]
    again = is_fault_counted_again(audit, changed)
    mark_shown(audit, again=again)
    settled = _settle_by_results(audit, by, sender) if changed else []
    versions += settled
    versions += set_aside(audit, by, sent, outcomes, sender)
    assessment = assess_today(mark_shown(audit), open_only=True)
    if changed:
        store_score(audit, assessment)
        kinds = {kind for kind, _ in changed} | {version.kind for version in settled}
        kinds |= {"level"} if again else set()
        _write(audit, {f"{kind}s" for kind in kinds})
        update_portfolio_row(audit, assessment)
    keep_versions(audit, versions)
    if changed and getattr(audit, "has_open_asks", True):
        close_answered(audit=audit, by=by)
    return Saved(
        audit=audit,
        sent=sent,
        outcomes=outcomes,
        assessment=assessment,
        verdict_changed=audit.verdict != verdict_before,
    )


def _settle_by_results(audit: Audit, by: User, sender: Sender) -> list[Version]:
    """Take back what results contradict, and give back what none contradicts now."""
    back = given_back(audit).items()
    versions = [put_entry(audit, key, x, by=by, sender=sender) for key, x in back]
    taken = taken_back(audit)
    versions += [put_entry(audit, key, None, by=by, sender=sender) for key in taken]
    keep_overruled(audit, taken)
    return versions


def _said(audit: Audit, sent: Mapping[Key, Sent]) -> dict[Key, Sent]:
    """Leave out what says nothing about the audit as it was just read."""
    return {
        key: entry
        for key, entry in sent.items()
        if entry.counts_against(_stored(audit, key))
    }


def _outcomes(
    audit: Audit, sent: Mapping[Key, Sent], sender: Sender
) -> dict[Key, Outcome]:
    outcomes = {
        key: merge(_stored(audit, key), entry, sender, _shown(audit, key, entry))
        for key, entry in sent.items()
    }
    for kind, item in sent:
        answer, level = ("answer", item), ("level", item)
        if kind == "level" and answer in sent:
            pair = merge_pair(outcomes[answer], outcomes[level])
            outcomes[answer], outcomes[level] = pair
    return with_their_currency(outcomes)


def _keep_of_locked(
    audit: Audit, by: User, sent: Mapping[Key, Sent], sender: Sender
) -> None:
    """Set aside what a page changed while somebody submitted the audit."""
    if not sender.tab:
        return
    sent = _said(audit, sent)
    found = _outcomes(audit, sent, sender)
    outcomes: dict[Key, Outcome] = {
        (kind, item): "conflict"
        for (kind, item), outcome in found.items()
        if outcome not in ("same", "kept")
        or (
            kind == "level"
            and found.get(("answer", item)) not in (None, "same", "kept")
        )
    }
    with transaction.atomic():
        versions = set_aside(audit, by, sent, outcomes, sender)
        keep_versions(audit, versions)


def _write(audit: Audit, documents: set[str]) -> None:
    """Write the changes, unless somebody else wrote since the audit was read."""
    # In one order, so equal changes are one statement in each process.
    names = (*sorted(documents), *SCORE_FIELDS)
    fields = {name: getattr(audit, name) for name in names}
    as_read = Audit.objects.filter(
        pk=audit.pk, revision=audit.revision, state=Audit.State.DRAFT
    )
    audit.revision += 1
    if not as_read.update(**fields, revision=audit.revision):
        raise _OvertakenError


def settle_conflict(
    *,
    version: Version,
    by: User,
    chosen: Sent,
    sender: Sender,
    level_seen: int = 0,
) -> Saved:
    """Choose an answer set aside, in place of the current one.

    An answer comes with the level that was given for it.

    Args:
        version: The answer set aside; both stay in the history.
        by: Its author.
        chosen: The value that counts from now on, based on the version that the author
            compared.
        sender: The page of the choice.
        level_seen: The version of the level shown beside the current answer.

    Returns:
        The outcome of the chosen value. If the entry has changed again since, that is a
        conflict: the value is set aside once more, and waits.

    Raises:
        AuditLocked: The audit is no longer a draft; the value is set aside.
    """
    # Only this one: others may have been set aside after the page was shown.
    this = waiting_versions(version.audit, by).filter(pk=version.pk)
    sent = {(version.kind, version.item): chosen}
    if level := level_with(version):
        sent["level", version.item] = Sent(value=level.value, seen=level_seen)
    elif version.kind == Version.Kind.ANSWER:
        sent["level", version.item] = Sent.no_level(level_seen)
    audit = fresh_audit(version.audit)
    try:
        saved = save_entries(audit=audit, by=by, sent=sent, sender=sender)
    except AuditLocked:
        settle_repeated(version)
        raise
    if saved.that("conflict"):
        settle_repeated(version)
    else:
        this.update(settled=True)
    return saved


@transaction.atomic
def keep_current(*, version: Version, by: User, seen: int, level_seen: int) -> bool:
    """Choose the current answer, in place of one set aside.

    Args:
        version: The answer set aside; both stay in the history.
        by: Its author.
        seen: The version of the current answer that the author compared.
        level_seen: The version of the level shown beside it.

    Returns:
        Whether it is still the current one; else the other waits on.
    """
    audit, item = locked_audit(version.audit), version.item
    level = _stored(audit, ("level", item)).version
    if seen != _stored(audit, (version.kind, item)).version or (
        version.kind == Version.Kind.ANSWER and level_seen != level
    ):
        return False
    waiting_versions(audit, by).filter(pk=version.pk).update(settled=True)
    return True


@transaction.atomic
def restore_version(
    *, version: Version, by: User, seen: int, level_seen: int, sender: Sender
) -> Saved:
    """Restore the value of an earlier version of an entry, as a new version.

    Args:
        version: The one to restore.
        by: Who restores it.
        seen: The number of the version that counted when the history was shown. If a
            different one counts now, the restored value is set aside.
        level_seen: The number of the level shown beside it. A restored answer is set
            aside too if a different one counts now.
        sender: The page on which it was chosen.

    Raises:
        AuditLocked: The audit is not a draft.
    """
    key = (version.kind, version.item)
    sent = {key: Sent(value=version.value, seen=seen)}
    if version.kind == Version.Kind.ANSWER:
        sent["level", version.item] = Sent.no_level(level_seen)
    audit = fresh_audit(version.audit)
    return save_entries(audit=audit, by=by, sent=sent, sender=sender)


def fresh_audit(audit: Audit) -> Audit:
    """Return an audit read again.

    Raises:
        Audit.DoesNotExist: It is no longer stored.
    """
    for fresh in _audit_as_stored(pk=audit.pk):
        return fresh
    raise Audit.DoesNotExist


@written_once
def _audit_as_stored(*, pk: Any) -> QuerySet[Audit]:
    related = ("organization", "use_case", "portfolio_row")
    return Audit.objects.select_related(*related).filter(pk=pk)


def locked_audit(audit: Audit) -> Audit:
    """Read an audit again, and lock its row until the transaction ends.

    Its use case is queried only on use: rows joined to a locked row show the state
    before the wait.
    """
    locked: Audit = (
        Audit.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization", "use_case")
        .get(pk=audit.pk)
    )
    return locked


def _stored(audit: Audit, key: Key) -> Stored:
    kind, item = key
    return Stored.of(audit.entries(kind).get(item))


def _shown(audit: Audit, key: Key, sent: Sent) -> Callable[[], Any]:
    """Return a function that finds the value that the page showed."""
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
