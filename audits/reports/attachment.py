"""The file in a paper by which anybody can make its verdict again."""

from dataclasses import dataclass
from datetime import datetime

from audits.models import Audit
from audits.scoring import Assessment, provenance
from audits.scoring.provenance import Provenance

DESCRIPTION = "The whole assessment, and the answers to recompute it from"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes into a PDF, with the date that both its dates are."""

    name: str
    description: str
    content: bytes
    dated: datetime


def provenance_of(
    audit: Audit, assessment: Assessment, number: str, template: str
) -> Provenance:
    """Return where the assessment of a submitted audit comes from.

    Raises:
        ValueError: The audit is a draft.
    """
    if audit.submitted_at is None:
        message = "only a submitted audit has an assessment to come from"
        raise ValueError(message)
    return provenance.provenance(
        assessment,
        audit.codes,
        number=number,
        template=template,
        submitted_at=audit.submitted_at,
    )


def attachment_of(
    audit: Audit, assessment: Assessment, facts: Provenance
) -> Attachment:
    """Return the file; equal audits give equal bytes."""
    values = provenance.content(facts, assessment, audit.codes)
    return Attachment(
        name=provenance.FILE_NAME,
        description=DESCRIPTION,
        content=provenance.written(values),
        dated=facts.submitted_at,
    )
