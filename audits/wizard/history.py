"""Who answered what, and giving an entry a value again that it once had."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audits.access.audits import audit_for_editing, version_to_restore
from audits.access.members import MemberRequest, members_only
from audits.limits import SAVES, limited
from audits.models import Audit, RemovedEvidence, ResultsFile, Version
from audits.models.evidence import MOST_SHOWN
from audits.scoring.numbers.currency import KEY
from audits.scoring.proposals.proposal import DOLLARS
from audits.services.answers.answers import AuditLocked, restore_version
from audits.services.answers.merging import Stored
from audits.services.answers.words import currency_then, label_of, words_of
from audits.services.verdicts.assessments import framework_of
from audits.wizard.conflicts import (
    compared_level,
    show_conflicts,
    tell_level_taken,
    tell_unchanged,
)
from audits.wizard.forms.senders import sender_of, whole
from audits.wizard.pages import question_page, question_url

_A_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One version of an entry.

    `seen` is the number of the current one, and `level_seen` that of its level. `file`
    is the results file that a candidate is from. `is_as_now` says that its value is
    that of the current one.
    """

    version: Version
    label: str
    words: str
    is_current: bool
    seen: int
    level_seen: int
    file: ResultsFile | None = None
    is_as_now: bool = False

    @property
    def can_be_restored(self) -> bool:
        """Whether it may be given again, and is not what counts already.

        The results of candidates never are.
        """
        return not self.is_as_now and self.version.kind != Version.Kind.CANDIDATE


def history_of(audit: Audit, question: str) -> tuple[list[Line], bool]:
    """Return the latest versions of an answer, its level and its note.

    Returns:
        The versions, the newest first, and whether there are older ones.
    """
    latest = list(_of_question(audit, question)[: _A_PAGE + 1])
    return [_line(audit, version) for version in latest[:_A_PAGE]], bool(
        latest[_A_PAGE:]
    )


def removed_evidence(audit: Audit, question: str) -> dict[str, Any]:
    """Return the latest links and files removed from an answer, for its pages."""
    found = list(RemovedEvidence.objects.behind(audit, question)[: MOST_SHOWN + 1])
    return {
        "removed": found[:MOST_SHOWN],
        "removed_from": question,
        "has_more_removed": len(found) > MOST_SHOWN,
    }


@members_only
@require_GET
def question_history(
    request: MemberRequest, audit_id: UUID, question_id: str
) -> HttpResponse:
    """Show every version of an answer, its level and its note."""
    audit = audit_for_editing(request.membership, audit_id)
    page = question_page(audit, question_id)
    found = _of_question(audit, question_id)
    removed = removed_evidence(audit, question_id)
    return _show(request, audit, found, page.title, page.url, **removed)


@members_only
@require_GET
def number_history(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show every version of every number."""
    audit = audit_for_editing(request.membership, audit_id)
    found = _versions(audit).filter(kind=Version.Kind.NUMBER)
    return _show(request, audit, found, "Numbers", reverse("numbers", args=(audit.pk,)))


@members_only
@require_GET
def candidate_history(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show every version of every candidate, with the results file that it is from."""
    audit = audit_for_editing(request.membership, audit_id)
    found = _versions(audit).filter(kind=Version.Kind.CANDIDATE)
    back = reverse("candidates", args=(audit.pk,))
    return _show(request, audit, found, "Test results", back)


def _show(
    request: MemberRequest,
    audit: Audit,
    found: QuerySet[Version],
    title: str,
    back: str,
    **more: Any,
) -> HttpResponse:
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    changes = [*_versions(audit).filter(item=KEY)] if KEY in audit.numbers else []
    files = _files_of(audit, page)
    if not audit.is_draft:
        back = reverse("submission", args=(audit.pk,))
    context = {
        "audit": audit,
        "nav": "use_cases",
        "title": title,
        "back": back,
        "page": page,
        "history": [
            replace(
                _line(audit, version, currency_then(changes, version)),
                file=files.get(version.pk),
            )
            for version in page
        ],
        **more,
    }
    return render(request, "wizard/submission/history.html", context)


def _files_of(audit: Audit, versions: Iterable[Version]) -> dict[int, ResultsFile]:
    """Return the results files that candidates are from, by the ids of the versions."""
    digests = {
        version.pk: version.value.get("sha256")
        for version in versions
        if version.kind == Version.Kind.CANDIDATE and version.value
    }
    if not digests:
        return {}
    own = ResultsFile.objects.filter(use_case=audit.use_case_id)
    files = {each.digest: each for each in own.filter(digest__in=digests.values())}
    return {pk: files[digest] for pk, digest in digests.items() if digest in files}


def _versions(audit: Audit) -> QuerySet[Version]:
    return Version.objects.filter(audit=audit).select_related("by")


def _of_question(audit: Audit, question: str) -> QuerySet[Version]:
    return _versions(audit).filter(item=question).exclude(kind=Version.Kind.NUMBER)


def _line(audit: Audit, version: Version, currency: str = DOLLARS) -> Line:
    framework, kind, item = framework_of(audit), version.kind, version.item
    now = Stored.of(audit.entries(kind).get(item))
    return Line(
        version=version,
        label=label_of(framework, kind, item)
        if kind in (Version.Kind.NUMBER, Version.Kind.CANDIDATE)
        else version.get_kind_display(),
        words=words_of(framework, kind, item, version.value, currency),
        is_current=not version.set_aside and now.version == version.number,
        is_as_now=now.value == version.value,
        seen=now.version,
        level_seen=Stored.of(audit.levels.get(item)).version,
    )


@members_only
@require_POST
@limited(SAVES)
def restore(request: MemberRequest, version_id: UUID) -> HttpResponse:
    version = version_to_restore(request.membership, version_id)
    seen, sender = whole(request.POST.get("seen", "")), sender_of(request)
    try:
        saved = restore_version(
            version=version,
            by=request.user,
            seen=seen,
            level_seen=compared_level(request, version),
            sender=sender,
        )
    except AuditLocked:
        return redirect("result", version.audit_id)
    if saved.that("conflict"):
        return show_conflicts(request, saved.audit, status=409)
    tell_unchanged(request, saved, then="Nothing was restored.")
    tell_level_taken(request, saved)
    if version.kind == Version.Kind.NUMBER:
        return redirect("number_history", version.audit_id)
    return redirect(question_url(version.audit, version.item))
