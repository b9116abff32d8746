"""Scores drafts again once other market facts are in force.

What is submitted keeps its verdict and its money, which say what they were made with.
"""

import time
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django_scopes import scopes_disabled

from audits.models import Audit, UseCase
from audits.services.market import landscapes
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.verdicts.assessments import (
    SCORE_FIELDS,
    assess_today,
    framework_of,
    store_score,
)

_BATCH = 500
_SECONDS = 20


def score_drafts_again(seconds: float = _SECONDS) -> int:
    """Score the drafts that were last scored with other market facts.

    Each is locked separately, as when somebody saves. A draft that is scored is no
    longer due, so the next run continues an interrupted one.

    Args:
        seconds: After how long to leave the rest to the next run.

    Returns:
        How many were scored.
    """
    since, end = landscapes.drafts_due_since(), time.monotonic() + seconds
    if since is None:
        return 0
    scored, last = 0, None
    with scopes_disabled():
        while some := _due(since, last):
            for last in some:
                if time.monotonic() > end:
                    return scored
                scored += _score_again(last, since)
    landscapes.drafts_are_scored(since)
    return scored


def _due(since: datetime, after: UUID | None) -> list[UUID]:
    """Return the next use cases whose drafts are due."""
    drafts = Audit.objects.filter(state=Audit.State.DRAFT, scored_at__lt=since)
    if after:
        drafts = drafts.filter(use_case__gt=after)
    ids = drafts.order_by("use_case").values_list("use_case_id", flat=True)
    return list(ids[:_BATCH])


@transaction.atomic
def _score_again(pk: UUID, since: datetime) -> bool:
    """Score one draft, and return whether it was still due."""
    UseCase.objects.select_for_update(no_key=True).filter(pk=pk).first()
    locked = Audit.objects.select_for_update(of=("self",), no_key=True)
    due = locked.filter(state=Audit.State.DRAFT, scored_at__lt=since)
    audit = due.filter(use_case=pk).first()
    if audit is None:
        return False
    try:
        framework_of(audit)
    except LookupError:  # a framework that this release no longer ships
        return False
    assessment = assess_today(audit, open_only=True)
    store_score(audit, assessment)
    audit.save(update_fields=SCORE_FIELDS)
    update_portfolio_row(audit, assessment)
    return True
