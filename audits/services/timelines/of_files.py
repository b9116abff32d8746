"""What became of the results and usage files of a use case."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from audits.models import (
    Audit,
    RemovedUsage,
    ResultsFile,
    UsageUpload,
    UseCase,
    Version,
)
from audits.scoring.results_behind.replaced_results import change_said
from audits.scoring.scored.replaced.replacing import state_of
from audits.scoring.scored.values import candidates_of
from audits.services.timelines.moments import Kind, Moment

# The audits of a use case by id, each with its number.
type Numbered = dict[UUID, tuple[int, Audit]]

_FROM_FILES: dict[str, Any] = {
    "kind": Version.Kind.CANDIDATE,
    "set_aside": False,
    "value__sha256__isnull": False,
}


def wrong_files(audits: Numbered) -> Iterator[Moment]:
    """Yield each removal of a results file as a wrong one, and each putting back.

    Both are told once for all runs of the file.
    """
    found = Version.objects.filter(audit__in=audits, **_FROM_FILES)
    gone: dict[tuple[UUID, str], str] = {}
    were_wrong: set[tuple[UUID, str]] = set()
    for each in found.select_related("by").order_by("at", "pk"):
        value = each.value or {}
        file, row = (each.audit_id, value["sha256"]), (each.audit_id, each.item)
        number, _ = audits[each.audit_id]
        moment = Moment(
            kind="results_removed",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=number,
        )
        if wrong := value.get("wrong"):
            were_wrong.add(row)
            if file not in gone:
                gone[file] = wrong["file"]
                yield replace(moment, name=wrong["file"], words=wrong["reason"])
        elif row in were_wrong:
            were_wrong.remove(row)
            if name := gone.pop(file, ""):
                yield replace(moment, kind="results_back", name=name)


def changed_results(audits: Numbered) -> Iterator[Moment]:
    """Yield each change of a result that counted, once for all audits that have it."""
    found = Version.objects.filter(
        audit__in=audits, kind=Version.Kind.CANDIDATE, value__replaced__isnull=False
    )
    told: set[tuple[str, int, str]] = set()
    for each in found.select_related("by").order_by("at"):
        [row] = candidates_of({each.item: each.value}).rows
        last = str(row.replaced[-1])
        change = (each.item, len(row.replaced), last)
        if change in told or row.wrong:
            continue
        told.add(change)
        number, _ = audits[each.audit_id]
        yield Moment(
            kind="result_changed",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=number,
            words=change_said(row, row.replaced[-1], state_of(row)),
        )


def files_of(use_case: UseCase) -> Iterator[Moment]:
    """Yield each file that was opened, saved or removed."""
    saved = {
        (value or {})["sha256"]
        for value in Version.objects.filter(
            audit__use_case=use_case, **_FROM_FILES
        ).values_list("value", flat=True)
    }
    results = ResultsFile.objects.filter(use_case=use_case).defer("runs")
    for file in results.select_related("added_by"):
        kind: Kind = "results" if file.digest in saved else "results_read"
        yield Moment(kind=kind, at=file.added_at, by=file.added_by, name=file.name)
    usage = UsageUpload.objects.filter(use_case=use_case).defer("content")
    for month in usage.select_related("added_by"):
        is_saved = month.measured or month.counted_models is not None
        kind = "usage" if is_saved else "usage_read"
        yield Moment(kind=kind, at=month.added_at, by=month.added_by, name=month.name)
    removed = RemovedUsage.objects.filter(use_case=use_case)
    for gone in removed.select_related("added_by", "by"):
        yield Moment(kind="usage_removed", at=gone.at, by=gone.by, name=gone.name)
        yield Moment(kind="usage", at=gone.added_at, by=gone.added_by, name=gone.name)
