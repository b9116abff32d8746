"""What a board can vote on: the one rule of packs, the portfolio and its files."""

from dataclasses import dataclass

from audits.models import Audit
from audits.scoring import Assessment
from audits.scoring.explaining.for_board import for_board
from audits.scoring.proposals.counted_words import listed
from audits.scoring.results_behind.approved_on import (
    approval_in_short,
    waits_for_reviewer,
)
from audits.scoring.sentences.cannot_be_right import in_one_line
from audits.services.verdicts.assessments import framework_of
from audits.services.verdicts.opening import after_last_review

_CONFIRMED = "a reviewer who confirms the evidence for training"
_CORRECTED = "a correction of its numbers or answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeVote:
    """What is said of a decision before a board votes on it.

    `approval` is what page 1 says of the approval of training, and `not_consistent`
    what cannot all be right, in a sentence; empty if all can.
    """

    approval: str
    not_consistent: str

    @property
    def lacks(self) -> str:
        """What a signed verdict would still lack; empty if the board can vote on it."""
        confirmed = _CONFIRMED if waits_for_reviewer(self.approval) else ""
        corrected = _CORRECTED if self.not_consistent else ""
        said = [each for each in (confirmed, corrected) if each]
        return listed(said) if said else ""

    def lacks_of(self, assessment: Assessment, *, is_asked: bool) -> str:
        """Return what a decision lacks before a board can vote on it.

        Nobody can sign off what lacks answers. What is for information, or has stopped,
        waits for nothing else.

        Args:
            assessment: What is decided.
            is_asked: Whether the board is asked for a decision.
        """
        missing = assessment.provisional.lacks if assessment.provisional else ""
        said = [each for each in (missing, self.lacks if is_asked else "") if each]
        return listed(said) if said else ""


def before_vote(audit: Audit, assessment: Assessment) -> BeforeVote:
    """Return what is approved, and what cannot all be right, of an audit.

    What the computed verdict approves is not said of one that a reviewer overrode.
    """
    framework, after = framework_of(audit), after_last_review(audit, assessment)
    approval = approval_in_short(framework, assessment, after)
    return BeforeVote(
        approval="" if audit.override else approval,
        not_consistent=for_board(in_one_line(framework, assessment)),
    )
