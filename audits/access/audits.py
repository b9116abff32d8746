"""Audits and the versions of their answers."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast
from django.http import Http404

from audits.access.inbox import with_inbox_state
from audits.access.members import require_contributor
from audits.access.owned import owned
from audits.models import Audit, AuditQuerySet, Evidence, Membership, User, Version
from audits.models.inbox import sources as inbox
from audits.models.queries.written_once import written_once

# What a page with notices does not read; the months it reads as text.
_NOT_READ = (
    "assessment",
    "notes",
    "outcome__months",
    "outcome__counts",
    "outcome__left_out",
)


def audit_for_viewing(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit of the member's organization, or raise Http404."""
    found = next(iter(_with_use_case(pk=audit_id)), None)
    return owned(member, found, "audit")


def list_of(person: User, audit: Audit) -> str:
    """Return the list that pages of an audit belong to: the person's own, or all."""
    return "use_cases" if audit.use_case.owner_id == person.pk else "portfolio"


def audit_with_notices(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit for a page, with what else the page has to say."""
    found = next(iter(_with_notices(pk=audit_id, reader=member.user)), None)
    return owned(member, with_inbox_state(member, found), "audit")


def audit_for_editing(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit the member may answer; 403 for a member who may only read."""
    audit = audit_for_viewing(member, audit_id)
    require_contributor(member)
    return audit


def audit_for_answering(member: Membership, audit_id: UUID) -> Audit:
    """Return the same for a page that only shows it, with what the page counts."""
    found = next(iter(_with_numbers(pk=audit_id, reader=member.user)), None)
    audit = owned(member, with_inbox_state(member, found), "audit")
    require_contributor(member)
    return audit


def audit_for_saving(member: Membership, audit_id: UUID) -> Audit:
    """Return the same, with no more than saving an answer needs."""
    found = next(iter(_with_open_asks(pk=audit_id)), None)
    audit = owned(member, found, "audit")
    require_contributor(member)
    return audit


def signed_audit(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit that was signed off once, or raise Http404."""
    audit = audit_for_viewing(member, audit_id)
    if audit.signed_off_at is None:
        message = "No such signed audit"
        raise Http404(message)
    return audit


def signed_audit_for_files(member: Membership, audit_id: UUID) -> Audit:
    """Return the same for a member who may add files to it; 403 for a reader."""
    audit = signed_audit(member, audit_id)
    require_contributor(member)
    return audit


def audit_for_review(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit the member may review; 403 for a member who is not a reviewer."""
    audit = audit_for_viewing(member, audit_id)
    if not member.may_review:
        message = (
            "Only a reviewer can sign off. Ask an administrator for the reviewer role."
        )
        raise PermissionDenied(message)
    return audit


def audit_for_opinion(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit for a second opinion; 403 for a member who is not a reviewer."""
    audit = audit_for_viewing(member, audit_id)
    if not member.may_review:
        message = "Only a reviewer gives a second opinion."
        raise PermissionDenied(message)
    return audit


def audit_to_override(member: Membership, audit_id: UUID) -> Audit:
    """Return a signed audit whose verdict the member may override; else 404 or 403."""
    audit = signed_audit(member, audit_id)
    if not member.may_review:
        message = (
            "Only a reviewer can override a verdict. Ask an administrator for the "
            "reviewer role."
        )
        raise PermissionDenied(message)
    return audit


def version_for_editing(member: Membership, version_id: UUID) -> Version:
    """Return a version of an answer in the member's organization, or raise Http404."""
    version = (
        Version.objects.select_related("audit__use_case", "audit__organization")
        .filter(public_id=version_id)
        .first()
    )
    version = owned(member, version, "answer")
    require_contributor(member)
    return version


def version_to_restore(member: Membership, version_id: UUID) -> Version:
    """Return a version that may be restored, or raise Http404.

    Results of candidates never are: an earlier one does not know what was changed.
    """
    version = version_for_editing(member, version_id)
    if version.kind == Version.Kind.CANDIDATE:
        message = "Results of candidates are not restored"
        raise Http404(message)
    return version


def set_aside_version(member: Membership, version_id: UUID) -> Version:
    """Return a version that waits for this member to choose, or raise Http404."""
    version = version_for_editing(member, version_id)
    if not version.set_aside or version.by_id != member.user_id:
        message = "No such answer"
        raise Http404(message)
    return version


@written_once
def _with_use_case(*, pk: UUID) -> AuditQuerySet:
    return Audit.objects.with_use_case().filter(pk=pk)


@written_once
def _with_numbers(*, pk: UUID, reader: User) -> AuditQuerySet:
    audits = Audit.objects.with_use_case().with_open_asks().filter(pk=pk)
    behind = Evidence.objects.filter(audit=OuterRef("pk")).questions_text()
    counted = audits.with_numbers(reader, inbox.state())
    return counted.annotate(questions_with_evidence=behind)


@written_once
def _with_notices(*, pk: UUID, reader: User) -> AuditQuerySet:
    audits = Audit.objects.with_use_case().with_notices(reader, inbox.state())
    audits = audits.select_related("outcome").defer(*_NOT_READ)
    text = Cast("outcome__months", TextField())
    return audits.annotate(months_text=text).filter(pk=pk)


@written_once
def _with_open_asks(*, pk: UUID) -> AuditQuerySet:
    audits = Audit.objects.with_open_asks().select_related("portfolio_row")
    return audits.filter(pk=pk)
