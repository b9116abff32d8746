"""Compares usage files with the papers of a use case, and stores what happened."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.core.files import File
from django.utils import timezone

from audits.checked_files import digest_of
from audits.evaluations.reading import evaluations_of
from audits.models import Audit, UsageUpload, UseCase
from audits.models import Outcome as StoredOutcome
from audits.scoring.tracking import outcomes
from audits.scoring.tracking.counting import PaperOutcome
from audits.scoring.tracking.evidence import EvidenceCheck, NewResults, check_evidence
from audits.scoring.tracking.outcomes import CountedFile, Outcome, outcome_of
from audits.scoring.tracking.said import NotComparedError, Said, said_of
from audits.services.read_files.results_files import runs_behind, without_texts
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.usage.model_names import model_of
from audits.usage.reading import file_of
from audits.usage.rows import UsageFile
from audits.usage.summary import of_models


def usage_in(kept: UsageUpload) -> UsageFile:
    """Return what a usage file says of each day and model."""
    return file_of(kept.content)


def said_in(audit: Audit) -> Said:
    """Return what the paper of a submitted audit said of a month.

    Raises:
        NotComparedError: It states no month that usage can be compared with.
    """
    return said_of(framework_of(audit), assessment_of(audit))


def models_of_paper(said: Said, usage: UsageFile) -> list[str | None]:
    """Return which models of a file a paper is about; there may be none."""
    return [name for name in usage.models if name and model_of(name, [said.model])]


def papers_with(
    audit: Audit, kept: UsageUpload, usage: UsageFile | None = None
) -> list[PaperOutcome]:
    """Return what happens after each paper of a use case if a usage file counts.

    Args:
        audit: The signed audit on whose page that is said.
        kept: The file; others stay newer than it, or older.
        usage: What of it would count; what counts now without it.
    """
    files = [
        _counted(each, usage if each == kept else None)
        for each in _files(audit.use_case, also=kept if usage else None)
    ]
    return [
        PaperOutcome(on=said.on, is_here=signed == audit, found=found)
        for signed, said, found in _outcomes(audit.use_case, files)
    ]


def outcomes_without(
    kept: UsageUpload,
) -> tuple[list[Outcome], list[Outcome], dict[str, str]]:
    """Return what happens after each paper with a file and without it.

    The last are the names of the files that count by their ids.
    """
    there = [*_files(kept.use_case)]
    files = [_counted(each) for each in there]
    others = [file for file in files if file.id != str(kept.pk)]
    now, then = (
        [found for _, _, found in _outcomes(kept.use_case, each)]
        for each in (files, others)
    )
    return now, then, {file.id: file.name for file in files}


def check_against(audit: Audit, upload: "File[bytes]") -> EvidenceCheck:
    """Return what a results file says of the measured conditions of a verdict.

    Nothing is kept of the file.

    Raises:
        RefusedEvaluationError: The file is not read; says why in one sentence.
        BusyError: Other files are being read.
    """
    found = evaluations_of(upload)
    digest = digest_of(upload)
    framework, on = framework_of(audit), audit.landscape_date
    assert on is not None  # noqa: S101 - it was submitted
    new = NewResults(
        runs=[without_texts(run) for run in found.runs],
        digest=digest,
        signed_runs=runs_behind(audit, audit.inputs.candidates.rows),
    )
    return check_evidence(framework, audit.inputs, on, new)


def signed_beside(audit: Audit) -> tuple[Audit | None, Audit | None]:
    """Return the audits of a use case that were signed before and after one."""
    signed = [None, *_signed(audit.use_case), None]
    place = next(n for n, each in enumerate(signed) if each == audit)
    return signed[place - 1], signed[place + 1]


def compare_again(use_case: UseCase) -> None:
    """Compare all usage files of a use case with its signed papers, and store it.

    Call it in the transaction that changes a file, or what is signed.
    """
    signed = _signed(use_case)
    if not signed:
        return
    files = [_counted(each) for each in _files(use_case)]
    if not files:
        StoredOutcome.objects.filter(audit__in=signed).delete()
        return
    for audit, until in _until(signed):
        _store(audit, files, until)


def _files(use_case: UseCase, also: UsageUpload | None = None) -> list[UsageUpload]:
    """Return the files that count, and perhaps one more, in the order they came in."""
    own = UsageUpload.objects.filter(use_case=use_case)
    files = [*own.counted().order_by("added_at", "pk")]
    if also is not None and also not in files:
        files.append(also)
    return sorted(files, key=lambda kept: (kept.added_at, kept.pk))


def _counted(kept: UsageUpload, usage: UsageFile | None = None) -> CountedFile:
    """Return a file with what of it counts, or with another part of it."""
    return CountedFile(
        id=str(kept.pk),
        name=kept.name,
        read_on=timezone.localdate(kept.added_at),
        usage=of_models(usage_in(kept), kept.counted_models)
        if usage is None
        else usage,
        is_synthetic=kept.is_synthetic,
    )


def _until(signed: Sequence[Audit]) -> Iterator[tuple[Audit, date | None]]:
    """Yield signed audits in order, with the day from which the next one counts."""
    for audit, following in zip(signed, [*signed[1:], None], strict=True):
        yield audit, following.landscape_date if following else None


def _outcomes(
    use_case: UseCase, files: Sequence[CountedFile]
) -> Iterator[tuple[Audit, Said, Outcome]]:
    """Yield what happens after each paper that months can be compared with."""
    for audit, until in _until(_signed(use_case)):
        try:
            said = said_in(audit)
        except NotComparedError:
            continue
        yield audit, said, outcome_of(said, files, until)


def _signed(use_case: UseCase) -> list[Audit]:
    """Return the audits of a use case that were signed off, in the order of that."""
    found = Audit.objects.filter(use_case=use_case, signed_off_at__isnull=False)
    return [*found.select_related("organization", "use_case").order_by("signed_off_at")]


def _store(audit: Audit, files: Sequence[CountedFile], until: date | None) -> None:
    try:
        found = outcome_of(said_in(audit), files, until)
    except NotComparedError as error:
        fields: dict[str, Any] = {"months": [], "left_out": {}, "why_not": str(error)}
    else:
        fields = {
            "months": outcomes.values_of(found.months),
            "left_out": {file: [*said] for file, said in found.left_out.items()},
            "why_not": "",
        }
    StoredOutcome.objects.update_or_create(
        audit=audit,
        defaults={
            "organization": audit.organization,
            "computed_at": timezone.now(),
            **fields,
        },
    )
