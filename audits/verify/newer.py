"""Says what came after a paper: a newer verdict, an override, or the end of one."""

from typing import cast

from django.db import Error
from django.utils import timezone
from django_scopes import scope

from audits.frameworks.rules import Verdict
from audits.models import Audit, Membership, Override, Report
from audits.scoring.days import in_words
from audits.services.verdicts.assessments import framework_of, verdict_shown

_OPEN = (Audit.State.IN_REVIEW, Audit.State.SIGNED_OFF)


def newer_verdict(report: Report | None) -> str:
    """Return a sentence about a verdict that came after a paper; empty without one.

    An override is one, too, and so is the end of one.

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
            return _sentence(found) if found else _overridden_since(report)
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


def _overridden_since(report: Report) -> str:
    """Return what became of the verdict of a paper after it was requested."""
    found = Override.objects.filter(audit=report.audit_id).select_related("by", "audit")
    last = found.order_by("number").last()
    if last is None or last.at <= report.requested_at:
        return ""
    day = in_words(timezone.localdate(last.at))
    if not last.verdict:
        return f"This paper is out of date: {last.by} took an override back on {day}."
    words = framework_of(last.audit).verdicts.get(cast("Verdict", last.verdict))
    name = words.name if words else last.verdict
    return f"This paper is out of date: {last.by} overrode it with “{name}” on {day}."


def _sentence(audit: Audit) -> str:
    named = verdict_shown(audit)
    what = f": “{named.name}”" if named else ""
    day = in_words(timezone.localdate(audit.submitted_at))
    return (
        f"This use case has a newer verdict than this paper, submitted on {day}{what}."
    )
