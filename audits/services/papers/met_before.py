"""The conditions of the sign-off before an audit that were met since."""

from django.utils import timezone

from audits.models import Audit, SignOffCondition
from audits.scoring.options.derived_risks import MetCondition


def met_before(audit: Audit) -> tuple[MetCondition, ...]:
    """Return what was confirmed as met of the sign-off that an audit follows.

    Note: one query, and none for the first audit of a use case.
    """
    if audit.supersedes_id is None:
        return ()
    found = SignOffCondition.objects.filter(audit=audit.supersedes_id)
    met = found.exclude(confirmed_at=None).only("words", "confirmed_at")
    return tuple(
        MetCondition(each.words, timezone.localdate(each.confirmed_at)) for each in met
    )
