"""Chooses what of a usage file counts after a sign-off, and removes such files."""

from collections.abc import Sequence

from django.db import transaction

from audits.models import Audit, UsageUpload, User
from audits.services.answers.answers import locked_audit
from audits.services.answers.outcomes import compare_again
from audits.services.answers.usage_uploads import (
    StillUsed,
    files_with_numbers,
    record_usage,
)


@transaction.atomic
def count_models(
    *, audit: Audit, by: User, kept: UsageUpload, models: Sequence[str | None]
) -> None:
    """Let models of a usage file count for the use case, and no others of the file.

    It changes no number and no answer.

    Args:
        audit: The signed audit from whose page they were chosen.
        by: Who chose them.
        kept: The file.
        models: Their names, as the file has them; at least one.
    """
    audit = locked_audit(audit)
    if kept.counted_models == list(models):
        return
    kept.counted_models = list(models)
    kept.save(update_fields=["counted_models"])
    compare_again(audit.use_case)
    record_usage("usage.counted", audit, by, kept)


@transaction.atomic
def remove_outcome_file(*, audit: Audit, by: User, kept: UsageUpload) -> None:
    """Remove a usage file with the months that are from it.

    Raises:
        StillUsed: An audit has numbers from it.
    """
    audit = locked_audit(audit)
    if files_with_numbers(audit.use_case, [kept]):
        message = "An audit has numbers from this file, so it stays."
        raise StillUsed(message)
    record_usage("usage.removed", audit, by, kept)
    kept.delete()
    compare_again(audit.use_case)
