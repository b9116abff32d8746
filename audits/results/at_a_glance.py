"""What a reader sees at a glance below a verdict."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils import timezone

from audits.frameworks.answering.still_open import StillOpen
from audits.models import Audit, Review
from audits.models.sign_offs.states import state_said
from audits.scoring import Assessment
from audits.scoring.explaining.grades.strength import TYPED
from audits.services.reviews.drift import why_valid_until


@dataclass(frozen=True, slots=True, kw_only=True)
class AtAGlance:
    """What is beside the verdict of an audit; equal ones are drawn once.

    `open`, `more` and `waits` say how complete it is. `day` is the day of the
    submission, for a draft that of its score. `strength` is None where the framework
    has none, and `valid_until` before a sign-off, once a review is due and once a newer
    audit is in force; `why_until` says why that day.
    """

    open: StillOpen
    more: int
    waits: str
    strength: str | None
    is_draft: bool
    day: date | None
    state: str
    valid_until: date | None
    why_until: str = ""

    @classmethod
    def of(
        cls, audit: Audit, assessment: Assessment, review: Review | None = None
    ) -> Self:
        """Return what there is of an audit, and of its last review."""
        moment = audit.scored_at if audit.is_draft else audit.submitted_at
        advice = assessment.advice
        is_over = audit.review_due_at or audit.state == Audit.State.SUPERSEDED
        return cls(
            open=assessment.still_open,
            more=assessment.unsettled,
            waits=assessment.comes_first,
            strength=_strength(advice.strength.says) if advice else None,
            is_draft=audit.is_draft,
            day=timezone.localdate(moment) if moment else None,
            state=_state(audit, assessment, review),
            valid_until=None if is_over else audit.valid_until,
            why_until="" if is_over else why_valid_until(audit),
        )


def _strength(says: str) -> str:
    """Leave out that typed results have no file: a line below the facts says it.

    >>> _strength("30 or more test cases, as typed; no results file")
    '30 or more test cases, as typed'
    >>> _strength("30 or more test cases, as answered; no results file")
    '30 or more test cases, as answered; no results file'
    """
    return says.replace(f"{TYPED}; no results file", TYPED)


def _state(audit: Audit, assessment: Assessment, review: Review | None) -> str:
    state = state_said(audit, review)
    is_provisional = assessment.provisional or audit.is_draft
    return f"{state}, provisional" if is_provisional else state
