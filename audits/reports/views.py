"""Board papers and their annexes: request, wait, download."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_POST

from audits.access.audits import audit_for_viewing
from audits.access.members import MemberRequest, members_only
from audits.access.papers import report_for_viewing
from audits.limits import (
    DOWNLOADS,
    ORGANIZATION_PAPERS,
    PAPERS,
    PAPERS_A_DAY,
    Refusal,
    limited,
    too_many,
)
from audits.models import Report
from audits.pages import render_page
from audits.reports.downloads import download
from audits.reports.tasks import may_be_made_again, queue_report
from audits.reports.typesetting.branding import NOTHING_CUT
from audits.services.files.file_checks import problem_of
from audits.services.jobs.fair_queue import TooManyWaiting
from audits.services.papers.reports import (
    NotSubmitted,
    contradiction_unknown_to,
    is_current,
    is_to_be_made,
)
from audits.services.people.times_of_day import as_shown


@members_only
@require_POST
def request_paper(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Request the paper of a submitted audit; requesting twice gives the same one."""
    return _requested(request, audit_id, Report.Kind.PAPER)


@members_only
@require_POST
def request_annex(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Request the annex with all answers of a submitted audit, as its paper is."""
    return _requested(request, audit_id, Report.Kind.ANNEX)


def _requested(request: MemberRequest, audit_id: UUID, kind: str) -> HttpResponse:
    audit = audit_for_viewing(request.membership, audit_id)
    back = reverse("result", args=[audit.pk])
    # A paper that exists costs nobody anything, so asking for it does not count.
    is_new = is_to_be_made(audit=audit, kind=kind)
    if is_new and (refusal := _too_often(request)):
        return too_many(request, refusal, back=back)
    try:
        report = queue_report(audit=audit, by=request.user, kind=kind)
    except NotSubmitted:
        return redirect("result", audit.pk)
    except TooManyWaiting as error:
        return too_many(request, Refusal(sentence=str(error)), back=back)
    if not is_new and report.state == Report.State.READY:
        messages.info(request, _same_file(report))
    return redirect("paper", report.pk)


@members_only
@require_GET
def paper(request: MemberRequest, report_id: UUID) -> HttpResponse:
    report = report_for_viewing(request.membership, report_id)
    if request.htmx and request.GET.get("state") == report.progress:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    problem = problem_of(report)
    context = {
        "report": report,
        "noun": report.noun,
        "again": reverse(f"request_{report.noun}", args=[report.audit_id]),
        "problem": problem,
        "is_current": is_current(report=report),
        "unaware": contradiction_unknown_to(report),
        "same_again": problem and may_be_made_again(report),
        "too_long": NOTHING_CUT in report.notice,
        "use_case": report.audit.use_case,
        "may_write": request.membership.may_contribute,
        "waiting": report.state in Report.WAITING,
    }
    return render_page(request, "reports/paper.html", context, partial="progress")


@members_only
@require_GET
@limited(DOWNLOADS)
def paper_file(request: MemberRequest, report_id: UUID) -> HttpResponseBase:
    report = report_for_viewing(request.membership, report_id)
    return download(request, report)


def _same_file(report: Report) -> str:
    """Say that a paper is the one that was made before."""
    made = as_shown(report.finished_at)
    is_today = made.date() == as_shown(timezone.now()).date()
    since = date_format(made, "H:i" if is_today else r"j F Y \a\t H:i")
    return f"Nothing changed since {since}: this is the same file."


def _too_often(request: MemberRequest) -> Refusal | None:
    """Count one more paper of a person and of their organization."""
    return (
        PAPERS.refusal(request.user.pk)
        or PAPERS_A_DAY.refusal(request.user.pk)
        or ORGANIZATION_PAPERS.refusal(request.membership.organization_id)
    )
