"""What the months after an earlier paper say of the numbers of the next audit."""

from dataclasses import dataclass
from uuid import UUID

from audits.models import Audit, Outcome
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.tracking.assumed import assumed_in, beside_month, latest_month
from audits.scoring.tracking.outcomes import months_of
from audits.services.verdicts.assessments import framework_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMonths:
    """What differs a lot from the latest month, in sentences.

    The month is on the page of the `audit`, and from the usage file `file`.
    """

    sentences: tuple[str, ...]
    audit: UUID
    file: UUID


def seen_beside(audit: Audit, assessment: Assessment) -> SeenMonths | None:
    """Return what the latest month of a use case says of the numbers of an audit.

    None where nothing differs a lot, or no month is compared.

    Note: one query, and none for an audit that follows no other.

    Args:
        audit: An audit that is not signed off.
        assessment: Its assessment.
    """
    if audit.supersedes_id is None:
        return None
    found = Outcome.objects.filter(audit__use_case=audit.use_case_id)
    stored = found.exclude(audit=audit).values_list("audit_id", "months")
    by_audit = {key: months_of(months) for key, months in stored}
    month = latest_month([each for months in by_audit.values() for each in months])
    if month is None:
        return None
    sentences = beside_month(assumed_in(framework_of(audit), assessment), month)
    if not (told := tuple(sentences)):
        return None
    owner = next(key for key, months in by_audit.items() if month in months)
    return SeenMonths(sentences=told, audit=owner, file=UUID(month.file))
