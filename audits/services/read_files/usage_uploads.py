"""Reads usage files, and saves the numbers that they measure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from audits.landscape.catalogue import Catalogue, catalogue
from audits.models import (
    Audit,
    AuditQuerySet,
    Organization,
    RemovedUsage,
    UsageUpload,
    UseCase,
    User,
)
from audits.models.audits import values
from audits.services.answers.answers import (
    AuditLocked,
    Saved,
    locked_audit,
    save_entries,
)
from audits.services.answers.candidates import ChangedMeanwhile, Preview
from audits.services.answers.entry_checks import Key
from audits.services.answers.evidence import require_room
from audits.services.answers.merging import Sender, Sent, Stored
from audits.services.read_files.outcomes import compare_again
from audits.services.record import events
from audits.services.verdicts.assessments import (
    assess_inputs,
    assess_today,
    framework_of,
)
from audits.uploads.attachments.names import cleaned_file_name
from audits.usage.numbers import OF_PREFIX, PREFIX, Measured
from audits.usage.reading import usage_of, values_of
from audits.usage.rows import UsageFile, require_past
from audits.usage.words import period

# A file that no number was saved from stays for so long.
_UNUSED = timedelta(days=7)

type Numbers = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The usage file that a number was measured in, and the period that it is about."""

    format: str
    first: date
    last: date
    is_synthetic: bool = False

    @property
    def said(self) -> str:
        """The file and the period, in words."""
        tool = f"synthetic {self.format}" if self.is_synthetic else self.format
        return f"{tool}, {period(self.first, self.last)}"


class StillUsed(Exception):  # noqa: N818 - the state it is in, not a fault
    """Another audit of the use case has numbers from the file; says what to do."""


def add_usage(
    *, audit: Audit, by: User, upload: "File[bytes]", is_synthetic: bool = False
) -> UsageUpload:
    """Read a usage file for a draft, or for what happened after a sign-off.

    The same file is kept once, stays as synthetic as it was, and is the newest again.

    Args:
        audit: The audit whose use case it is about.
        by: Who uploads it.
        upload: The file, with the name that the person gave it.
        is_synthetic: Whether it was made up to rehearse.

    Raises:
        AuditLocked: The audit waits for a review, or was discarded.
        RefusedUsageError: The file is not read; says why in one sentence.
        BusyError: Other files are being read.
        QuotaFull: The organization has no room for it.
    """
    if not _takes_usage(audit):
        raise AuditLocked
    found, name = usage_of(upload), cleaned_file_name(upload.name or "")
    if audit.is_draft:  # after a sign-off, a month counts once it is over
        require_past(found, timezone.now())
    return keep_usage(
        audit=audit, by=by, found=found, name=name, is_synthetic=is_synthetic
    )


def keep_usage(
    *, audit: Audit, by: User, found: UsageFile, name: str, is_synthetic: bool
) -> UsageUpload:
    """Keep what was read of a usage file, as `add_usage` does.

    Raises:
        AuditLocked: The audit waits for a review, or was discarded.
        QuotaFull: The organization has no room for it.
    """
    content = values_of(found)
    kept = UsageUpload(
        organization=audit.organization,
        use_case=audit.use_case,
        name=name,
        digest=found.digest,
        format=found.format,
        first=found.first,
        last=found.last,
        content=content,
        is_synthetic=is_synthetic,
        size=len(json.dumps(content).encode()),
        added_by=by,
    )
    with transaction.atomic():
        if not _takes_usage(locked_audit(audit)):
            raise AuditLocked
        _remove_unused(audit)
        own = UsageUpload.objects.filter(use_case=audit.use_case)
        if there := own.filter(digest=kept.digest).first():
            return _read_again(audit, by, there)
        # Two uploads at once take turns, so that together they keep the quota.
        Organization.objects.select_for_update(no_key=True).get(pk=kept.organization_id)
        require_room(kept.organization_id, kept.size)
        kept.save(force_insert=True)
        record_usage("usage.read", audit, by, kept)
    return kept


def _read_again(audit: Audit, by: User, kept: UsageUpload) -> UsageUpload:
    """Let a file that is there be the newest, with its months and its choice."""
    kept.added_at, kept.added_by = timezone.now(), by
    kept.save(update_fields=["added_at", "added_by"])
    if kept.counted_models is not None:
        compare_again(audit.use_case)
        record_usage("usage.read", audit, by, kept)
    return kept


def _takes_usage(audit: Audit) -> bool:
    return audit.is_draft or audit.signed_off_at is not None


def model_ids() -> tuple[str, ...]:
    """Return the ids of the models that answer, and have a price today."""
    market = catalogue(timezone.localdate())
    return tuple(
        model.id
        for model in market.models.values()
        if model.kind != "embedding" and _has_price(market, model.id)
    )


def _has_price(market: Catalogue, model: str) -> bool:
    try:
        market.prices(model)
    except LookupError:
        return False
    return True


def numbers_seen(audit: Audit) -> str:
    """Return which numbers a page shows, for its form to say."""
    entries = sorted(audit.numbers.items())
    return ".".join(f"{item}-{Stored.of(entry).version}" for item, entry in entries)


def changed_numbers(audit: Audit, found: Measured) -> Numbers:
    """Return the measured numbers that are not what the use case has."""
    there = values(audit.numbers)
    return {k: x for k, x in found.numbers.items() if there.get(k) != x}


