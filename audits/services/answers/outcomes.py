"""Compares usage files with the papers of a use case, and stores what happened."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files import File
from django.utils import timezone

from audits.checked_files import digest_of
from audits.evaluations.reading import evaluations_of
from audits.models import Audit, Outcome, UsageUpload, UseCase
from audits.scoring.tracking import outcomes
from audits.scoring.tracking.evidence import EvidenceCheck, NewResults, check_evidence
from audits.scoring.tracking.months import followed
from audits.scoring.tracking.outcomes import CountedFile, outcome_of
from audits.scoring.tracking.said import NotComparedError, Said, said_of
from audits.scoring.tracking.words import (
    cost_sentences,
    left_out_sentences,
    rest_of,
    rest_sentence,
)
from audits.services.answers.results_files import runs_behind, without_texts
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


def models_of_paper(audit: Audit, usage: UsageFile) -> list[str | None]:
    """Return which models of a file a paper is about; else the one with the most use.

    Args:
        audit: The signed audit.
        usage: All usage of the file.
    """
    try:
        model = said_in(audit).model
    except NotComparedError:
        model = ""
    named = [name for name in usage.models if name and model_of(name, [model])]
    return [*(named or usage.models[:1])]


def preview_of(audit: Audit, usage: UsageFile) -> list[str]:
    """Return in sentences what a usage file would say after a paper, newest first."""
    try:
        found = followed(said_in(audit), usage)
    except NotComparedError as error:
        return [str(error)]
    told = [" ".join(cost_sentences(month)) for month in reversed(found.months)]
    if not told:
        told = ["No whole month after the paper is in the file."]
    elif rest := rest_of(found.months[0].split):
        told.append(rest_sentence(rest, of="each month"))
    return [*told, *left_out_sentences(found)]


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
    kept = UsageUpload.objects.filter(use_case=use_case).counted()
    files = [
        CountedFile(
            id=str(each.pk),
            usage=of_models(usage_in(each), each.counted_models),
            is_synthetic=each.is_synthetic,
        )
        for each in kept.order_by("added_at", "pk")
    ]
    if not files:
        Outcome.objects.filter(audit__in=signed).delete()
        return
    for audit, following in zip(signed, [*signed[1:], None], strict=True):
        _store(audit, files, following.landscape_date if following else None)


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
    Outcome.objects.update_or_create(
        audit=audit,
        defaults={
            "organization": audit.organization,
            "computed_at": timezone.now(),
            **fields,
        },
    )
