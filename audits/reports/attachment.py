"""The file in a paper that lets anybody recompute its verdict."""

from audits.models import Audit
from audits.reports.typesetting.pdf import Enclosure
from audits.scoring import Assessment
from audits.scoring.exchange import provenance
from audits.scoring.exchange.provenance import Provenance

DESCRIPTION = "The whole assessment and the answers needed to recompute it"


def provenance_of(
    audit: Audit, assessment: Assessment, number: str, template: str
) -> Provenance:
    """Return the provenance of a submitted audit's assessment.

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


def attachment_of(audit: Audit, assessment: Assessment, facts: Provenance) -> Enclosure:
    """Return the file; equal audits give equal bytes."""
    values = provenance.content(facts, assessment, audit.codes)
    return Enclosure(
        name=provenance.FILE_NAME,
        description=DESCRIPTION,
        content=provenance.written(values),
        dated=facts.submitted_at,
    )
