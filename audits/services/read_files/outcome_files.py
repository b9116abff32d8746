"""Chooses what of a usage file counts after a sign-off, and removes such files."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.db import transaction

from audits.models import Audit, UsageUpload, User
from audits.scoring.tracking.counting import counted_sentences, removal_sentences
from audits.scoring.tracking.uncounted import others_of, uncounted_sentence
from audits.services.answers.answers import locked_audit
from audits.services.read_files.outcomes import (
    compare_again,
    outcomes_without,
    papers_with,
    usage_in,
)
from audits.services.read_files.usage_uploads import (
    StillUsed,
    delete_usage,
    files_with_numbers,
    record_usage,
)

_NOTHING: Mapping[str, str] = MappingProxyType({})


@transaction.atomic
def count_models(
    *,
    audit: Audit,
    by: User,
    kept: UsageUpload,
    models: Sequence[str | None],
    meant: Mapping[str, str] = _NOTHING,
) -> list[str]:
    """Let models of a usage file count for the use case, and no others of the file.

    It changes no number and no answer.

    Args:
        audit: The signed audit from whose page they were chosen.
        by: Who chose them.
        kept: The file.
        models: Their names, as the file has them; at least one.
        meant: The ids of the models that names mean which the market facts do not know.

    Returns:
        Sentences that say for which months the file counts, and which stay.
    """
    audit = locked_audit(audit)
    if (kept.counted_models, kept.meant_models) != (list(models), dict(meant)):
        kept.counted_models, kept.meant_models = list(models), dict(meant)
        kept.save(update_fields=["counted_models", "meant_models"])
        compare_again(audit.use_case)
        record_usage("usage.counted", audit, by, kept)
    told = counted_sentences(kept.name, str(kept.pk), papers_with(audit, kept))
    left = uncounted_sentence(others_of(usage_in(kept), models))
    return [*told, *([left] if left else [])]


@transaction.atomic
def remove_outcome_file(*, audit: Audit, by: User, kept: UsageUpload) -> list[str]:
    """Remove a usage file with the months that are from it.

    Returns:
        Sentences that say which file its months are from now, or that none has them.

    Raises:
        StillUsed: An audit has numbers from it.
    """
    audit = locked_audit(audit)
    if files_with_numbers(audit.use_case, [kept]):
        message = "An audit has numbers from this file, so it stays."
        raise StillUsed(message)
    said: list[str] = []
    if kept.counted_models is not None:
        now, then, names = outcomes_without(kept)
        file = str(kept.pk)
        said = [*removal_sentences(file, now, then, names, is_done=True)]
    delete_usage(audit=audit, by=by, kept=kept)
    return said
