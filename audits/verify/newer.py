"""Says that a use case has a newer verdict than that of a paper."""

from django.db import Error
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Membership, Report
from audits.scoring.days import in_words
from audits.services.verdicts.assessments import verdict_named

_OPEN = (Audit.State.IN_REVIEW, Audit.State.SIGNED_OFF)


def newer_verdict(report: Report | None) -> str:
    """Return a sentence about a verdict that came after a paper; empty without one.

    Show it only to somebody who may see the use case.

    Args:
        report: The paper that a file must be, with its organization; None if this
            installation has none.
    """
    if report is None:
        return ""
    try:
        with scope(organization=report.organization):
            found = _newest_after(report)
            return _sentence(found) if found else ""
    except Error:
        return ""


def may_see(member: Membership | None, report: Report | None) -> bool:
    """Return whether a person may see the use case of a paper."""
    if member is None or report is None or not member.sees_all:
        return False
    return member.organization_id == report.organization_id


def _newest_after(report: Report) -> Audit | None:
    use_case = Audit.objects.values("use_case").filter(pk=report.audit_id)
    audits = Audit.objects.current().filter(use_case__in=use_case, state__in=_OPEN)
    later = audits.filter(submitted_at__gt=report.requested_at)
    return later.order_by("-submitted_at").first()


def _sentence(audit: Audit) -> str:
    named = verdict_named(audit)
    what = f": “{named.name}”" if named else ""
    day = ""
    if audit.submitted_at:
        day = f", submitted on {in_words(timezone.localdate(audit.submitted_at))}"
    return f"This use case has a newer verdict than this paper{day}{what}."
