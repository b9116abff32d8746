"""Who answered what, and giving an answer a value again that it once had."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from audits.access import MemberRequest, members_only, version_for_editing
from audits.models import Audit, Version
from audits.services.answers import AuditLocked, restore_version
from audits.services.assessments import framework_of
from audits.services.merging import Stored
from audits.wizard.pages import question_url
from audits.wizard.words import words_of

_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One version of an entry, in words."""

    version: Version
    kind: str
    words: str
    is_current: bool


def history_of(audit: Audit, question: str) -> list[Line]:
    """Return the versions of an answer, its level and its note, the newest first."""
    framework = framework_of(audit)
    versions = (
        Version.objects.filter(audit=audit, item=question)
        .exclude(kind=Version.Kind.NUMBER)
        .select_related("by")[:_MOST]
    )
    return [
        Line(
            version=version,
            kind=version.get_kind_display(),
            words=words_of(framework, version.kind, question, version.value),
            is_current=not version.set_aside
            and Stored.of(audit.entries(version.kind).get(question)).version
            == version.number,
        )
        for version in versions
    ]


@members_only
@require_POST
def restore(request: MemberRequest, version_id: UUID) -> HttpResponse:
    version = version_for_editing(request.membership, version_id)
    try:
        restore_version(version=version, by=request.user)
    except AuditLocked:
        return redirect("result", version.audit_id)
    return redirect(question_url(version.audit, version.item))
