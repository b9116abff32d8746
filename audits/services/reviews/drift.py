"""Watches signed-off verdicts: the market and the method move, and they do not."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.models import Audit, Event, Organization
from audits.scoring.history.time_machine import TimeMachine, refitted
from audits.scoring.history.validity import (
    OF_MARKET,
    Signed,
    Watch,
    valid_until,
    why_until,
)
from audits.services.answers.answers import locked_audit
from audits.services.due.contradictions import LAPSED, NEWER
from audits.services.people.mails import mail_review_due
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.verdicts.assessments import assessment_of, framework_of

_BATCH = 200
_BROUGHT_FORWARD = "somebody brought the review forward to this day"
_READ = (
    *("framework", "framework_version", "verdict", "answers", "levels", "numbers"),
    "candidates",
    *("landscape_date", "signed_off_at", "valid_until"),
)


def validity_of(audit: Audit, signed_on: date) -> date:
    """Return the day until which a sign-off is valid."""
    return valid_until(framework_of(audit), _signed(audit, signed_on), signed_on)


def why_valid_until(audit: Audit) -> str:
    """Return why a sign-off is valid until its day; empty if nobody can say."""
    if audit.signed_off_at is None or audit.valid_until is None:
        return ""
    on = timezone.localdate(audit.signed_off_at)
    try:
        framework = framework_of(audit)
    except LookupError:
        return ""
    why = why_until(framework, _signed(audit, on), on, audit.valid_until)
    return _BROUGHT_FORWARD if why == OF_MARKET and _is_chosen(audit) else why


def _is_chosen(audit: Audit) -> bool:
    """Return whether somebody brought the review forward to its day."""
    lines = Event.objects.changes_of(audit.use_case.reference)
    chosen = lines.filter(at__gt=audit.signed_off_at, details__has_key="review")
    last = chosen.order_by("number").last()
    day = audit.valid_until
    return bool(last and day and last.details["review"][1] == day.isoformat())


def watch_drift() -> int:
    """Mark the signed-off audits that are due for review, once a day an organization.

    No verdict changes. An interrupted run starts again the next time: an audit is
    marked, recorded and emailed only once.

    Returns:
        How many were marked.
    """
    today = timezone.localdate()
    waiting = Organization.objects.exclude(watched_on=today).order_by("pk")
    marked = 0
    for organization in waiting:
        with scope(organization=organization):
            marked += sum(mark_due(*found) for found in _due(organization, today))
        Organization.objects.filter(pk=organization.pk).update(watched_on=today)
    return marked


def _due(organization: Organization, today: date) -> Iterator[tuple[Audit, str]]:
    """Yield the due audits and the reasons; a batch is read before any is marked."""
    own = Audit.objects.filter(
        organization=organization, state=Audit.State.SIGNED_OFF, review_due_at=None
    ).only(*_READ)
    rest = own.order_by("pk")
    while batch := list(rest[:_BATCH]):
        yield from [
            (audit, cause) for audit in batch if (cause := _cause(audit, today))
        ]
        rest = own.filter(pk__gt=batch[-1].pk).order_by("pk")


def _cause(audit: Audit, today: date) -> str:
    try:
        watch = _watch(audit.framework, audit.framework_version, today)
    except LookupError:  # a framework that this release no longer ships
        return ""
    found = watch.cause(_signed(audit, today)) or _newer_version(audit, today)
    if found or audit.valid_until is None or today < audit.valid_until:
        return found or ""
    until = audit.valid_until
    return f"{LAPSED} {until.day} {until:%B %Y}."


def _newer_version(audit: Audit, today: date) -> str | None:
    """Return what a newer version of the method makes of a verdict, if another one."""
    newest = loader.current()
    if audit.framework != newest.name or audit.framework_version >= newest.version:
        return None
    inputs = refitted(framework_of(audit), newest, audit.inputs)
    verdict = _machine(newest, today).verdict(inputs, today)
    if verdict == audit.verdict:
        return None
    name = newest.verdicts[verdict].name
    return (
        f"Version {newest.version} {NEWER} “{name}” for the same answers. "
        "Start a new audit to check it."
    )


@in_force.remembered(maxsize=2)
def _machine(framework: Framework, today: date) -> TimeMachine:
    return TimeMachine(framework, today, today)


@in_force.remembered(maxsize=8)
def _watch(framework: str, version: int, today: date) -> Watch:
    return Watch(loader.published(framework, version), today)


def _signed(audit: Audit, otherwise: date) -> Signed:
    return Signed(
        inputs=audit.inputs,
        verdict=cast("Verdict", audit.verdict),
        on=audit.landscape_date or otherwise,
    )


@transaction.atomic
def mark_due(audit: Audit, cause: str) -> bool:
    """Mark a signed-off audit as due for review, once; return whether that was new.

    Args:
        audit: The audit. One that is due already keeps its cause.
        cause: Why, in one sentence that the owner reads.
    """
    audit = locked_audit(audit)
    if audit.state != Audit.State.SIGNED_OFF or audit.review_due_at:
        return False
    audit.review_due_at, audit.review_cause = timezone.now(), cause
    audit.save(update_fields=["review_due_at", "review_cause"])
    update_portfolio_row(audit, assessment_of(audit))
    events.record(
        organization=audit.organization,
        actor=None,
        verb="audit.review_due",
        subject=str(audit.pk),
        cause=cause,
    )
    mail_review_due.enqueue(str(audit.organization_id), str(audit.pk))
    return True
