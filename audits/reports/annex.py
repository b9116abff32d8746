"""The content of the annex of a board paper: all answers, from one frozen audit."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from audits.models import Audit, Review
from audits.reports.attachment import provenance_of
from audits.reports.paper_look import branding_of
from audits.reports.signed.overridden import signed_of
from audits.reports.signed.sign_offs import SignOff
from audits.reports.typesetting.branding import Branding
from audits.scoring import Assessment
from audits.scoring.exchange.provenance import Provenance, RecordLine
from audits.services.papers.annexed import SHORT, Annexed, annexed
from audits.services.papers.annexed_changes import LONGEST
from audits.services.papers.reports import ANNEX_VERSION
from audits.services.verdicts.assessments import framework_of, read_once


@dataclass(frozen=True, kw_only=True)
class Annex:
    """One annex, ready for the template.

    `signed_at` is when it was signed off; None if it is not.
    """

    organization: str
    reference: str
    use_case: str
    team: str
    owner: str
    state: str
    submitted_at: datetime
    signed_at: datetime | None
    assessment: Assessment
    signoffs: tuple[SignOff, ...]
    content: Annexed
    language: str
    provenance: Provenance
    branding: Branding
    record: RecordLine | None
    longest: int = LONGEST

    @property
    def title(self) -> str:
        """The title of the file."""
        before = "Provisional: " if self.is_provisional else ""
        return f"{before}{self.use_case}: all answers"

    @property
    def is_provisional(self) -> bool:
        """Whether the verdict cannot be signed off yet."""
        return self.assessment.provisional is not None

    @cached_property
    def hash(self) -> str:
        """The start of the answers hash, which every page has."""
        return self.provenance.answers_hash[:SHORT]


def build_annex(
    audit: Audit, record: RecordLine | None = None, branding: Branding | None = None
) -> Annex:
    """Gather the annex of a submitted audit.

    Args:
        audit: The audit.
        record: The record line of its request.
        branding: The look of the organization's papers, if it was read already.

    Raises:
        ValueError: The audit is a draft.
    """
    if audit.assessment is None or audit.submitted_at is None:
        message = "an annex is made of a submitted audit"
        raise ValueError(message)
    assessment, use_case = read_once(audit.assessment), audit.use_case
    reviews = tuple(Review.objects.of_submission(audit).reverse())
    return Annex(
        organization=str(use_case.organization),
        reference=use_case.reference,
        use_case=use_case.name,
        team=str(use_case.team),
        owner=str(use_case.owner),
        state=audit.get_state_display(),
        submitted_at=audit.submitted_at,
        signed_at=audit.signed_off_at,
        assessment=assessment,
        signoffs=signed_of(audit, reviews),
        content=annexed(audit),
        language=framework_of(audit).language,
        provenance=provenance_of(audit, assessment, ANNEX_VERSION, record),
        branding=branding or branding_of(use_case.organization),
        record=record,
    )