def preview_numbers(audit: Audit, numbers: Numbers) -> Preview:
    """Return the assessment before and after numbers, which are not saved."""
    inputs = replace(audit.inputs, numbers={**values(audit.numbers), **numbers})
    on = timezone.localdate()
    then = assess_inputs(framework_of(audit), inputs, on, open_only=True)
    return Preview(now=assess_today(audit, open_only=True), then=then)


@transaction.atomic
def save_measured(
    *,
    audit: Audit,
    by: User,
    kept: UsageUpload,
    measured: Numbers,
    typed: Numbers,
    seen: str,
    models: Sequence[str | None],
) -> Saved:
    """Save numbers of a usage file as measured, and score the audit again.

    What they replace stays in the history.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who saves them.
        kept: The file that they are from.
        measured: The numbers by id, as text, also those that do not change.
        typed: Numbers to save that a person typed beside the file.
        seen: The result of `numbers_seen` when the page was shown.
        models: The names of the models that were chosen, as the file has them. They
            count after a sign-off as well, unless others were chosen for that.

    Raises:
        AuditLocked: The audit is not a draft.
        ChangedMeanwhile: The numbers are not as the page showed them.
        WrongAnswers: A number cannot be; nothing is saved.
    """
    audit = locked_audit(audit)
    if not audit.is_draft:
        raise AuditLocked
    if numbers_seen(audit) != seen:
        raise ChangedMeanwhile
    before, numbers = values(audit.numbers), {**measured, **typed}
    sent: dict[Key, Sent] = {("number", k): Sent(value=x) for k, x in numbers.items()}
    saved = save_entries(audit=audit, by=by, sent=sent, sender=Sender())
    if kept.counted_models is None or kept.measured:
        kept.counted_models = list(models)
    kept.replaced = _replaced(kept, before, measured)
    kept.measured = {**kept.measured, **measured}
    if OF_PREFIX & measured.keys():
        kept.prefix = values(saved.audit.numbers).get(PREFIX, "")
    kept.save(update_fields=["measured", "replaced", "counted_models", "prefix"])
    compare_again(audit.use_case)
    return saved


def _replaced(
    kept: UsageUpload, before: Numbers, measured: Numbers
) -> dict[str, str | None]:
    """Return what the numbers that a file changes were before it.

    One that it changed already keeps what was there before that.
    """
    changed = {k: before.get(k) for k, x in measured.items() if before.get(k) != x}
    for name in kept.replaced.keys() & changed.keys():
        if changed[name] == kept.measured.get(name):
            changed[name] = kept.replaced[name]
    return {**kept.replaced, **changed}


def delete_usage(*, audit: Audit, by: User, kept: UsageUpload) -> None:
    """Delete a usage file, and keep its name and who did that."""
    record_usage("usage.removed", audit, by, kept)
    RemovedUsage.objects.create(
        id=kept.pk,
        organization=audit.organization,
        use_case=audit.use_case,
        name=kept.name,
        digest=kept.digest,
        added_by=kept.added_by,
        added_at=kept.added_at,
        by=by,
    )
    kept.delete()
    compare_again(audit.use_case)


def kept_for_others(audit: Audit, files: Iterable[UsageUpload]) -> set[UUID]:
    """Return the files that another audit of the use case has numbers from."""
    others = Audit.objects.filter(use_case=audit.use_case_id).exclude(pk=audit.pk)
    return _measured_in(others, files)


def files_with_numbers(use_case: UseCase, files: Iterable[UsageUpload]) -> set[UUID]:
    """Return the files that an audit of a use case has numbers from."""
    return _measured_in(Audit.objects.filter(use_case=use_case), files)


def _measured_in(audits: AuditQuerySet, files: Iterable[UsageUpload]) -> set[UUID]:
    documents = [values(x) for x in audits.values_list("numbers", flat=True)]
    return {
        kept.pk
        for kept in files
        if any(kept.measured.items() & numbers.items() for numbers in documents)
    }


def sources_of(audit: Audit) -> Mapping[str, Source]:
    """Return where the numbers of an audit were measured, by their ids.

    A number that somebody changed since is not measured, nor is one that was computed
    from a number which they changed. If several files have the same number, the newest
    counts.
    """
    there = values(audit.numbers)
    if not there:
        return {}
    own = UsageUpload.objects.filter(use_case=audit.use_case_id).without_days()
    return {
        number: Source(
            format=kept.format,
            first=kept.first,
            last=kept.last,
            is_synthetic=kept.is_synthetic,
        )
        for kept in own.exclude(measured={})
        for number in numbers_from(kept, there)
    }


def numbers_from(kept: UsageUpload, there: Numbers) -> list[str]:
    """Return the ids of the numbers that are still as a file measured them."""
    is_same_text = kept.prefix == there.get(PREFIX, "")
    return [
        number
        for number, value in kept.measured.items()
        if there.get(number) == value and (is_same_text or number not in OF_PREFIX)
    ]


def _remove_unused(audit: Audit) -> None:
    """Remove files of the use case that no number is from, and that count nowhere."""
    old = UsageUpload.objects.filter(
        use_case=audit.use_case_id, added_at__lt=timezone.now() - _UNUSED
    )
    old.filter(measured={}, counted_models__isnull=True).delete()


def record_usage(verb: str, audit: Audit, by: User, kept: UsageUpload) -> None:
    """Record what is done with a usage file."""
    events.record(
        organization=audit.organization,
        actor=by,
        verb=verb,
        subject=str(kept.pk),
        audit=str(audit.pk),
        sha256=kept.digest,
        size=kept.size,
    )
