"""Says when a sponsor agreed, and that this was before a verdict was overridden."""

from django.utils import timezone

from audits.models import Audit, Cover
from audits.scoring.days import in_words
from audits.services.due.overriding import overriding_of
from audits.services.verdicts.assessments import verdict_named


def agreed_before(audit: Audit, cover: Cover) -> str:
    """Return what follows when the sponsor agreed; empty if it was after the override.

    Args:
        audit: The audit.
        cover: The words of page 1, with the day.

    Note: two queries, only for an audit that has an override.
    """
    day, sent, found = cover.sponsor_agreed_on, audit.submitted_at, overriding_of(audit)
    if found is None or day is None or not cover.sponsor:
        return ""
    was_there = bool(sent and timezone.localdate(sent) <= day)
    computed = verdict_named(audit)
    return found.agreed(day, computed.name if computed and was_there else "")


def agreed_said(cover: Cover) -> str:
    """Return when the sponsor agreed, or that nobody asked; it goes in brackets."""
    day = cover.sponsor_agreed_on
    return f"agreed on {in_words(day)}" if day else "not asked to agree"
