"""Compares usage files with the papers of a use case, and stores what happened."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from audits.landscape import in_force
from audits.models import Audit, UsageUpload, UseCase
from audits.models import Outcome as StoredOutcome
from audits.scoring.tracking import outcomes
from audits.scoring.tracking.counting import PaperOutcome
from audits.scoring.tracking.outcomes import (
    CountedFile,
    Outcome,
    not_compared,
    outcome_of,
)
from audits.scoring.tracking.said import NotComparedError, Said, said_of
from audits.scoring.tracking.stored_counts import counts_of
from audits.scoring.tracking.uncounted import others_of
from audits.services.read_files.signed_papers import SignedPaper, signed_papers
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.usage.model_names import model_of
from audits.usage.reading import file_of
from audits.usage.rows import UsageFile
from audits.usage.spellings import renamed
from audits.usage.summary import of_models


def usage_in(kept: UsageUpload) -> UsageFile:
    """Return what a usage file says of each day and model."""
    return file_of(kept.content)


def counted_usage(kept: UsageUpload) -> UsageFile:
    """Return what of a usage file counts, with the models that its names mean."""
    return renamed(of_models(usage_in(kept), kept.counted_models), kept.meant_models)


def said_in(audit: Audit) -> Said:
    """Return what the paper of a submitted audit said of a month.

    Raises:
        NotComparedError: It states no month that usage can be compared with.
    """
    return said_of(framework_of(audit), assessment_of(audit))


def models_of_paper(said: Said, usage: UsageFile) -> list[str | None]:
    """Return which models of a file a paper is about; there may be none."""
    known = in_force.current().models
    return [x for x in usage.models if x and model_of(x, known) == said.model]


def papers_with(
    audit: Audit,
    kept: UsageUpload,
    usage: UsageFile | None = None,
    others: UsageFile | None = None,
) -> list[PaperOutcome]:
    """Return what happens after each paper of a use case if a usage file counts.

    Args:
        audit: The signed audit on whose page that is said.
        kept: The file; others stay newer than it, or older.
        usage: What of it would count; what counts now without it.
        others: What of it would not count.
    """
    files = [
        _counted(each, (usage, others) if usage and each == kept else None)
        for each in _files(audit.use_case, also=kept if usage else None)
    ]
    return [
        PaperOutcome(name=paper.name, is_here=paper.audit == audit, found=found)
        for paper, found in _outcomes(audit.use_case, files)
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
        [found for _, found in _outcomes(kept.use_case, each)]
        for each in (files, others)
    )
    return now, then, {file.id: file.name for file in files}


def compare_again(use_case: UseCase) -> None:
    """Compare all usage files of a use case with its signed papers, and store it.

    Call it in the transaction that changes a file, or what is signed.
    """
    papers = signed_papers(use_case)
    if not papers:
        return
    files = [_counted(each) for each in _files(use_case)]
    if not files:
        signed = [paper.audit for paper in papers]
        StoredOutcome.objects.filter(audit__in=signed).delete()
        return
    for paper in papers:
        _store(paper, files)


def _files(use_case: UseCase, also: UsageUpload | None = None) -> list[UsageUpload]:
    """Return the files that count, and perhaps one more, in the order they came in."""
    own = UsageUpload.objects.filter(use_case=use_case)
    files = [*own.counted().order_by("added_at", "pk")]
    if also is not None and also not in files:
        files.append(also)
    return sorted(files, key=lambda kept: (kept.added_at, kept.pk))


def _counted(
    kept: UsageUpload, parts: tuple[UsageFile, UsageFile | None] | None = None
) -> CountedFile:
    """Return a file with what of it counts and what does not, or with other parts."""
    if parts is None:
        others = others_of(usage_in(kept), kept.counted_models or ())
        parts = counted_usage(kept), others
    usage, rest = parts
    return CountedFile(
        id=str(kept.pk),
        name=kept.name,
        read_on=timezone.localdate(kept.added_at),
        usage=usage,
        is_synthetic=kept.is_synthetic,
        others=rest,
    )


def _outcomes(
    use_case: UseCase, files: Sequence[CountedFile]
) -> Iterator[tuple[SignedPaper, Outcome]]:
    """Yield what happens after each paper; why not, where it states no month."""
    for paper in signed_papers(use_case):
        try:
            found = outcome_of(said_in(paper.audit), files, paper.in_force)
        except NotComparedError as error:
            found = not_compared(paper.name, str(error), files, paper.in_force)
        yield paper, found


def _store(paper: SignedPaper, files: Sequence[CountedFile]) -> None:
    audit = paper.audit
    try:
        found = outcome_of(said_in(audit), files, paper.in_force)
    except NotComparedError as error:
        fields: dict[str, Any] = {"months": [], "counts": {}, "left_out": {}}
        fields["why_not"] = str(error)
    else:
        fields = {
            "months": outcomes.values_of(found.months),
            "counts": counts_of(found.months),
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
