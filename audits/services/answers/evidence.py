"""Adds and removes links and files behind an answer."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from audits.checked_files import digest_of
from audits.models import (
    Audit,
    Evidence,
    Organization,
    ProofFile,
    RemovedEvidence,
    ResultsCheck,
    ResultsFile,
    UsageUpload,
    User,
)
from audits.models.evidence import MEGABYTE, stored_name
from audits.services.answers.answers import AuditLocked, locked_audit
from audits.services.answers.levels import mark_shown
from audits.services.people.mails import mail_removed
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.verdicts.assessments import (
    SCORE_FIELDS,
    assess_today,
    framework_of,
    store_score,
)
from audits.uploads.attachments import links, names
from audits.uploads.attachments.reading import kind_of

NOT_STORED = (
    "The file could not be stored, so nothing was added. Try again later. If it fails "
    "again, tell an administrator"
)


# What stays of removed evidence.
_STAYS = (
    *("organization", "audit", "question", "link", "name", "media_type", "size"),
    *("digest", "added_by", "added_at"),
)
# The most links and files behind one answer.
MOST_BEHIND = 100


class QuotaFull(Exception):  # noqa: N818 - the state it is in, not a fault
    """There is no room for it; says so in words for people."""


class AlreadyThere(Exception):  # noqa: N818 - the state it is in, not a fault
    """The answer already has this link or file; says so in words for people."""


class NotStored(Exception):  # noqa: N818 - the state it is in, not a fault
    """The file could not be written; the message is for people."""


@transaction.atomic
def add_link(
    *, audit: Audit, by: User, question: str, link: str, name: str
) -> Evidence:
    """Add a link behind the answer to a question.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who adds it.
        question: The question's id.
        link: An http or https address.
        name: Its name; empty for the address itself.

    Returns:
        The link; or the one that the same person has added by the same form.

    Raises:
        AuditLocked: The audit is not a draft.
        LookupError: Its framework has no such question.
        RefusedLinkError: The link is refused.
        AlreadyThere: The answer has it, by somebody else or under another name.
        QuotaFull: The answer has as many links and files as it may have.
    """
    audit = _draft(audit, question)
    link = links.checked_link(link)
    evidence = Evidence(
        organization=audit.organization,
        audit=audit,
        question=question,
        link=link,
        name=names.cleaned_label(name) or names.cleaned_label(link.split("//", 1)[1]),
        added_by=by,
        given_for=_answer(audit, question),
    )
    if there := _repeated(evidence):
        return there
    _require_few(audit, question)
    evidence.save(force_insert=True)
    _record(evidence, by, "evidence.added", kind="link")
    _score_again(audit)
    return evidence


def add_file(
    *, audit: Audit, by: User, question: str, upload: "File[bytes]"
) -> Evidence:
    """Add a file behind the answer to a question.

    The file is stored before the transaction begins, so that no row is locked while
    it is written; it is discarded if the transaction fails.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who adds it.
        question: The question's id.
        upload: The file, with the name that the person gave it.

    Returns:
        The file; or the one that the same person has added by the same form.

    Raises:
        AuditLocked: The audit is not a draft.
        LookupError: Its framework has no such question.
        RefusedUploadError: The file is not accepted.
        BusyError: Other files are being read.
        AlreadyThere: The answer has it, by somebody else or under another name.
        QuotaFull: The organization has no room for it, or the answer has as many
            links and files as it may have.
        NotStored: It could not be written.
    """
    if not audit.is_draft:
        raise AuditLocked
    name = names.cleaned_file_name(upload.name or "")
    kind = kind_of(upload, name, settings.EVIDENCE_MAX_BYTES)
    evidence = Evidence(
        organization=audit.organization,
        audit=audit,
        question=question,
        name=name,
        media_type=kind.media_type,
        size=upload.size,
        digest=digest_of(upload),
        added_by=by,
    )
    if there := _repeated(evidence):
        return there
    _require_room(evidence)
    with (
        stored_upload(evidence, stored_name(evidence, ""), upload) as discard,
        transaction.atomic(),
    ):
        locked = _draft(audit, question)
        evidence.given_for = _answer(locked, question)
        if there := _repeated(evidence):
            discard()
            return there
        _require_few(audit, question)
        # Two uploads at once take turns, so that together they keep the quota.
        Organization.objects.select_for_update(no_key=True).get(
            pk=evidence.organization_id
        )
        _require_room(evidence)
        evidence.save(force_insert=True)
        _record(evidence, by, "evidence.added", kind="file", sha256=evidence.digest)
        _score_again(locked)
    return evidence


@transaction.atomic
def take_for_this_answer(*, evidence: Evidence, by: User) -> None:
    """Take a link or file that was given for the earlier answer for the current one.

    Raises:
        AuditLocked: The audit is not a draft.
    """
    audit = _draft(evidence.audit, evidence.question)
    if not evidence.is_for_another_answer(audit):
        return
    evidence.given_for = _answer(audit, evidence.question)
    evidence.save(update_fields=["given_for"])
    _record(evidence, by, "evidence.taken_for_answer")
    _score_again(audit)


def for_other_answers(audit: Audit) -> list[Evidence]:
    """Return the links and files that were given for an earlier answer."""
    found = Evidence.objects.filter(audit=audit).select_related("added_by")
    return [each for each in found if each.is_for_another_answer(audit)]


def _answer(audit: Audit, question: str) -> Any:
    return audit.answers.get(question, {}).get("value")


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> None:
    """Remove a link, or a file and its content; doing so twice has no further effect.

    The content stays as long as another audit has the file, too.

    Who removed it, when, and what it was stay for everybody to read.

    Raises:
        AuditLocked: The audit is not a draft.
    """
    audit = _draft(evidence.audit, evidence.question)
    found = Evidence.objects.filter(pk=evidence.pk).first()
    if found is None:
        return
    # The row is gone, so only this line and what members see tell what it was.
    _record(found, by, "evidence.removed", added_by=found.added_by_id, **found.told)
    removed = RemovedEvidence.objects.create(
        was=found.pk,
        removed_by=by,
        **{name: getattr(found, name) for name in _STAYS},
    )
    if found.added_by_id != by.pk:
        mail_removed.enqueue(str(removed.organization_id), removed.pk)
    found.delete()
    name = found.file.name
    # The audit that this one follows may have the same file.
    if name and not Evidence.objects.filter(file=name).exists():
        discard = partial(default_storage.delete, name)
        transaction.on_commit(discard, robust=True)
    _score_again(audit)


@transaction.atomic
def mark_again(audit: Audit) -> None:
    """Let each answer of a draft count as what its links and files show now.

    A mark may be older than an answer; nothing is written where all are right.

    Args:
        audit: The audit; its row is read again and locked.
    """
    audit = locked_audit(audit)
    if audit.is_draft:
        _score_again(audit)


def _score_again(audit: Audit) -> None:
    """Let an answer count as documented as long as it has a link or file."""
    before = audit.inputs.levels
    if mark_shown(audit, again=True).inputs.levels == before:
        return
    assessment = assess_today(audit, open_only=True)
    store_score(audit, assessment)
    audit.revision += 1
    audit.save(update_fields=["levels", "revision", *SCORE_FIELDS])
    update_portfolio_row(audit, assessment)


def evidence_behind(audit: Audit) -> list[dict[str, str]]:
    """Return what is behind the answers of an audit, in a fixed order.

    A review keeps it, so that it can be told later what a signature saw.
    """
    found = Evidence.objects.filter(audit=audit).order_by("question", "added_at", "pk")
    return [
        {
            "question": item.question,
            **item.told,
            "added_at": item.added_at.isoformat(timespec="seconds"),
        }
        for item in found
    ]


def digest_of_evidence(behind: list[dict[str, str]]) -> str:
    """Return the SHA-256 of such a list, which the record stores."""
    text = json.dumps(behind, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _draft(audit: Audit, question: str) -> Audit:
    locked: Audit = (
        Audit.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .get(pk=audit.pk)
    )
    if not locked.is_draft:
        raise AuditLocked
    if question not in framework_of(locked).question_by_id:
        message = f"no such question: {question}"
        raise LookupError(message)
    return locked


def _repeated(evidence: Evidence) -> Evidence | None:
    """Return the same evidence of the same person: the form was sent twice.

    Raises:
        AlreadyThere: It is there, but not by this form.
    """
    behind = Evidence.objects.behind(evidence.audit, evidence.question)
    there = behind.filter(link=evidence.link, digest=evidence.digest).first()
    if there is None:
        return None
    is_own = there.added_by_id == evidence.added_by_id
    if is_own and there.name == evidence.name:
        return there
    what = "link" if evidence.link else "file"
    who = "You have" if is_own else f"{there.added_by} has"
    message = f"{who} already added this {what} to this answer, as “{there.name}”"
    raise AlreadyThere(message)


def _require_few(audit: Audit, question: str) -> None:
    if Evidence.objects.behind(audit, question).count() >= MOST_BEHIND:
        message = (
            f"This answer has {MOST_BEHIND} links and files, which is as many as it "
            f"may have. Remove one that you no longer need, then add this one"
        )
        raise QuotaFull(message)


def _require_room(evidence: Evidence) -> None:
    require_room(evidence.organization_id, evidence.size)


def require_room(organization: UUID, size: int) -> None:
    """Require that an organization has room for a file, or for what was read of one.

    Raises:
        QuotaFull: It has not.
    """
    used = sum(
        model.objects.filter(organization=organization).total_size()
        for model in (Evidence, ProofFile, ResultsCheck, ResultsFile, UsageUpload)
    )
    if used + size > settings.EVIDENCE_QUOTA:
        message = (
            f"Your organization uses {_megabytes(used)} of its "
            f"{_megabytes(settings.EVIDENCE_QUOTA)} MB for files, and this file needs "
            f"{_megabytes(size)} MB. Ask an administrator for more space, or "
            f"remove files you no longer need"
        )
        raise QuotaFull(message)


def _megabytes(size: int) -> str:
    return f"{round(size / MEGABYTE, 1):,g}"


@contextmanager
def stored_upload(
    owner: Evidence | ProofFile, name: str, upload: "File[bytes]"
) -> Iterator[Callable[[], None]]:
    """Store the file of a row; leave none behind if this, or the next step, fails.

    Yields how to discard the file, if it is not needed.
    """

    def discard() -> None:
        with suppress(OSError):
            default_storage.delete(name)

    try:
        name = default_storage.save(name, upload)
        owner.file = name
        yield discard
    except BaseException as error:
        discard()
        if isinstance(error, OSError):
            raise NotStored(NOT_STORED) from error
        raise


def _record(evidence: Evidence, by: User, verb: str, **details: str | int) -> None:
    events.record(
        organization=evidence.organization,
        actor=by,
        verb=verb,
        subject=str(evidence.pk),
        audit=str(evidence.audit_id),
        question=evidence.question,
        **details,
    )
