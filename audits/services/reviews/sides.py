"""What is compared of a use case: an audit as it is, or as it was submitted before."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from audits.models import Audit, Submission
from audits.scoring import Assessment
from audits.scoring.inputs import Inputs
from audits.services.reviews.resubmissions import inputs_of
from audits.services.verdicts.assessments import (
    assess_inputs,
    assessment_of,
    framework_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison.

    `submission` is one that was returned; None for the audit as it is. `assessment`
    is that of its inputs, of a submission with the market facts of its day. An audit as
    it is may be the last of several submissions, and then `is_again`.
    """

    audit: Audit
    inputs: Inputs
    assessment: Assessment
    submission: Submission | None = None
    is_again: bool = False

    @property
    def name(self) -> str:
        """What it is, before its time."""
        is_last = self.is_again and self.audit.submitted_at
        return "Submission" if self.submission or is_last else "Audit"

    @property
    def at(self) -> datetime:
        """When the audit began, or was submitted."""
        if self.submission:
            return self.submission.at
        last = self.audit.submitted_at if self.is_again else None
        return last or self.audit.created_at

    @property
    def state(self) -> str:
        """What became of it."""
        if self.submission is None:
            return str(self.audit.get_state_display())
        return became(self.submission)

    def had(self, added: datetime, removed: datetime | None) -> bool:
        """Return whether a link or file was there that came and went at these times."""
        if self.submission is None:
            return removed is None
        return added <= self.at and (removed is None or removed > self.at)


def became(submission: Submission) -> str:
    """Return how a submission that was returned became a draft again."""
    return "Taken back" if submission.taken_back_by_id else "Sent back"


def as_it_is(audit: Audit, *, is_again: bool = False) -> Side:
    """Return an audit as it is: as it was decided, or today for a draft.

    Args:
        audit: The audit.
        is_again: Whether it was submitted before.
    """
    return Side(
        audit=audit,
        inputs=audit.inputs,
        assessment=assessment_of(audit),
        is_again=is_again,
    )


def as_submitted(audit: Audit, submission: Submission) -> Side:
    """Return an audit as it was submitted before."""
    inputs, on = inputs_of(submission), timezone.localdate(submission.at)
    return Side(
        audit=audit,
        inputs=inputs,
        assessment=assess_inputs(framework_of(audit), inputs, on),
        submission=submission,
    )
