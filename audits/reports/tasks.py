"""Makes board papers in the background.

The Report row is the truth: whoever claims it makes the paper, and a task that is
run twice finds nothing to claim.
"""

import logging
from uuid import UUID

from django.db import transaction
from django.tasks import task
from django_scopes import scope, scopes_disabled

from audits.models import Audit, Organization, Report, User
from audits.reports.context import build_paper
from audits.reports.printing import PaperRefused, render_paper
from audits.services import reports

logger = logging.getLogger(__name__)


def queue_report(*, audit: Audit, by: User) -> Report:
    """Ask for a paper, and for a worker to make it, in one transaction.

    Raises:
        NotSubmitted: The audit is a draft.
    """
    with transaction.atomic():
        report, to_make = reports.request_report(audit=audit, by=by)
        if to_make:
            _enqueue(report)
    return report


def queue_overdue_again() -> int:
    """Queue every organization's papers again that nobody makes any more."""
    with scopes_disabled(), transaction.atomic():
        to_make = reports.take_back_overdue()
        for report in to_make:
            _enqueue(report)
    return len(to_make)


def remove_orphans() -> int:
    """Remove the files that no organization's paper names."""
    with scopes_disabled():
        return reports.remove_orphans()


@task
def make_report(organization_id: str, report_id: str) -> None:
    """Make one paper; a fault ends in a failed report with a reason, not in a retry."""
    with scopes_disabled():
        organization = Organization.objects.get(pk=UUID(organization_id))
    with scope(organization=organization):
        report = Report.objects.select_related(
            "audit__use_case__team", "audit__use_case__owner", "organization"
        ).get(pk=UUID(report_id))
        if reports.start_report(report=report):
            _make(report)


def _enqueue(report: Report) -> None:
    make_report.enqueue(str(report.organization_id), str(report.pk))


def _make(report: Report) -> None:
    if not reports.is_current(report=report):
        reason = (
            "The audit was opened again, or reviewed, before the paper was made. "
            "Ask for it again."
        )
        reports.fail_report(report=report, reason=reason)
        return
    try:
        pdf = render_paper(build_paper(report.audit))
        if not reports.complete_report(report=report, pdf=pdf):
            logger.warning("report %s came too late: another worker has it", report.pk)
    except (PaperRefused, reports.NotStored) as error:
        logger.warning("report %s failed: %s", report.pk, error)
        reports.fail_report(report=report, reason=str(error))
    except Exception:
        logger.exception("report %s failed", report.pk)
        reports.fail_report(
            report=report, reason="The paper could not be made or stored."
        )
