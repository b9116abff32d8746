"""The usage files that an audit has numbers from, in words."""

from dataclasses import dataclass
from datetime import datetime

from audits.models import Audit, UsageUpload
from audits.models.audits import values
from audits.services.answers.words import label_of
from audits.services.read_files.usage_uploads import numbers_from
from audits.services.verdicts.assessments import framework_of
from audits.usage.words import period


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredIn:
    """A usage file, the period that it is about, and the numbers measured in it."""

    name: str
    format: str
    is_synthetic: bool
    period: str
    digest: str
    numbers: tuple[str, ...]
    by: str
    at: datetime


def measured_in(audit: Audit) -> tuple[MeasuredIn, ...]:
    """Return the usage files that numbers of an audit were measured in."""
    there, framework = values(audit.numbers), framework_of(audit)
    own = UsageUpload.objects.filter(use_case=audit.use_case_id).without_days()
    found = (
        (kept, numbers_from(kept, there))
        for kept in own.exclude(measured={}).select_related("added_by")
    )
    return tuple(
        MeasuredIn(
            name=kept.name,
            format=kept.format,
            is_synthetic=kept.is_synthetic,
            period=period(kept.first, kept.last),
            digest=kept.digest,
            numbers=tuple(label_of(framework, "number", each) for each in numbers),
            by=str(kept.added_by),
            at=kept.added_at,
        )
        for kept, numbers in found
        if numbers
    )
