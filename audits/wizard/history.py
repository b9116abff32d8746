"""Who answered what, and giving an answer a value again that it once had."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from audits.access.audits import version_for_editing
from audits.access.members import MemberRequest, members_only
from audits.models import Audit, Version
from audits.services.answers.answers import AuditLocked, restore_version
from audits.services.answers.merging import Stored
from audits.services.verdicts.assessments import framework_of
from audits.wizard.conflicts import show_conflicts
from audits.wizard.pages import question_url
from audits.wizard.senders import sender_of, whole
from audits.wizard.words import words_of

_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One version of an entry; `seen` is the number of the one that counts."""

    version: Version
    kind: str
    words: str
    is_current: bool
    seen: int


def history_of(audit: Audit, question: str) -> list[Line]:
    """Return the versions of an answer, its level and its note, the newest first."""
    framework = framework_of(audit)
    versions = (
        Version.objects.filter(audit=audit, item=question)
        .exclude(kind=Version.Kind.NUMBER)
        .select_related("by")[:_MOST]
    )
    lines = []
    for version in versions:
        entry = audit.entries(version.kind).get(question)
        seen = Stored.of(entry).version
        line = Line(
            version=version,
            kind=version.get_kind_display(),
            words=words_of(framework, version.kind, question, version.value),
            is_current=not version.set_aside and seen == version.number,
            seen=seen,
        )
        lines.append(line)
    return lines


@members_only
@require_POST
def restore(request: MemberRequest, version_id: UUID) -> HttpResponse:
    version = version_for_editing(request.membership, version_id)
    seen, sender = whole(request.POST.get("seen", "")), sender_of(request)
    try:
        saved = restore_version(
            version=version, by=request.user, seen=seen, sender=sender
        )
    except AuditLocked:
        return redirect("result", version.audit_id)
    if saved.that("conflict"):
        return show_conflicts(request, saved.audit, status=409)
    return redirect(question_url(version.audit, version.item))
