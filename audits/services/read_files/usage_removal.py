"""Removes a usage file of a draft, and takes back the numbers that it changed."""

from collections.abc import Mapping

from django.db import transaction

from audits.models import Audit, UsageUpload, User
from audits.models.audits import values
from audits.services.answers.answers import (
    AuditLocked,
    Saved,
    locked_audit,
    save_entries,
)
from audits.services.answers.candidates import ChangedMeanwhile
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Sent
from audits.services.read_files.usage_uploads import (
    StillUsed,
    delete_usage,
    kept_for_others,
    numbers_from,
    numbers_seen,
)

type Before = Mapping[str, str | None]


def taken_back(audit: Audit, kept: UsageUpload) -> Before:
    """Return the numbers that are as a file changed them, and what they were before.

    A number that somebody changed since, had typed like that before, or that another
    file measures, too, is none of them.
    """
    there = values(audit.numbers)
    own = UsageUpload.objects.filter(use_case=audit.use_case_id).without_days()
    others = own.exclude(pk=kept.pk)
    elsewhere = {name for other in others for name in numbers_from(other, there)}
    return {
        name: before
        for name, before in kept.replaced.items()
        if there.get(name) == kept.measured.get(name) and name not in elsewhere
    }


@transaction.atomic
def remove_usage(
    *, audit: Audit, by: User, kept: UsageUpload, seen: str | None
) -> Saved | None:
    """Remove a usage file; its numbers stay as typed ones, or are taken back.

    Args:
        audit: The draft; its row is read again and locked.
        by: Who removes it.
        kept: The file.
        seen: The result of `numbers_seen` when a page showed what `taken_back` says;
            None if the numbers stay.

    Returns:
        What taking them back saved; None if they stay.

    Raises:
        AuditLocked: The audit is not a draft.
        StillUsed: Another audit has numbers from it.
        ChangedMeanwhile: The numbers are not as the page showed them.
    """
    audit = locked_audit(audit)
    if not audit.is_draft:
        raise AuditLocked
    if kept.pk in kept_for_others(audit, [kept]):
        message = "An earlier audit has numbers from this file, so it stays."
        raise StillUsed(message)
    saved = None
    if seen is not None:
        if numbers_seen(audit) != seen:
            raise ChangedMeanwhile
        sent: dict[Key, Sent] = {
            ("number", name): Sent(value=before)
            for name, before in taken_back(audit, kept).items()
        }
        saved = save_entries(audit=audit, by=by, sent=sent, sender=Sender())
    delete_usage(audit=audit, by=by, kept=kept)
    return saved
