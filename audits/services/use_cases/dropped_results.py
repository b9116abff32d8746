"""Keeps what results files said of a use case or draft that goes, without its cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from audits.evaluations.reading import run_of
from audits.models import Audit, DroppedResults, ResultsFile, UseCase, User, Version
from audits.scoring.scored.from_runs import result_of, why_no_candidate

# Digests sort at random, so the smallest are a fair sample of more.
_MOST_IDS = 5_000


def keep_of_use_case(use_case: UseCase, by: User) -> None:
    """Keep a row for each results file that somebody saved results from."""
    _keep(use_case, saved_in_use_case(use_case), by, None)


def keep_of_draft(draft: Audit, by: User) -> None:
    """Keep a row for each results file that came with a draft that is discarded."""
    _keep(draft.use_case, saved_in_draft(draft), by, draft)


@dataclass(slots=True)
class Saved:
    """When a result was first saved from a file, and what its runs were said to be."""

    at: datetime
    kinds: dict[int | None, str]


def saved_in_use_case(use_case: UseCase) -> dict[str, Saved]:
    """Return the files, by digest, that results of a use case were saved from."""
    return _saved(Version.objects.filter(audit__use_case=use_case))


def saved_in_draft(draft: Audit) -> dict[str, Saved]:
    """Return the files, by digest, of which no audit before a draft had results."""
    own = _saved(Version.objects.filter(audit=draft, at__gte=draft.created_at))
    before = _saved(
        Version.objects.filter(
            audit__use_case=draft.use_case_id, audit__created_at__lt=draft.created_at
        )
    )
    return {digest: saved for digest, saved in own.items() if digest not in before}


def _saved(versions: QuerySet[Version]) -> dict[str, Saved]:
    found: dict[str, Saved] = {}
    rows = versions.filter(kind=Version.Kind.CANDIDATE, set_aside=False)
    for value, at in rows.order_by("at", "pk").values_list("value", "at"):
        if value and value.get("sha256"):
            saved = found.setdefault(value["sha256"], Saved(at=at, kinds={}))
            if not value.get("left"):
                saved.kinds[value.get("run")] = value["kind"]
    return found


def _keep(
    use_case: UseCase, found: dict[str, Saved], by: User, draft: Audit | None
) -> None:
    files = ResultsFile.objects.filter(use_case=use_case, digest__in=found)
    DroppedResults.objects.bulk_create(
        DroppedResults(
            organization=use_case.organization,
            audit=draft,
            number=use_case.number,
            name=use_case.name,
            team=use_case.team,
            digest=kept.digest,
            cases=kept.cases,
            case_ids=sorted(ids_in(kept))[:_MOST_IDS],
            runs=[*_counts(kept, found[kept.digest])],
            imported_at=found[kept.digest].at,
            by=by,
        )
        for kept in files
    )


def ids_in(kept: ResultsFile) -> set[str]:
    """Return the digests of the ids of all cases in a results file."""
    return {case[0] for run in kept.runs for case in run["cases"]}


def _counts(kept: ResultsFile, saved: Saved) -> Iterator[dict[str, Any]]:
    """Yield the counts of each run that could be a candidate, and none of its words."""
    for number, values in enumerate(kept.runs):
        run = run_of(values)
        if not why_no_candidate(run):
            told = result_of(run)
            yield {
                "kind": saved.kinds.get(number),
                "cases": told["cases"],
                "passed": told["passed"],
                "mean": None if told["mean"] is None else str(told["mean"]),
            }
