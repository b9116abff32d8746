"""Reads results files of evaluation tools, and keeps what candidates need of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from audits.checked_files import digest_of
from audits.evaluations.comparing import missing_cases
from audits.evaluations.days import day_that_counts, require_days
from audits.evaluations.formats.case_ids import normal_id
from audits.evaluations.joining import is_smaller_test, joined
from audits.evaluations.numbered import are_numbers, digest_of_id, set_of
from audits.evaluations.reading import evaluations_of, run_of, values_of
from audits.evaluations.runs import Case, EvaluationFile, Run, is_of_one
from audits.models import (
    Audit,
    Organization,
    ResultsCheck,
    ResultsFile,
    User,
)
from audits.scoring import Assessment
from audits.scoring.results_behind.counted_twice import counted_twice
from audits.scoring.retests.called import is_called_as, is_called_as_but_for_label
from audits.scoring.retests.older import why_older
from audits.scoring.scored.candidates import KeptCases, ScoredCandidate
from audits.scoring.scored.from_runs import result_of, run_behind
from audits.scoring.scored.replaced.replacing import replacing
from audits.scoring.scored.values import REPLACED_TEXTS
from audits.services.answers.answers import AuditLocked, locked_audit
from audits.services.answers.evidence import require_room
from audits.services.record import events
from audits.services.use_cases.unused_files import unused_files
from audits.uploads.attachments.names import cleaned_file_name

# What a check keeps of a file, too.
_READ = ("runs", "cases", "format", "size")
# A file that no candidate is from stays for so long.
_UNUSED = timedelta(days=7)
# What a person may type over what a file says.
_TYPED_OVER = ("model", "settings", "cost", "p50_ms", "p95_ms", "run_by")


def add_results(*, audit: Audit, by: User, upload: "File[bytes]") -> ResultsFile:
    """Read a results file, and keep what it says; the same file is kept once.

    Args:
        audit: The audit whose use case was scored.
        by: Who uploads it.
        upload: The file, with the name that the person gave it.

    Raises:
        AuditLocked: The audit is not a draft.
        RefusedEvaluationError: The file is not read; says why in one sentence.
        BusyError: Other files are being read.
        QuotaFull: The organization has no room for it.
    """
    if not audit.is_draft:
        raise AuditLocked
    found = evaluations_of(upload)
    require_days(found, timezone.now())
    kept = ResultsFile(
        organization=audit.organization,
        use_case=audit.use_case,
        name=cleaned_file_name(upload.name or ""),
        digest=digest_of(upload),
        added_by=by,
        **read_of(found),
    )
    return _keep(audit, kept)


def add_checked(*, audit: Audit, by: User, check: ResultsCheck) -> ResultsFile:
    """Keep what was read of a file when a signed verdict was checked with it.

    Args:
        audit: A later audit of the use case.
        by: Who takes it over.
        check: The check, which has runs.

    Raises:
        AuditLocked: The audit is not a draft.
        QuotaFull: The organization has no room for it.
    """
    kept = ResultsFile(
        organization=audit.organization,
        use_case=audit.use_case,
        name=cleaned_file_name(check.name),
        added_by=by,
        **{name: getattr(check, name) for name in ("digest", *_READ)},
    )
    return _keep(audit, kept)


def read_of(found: EvaluationFile) -> dict[str, Any]:
    """Return what is kept of a results file: its runs without texts, and their size."""
    bare = [without_texts(run) for run in found.runs]
    runs = [values_of(run) for run in bare]
    size = len(json.dumps(runs).encode())
    values = (runs, cases_in(bare, found.inputs), found.format, size)
    return dict(zip(_READ, values, strict=True))


def _keep(audit: Audit, kept: ResultsFile) -> ResultsFile:
    """Store a file; return the same one if the use case has it already."""
    with transaction.atomic():
        if not locked_audit(audit).is_draft:
            raise AuditLocked
        _remove_unused(audit)
        own = ResultsFile.objects.filter(use_case=audit.use_case)
        if there := own.filter(digest=kept.digest).first():
            return there
        # Two uploads at once take turns, so that together they keep the quota.
        Organization.objects.select_for_update(no_key=True).get(pk=kept.organization_id)
        require_room(kept.organization_id, kept.size)
        kept.save(force_insert=True)
        events.record(
            organization=audit.organization,
            actor=kept.added_by,
            verb="results.read",
            subject=str(kept.pk),
            audit=str(audit.pk),
            sha256=kept.digest,
            size=kept.size,
        )
    return kept


def names_of_files(audit: Audit) -> Mapping[str, str]:
    """Return the names of the results files of an audit's use case, by digest."""
    own = ResultsFile.objects.filter(use_case=audit.use_case_id)
    return dict(own.values_list("digest", "name"))


def names_told(audit: Audit, assessment: Assessment) -> Mapping[str, str]:
    """Return the names of results files by digest, if pages name some.

    Note: one query, and none unless several results of a candidate count.
    """
    return names_of_files(audit) if counted_twice(assessment) else {}


def name_of_file(audit: Audit, digest: str) -> str:
    """Return the name of a results file, which may be gone."""
    return names_of_files(audit).get(digest, "A results file")


def runs_of(kept: ResultsFile) -> list[Run]:
    """Return the runs of a results file."""
    return [run_of(each) for each in kept.runs]


def runs_behind(audit: Audit, rows: Iterable[ScoredCandidate]) -> Mapping[str, Run]:
    """Return the runs that candidates are from, by the ids of the candidates."""
    wanted = [row for row in rows if row.sha256 and row.run is not None]
    digests = {row.sha256 for row in wanted}
    digests |= {each.sha256 for row in wanted for each in row.kept}
    files = ResultsFile.objects.filter(use_case=audit.use_case_id, digest__in=digests)
    runs = {
        (kept.digest, number): run_of(run)
        for kept in files
        for number, run in enumerate(kept.runs)
    }
    found = {row.id: run_behind(row, runs) for row in wanted}
    return {item: run for item, run in found.items() if run}


def days_of_upload(audit: Audit, rows: Iterable[ScoredCandidate]) -> Mapping[str, date]:
    """Return when the files of candidates were uploaded, by the ids of these."""
    own = ResultsFile.objects.filter(use_case=audit.use_case_id)
    added = dict(own.values_list("digest", "added_at"))
    return {
        row.id: timezone.localdate(added[row.sha256])
        for row in rows
        if row.sha256 in added
    }


def without_texts(run: Run) -> Run:
    """Return a run whose cases are known by a digest: ids may be people's own words.

    Ids that are written apart are one, unless the run has both.
    """
    ids = [normal_id(case.id) for case in run.cases]
    if len({*ids}) < len(ids):
        ids = [case.id for case in run.cases]
    cases = (
        Case(
            id=digest_of_id(each),
            passed=case.passed,
            score=case.score,
        )
        for case, each in zip(run.cases, ids, strict=True)
    )
    return replace(run, cases=tuple(cases))


def cases_in(runs: Iterable[Run], inputs: str = "") -> str:
    """Return how many cases runs have together, with a digest of their ids.

    Of cases that are merely numbered it is one of their inputs, if the file has these.

    >>> cases_in([Run(tool="CSV", cases=(Case(id="a"), Case(id="b")))])[:6]
    '2-7e18'
    >>> cases_in([Run(tool="CSV")])
    ''
    """
    ids = {case.id for run in runs for case in run.cases}
    if inputs and are_numbers(ids):
        return f"{len(ids)}-{digest_of_id(inputs)}"
    return set_of(ids)


def _remove_unused(audit: Audit) -> None:
    """Remove files of the use case that nobody ever made a candidate of."""
    is_old = timezone.now() - _UNUSED
    unused_files(audit.use_case_id).filter(added_at__lt=is_old).delete()


def candidate_from(run: Run, number: int, kept: ResultsFile) -> dict[str, Any]:
    """Return what a run says of a candidate, as the fields of one."""
    return {
        **result_of(run),
        "run_by": "",  # the person who uploads a file need not have run it
        "sha256": kept.digest,
        "run": number,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A candidate that a run of another file scored: the candidate, run and file."""

    row: ScoredCandidate
    run: Run
    kept: ResultsFile

    def why_older(self, run: Run) -> str:
        """Return why a run is older than this result; empty if it is not."""
        added = timezone.localdate(self.kept.added_at)
        return why_older(day_that_counts(run.day), self.row.day, added)


def earlier_of(audit: Audit, kept: ResultsFile) -> Mapping[int, Earlier]:
    """Return the candidates that a file scores again, by the numbers of the runs.

    A run scores a candidate again if its tool, test set, measure and name are the same,
    or if it is called as our files to run a test call that candidate. The label of a
    prompt may be missing from one of the names, if that leaves no doubt. It does not if
    it has fewer cases and nothing that shows that these are some of the others.
    Of several such candidates it is the newest; each is scored again by one run.
    """
    rows = [
        row
        for row in reversed(audit.given_candidates.rows)
        if row.sha256 != kept.digest and not row.is_removed
    ]
    behind = runs_behind(audit, rows)
    files = {
        each.digest: each
        for each in ResultsFile.objects.select_related("added_by").filter(
            use_case=audit.use_case_id, digest__in={row.sha256 for row in rows}
        )
    }
    again = _same(runs_of(kept), [row for row in rows if row.id in behind], behind)
    return {
        number: Earlier(row=row, run=behind[row.id], kept=files[row.sha256])
        for number, row in again.items()
    }


def _same(
    runs: list[Run], rows: list[ScoredCandidate], behind: Mapping[str, Run]
) -> Mapping[int, ScoredCandidate]:
    """Return which of the candidates each run scores, by the numbers of the runs."""
    named, but_for_label = (
        {
            number: [row for row in rows if is_one(run, row, behind[row.id])]
            for number, run in enumerate(runs)
        }
        for is_one in (_is_named_alike, is_called_as_but_for_label)
    )
    but_for_label = _without_doubt(but_for_label, runs, behind)
    found: dict[int, ScoredCandidate] = {}
    for number, same in (*named.items(), *but_for_label.items()):
        free = (
            row
            for row in same
            if row not in found.values()
            and not is_smaller_test(behind[row.id], runs[number])
        )
        row = None if number in found else next(free, None)
        if row:
            found[number] = row
    return dict(sorted(found.items()))


def _without_doubt(
    alike: Mapping[int, list[ScoredCandidate]],
    runs: list[Run],
    behind: Mapping[str, Run],
) -> dict[int, list[ScoredCandidate]]:
    """Leave out what may be candidates of several names, or runs of several."""
    names: dict[str, set[str | None]] = {}
    for number, same in alike.items():
        for row in same:
            names.setdefault(row.id, set()).add(runs[number].candidate)
    return {
        number: [row for row in same if len(names[row.id]) == 1]
        for number, same in alike.items()
        if len({behind[row.id].candidate for row in same}) == 1
    }


def scored_again(
    before: Earlier, run: Run, number: int, kept: ResultsFile
) -> ScoredCandidate:
    """Return a candidate with the result of another file; what was typed is kept.

    So is the outcome of each case that the file lacks, where it has some of the others.
    """
    told = candidate_from(before.run, before.row.run or 0, before.kept)
    both = joined(before.run, run)
    row, fields = before.row, candidate_from(both.run, number, kept)
    own = KeptCases(sha256=row.sha256, run=row.run or 0, count=both.kept)
    still = (*row.kept, own) if both.kept else ()
    if run.candidate != before.run.candidate:
        fields["model"] = told["model"]  # what files to run a test add is no name
    typed = {
        name: getattr(row, name)
        for name in _TYPED_OVER
        if getattr(row, name) != told[name]
    }
    return replacing(
        row,
        replace(row, **{**fields, **typed}, kept=still),
        file=before.kept.name[: REPLACED_TEXTS["file"]],
        day=row.day or timezone.localdate(before.kept.added_at),
        then=kept.name[: REPLACED_TEXTS["then"]],
        missing=missing_cases(before.run, both.run),
    )


def _is_named_alike(run: Run, row: ScoredCandidate, before: Run) -> bool:
    return is_of_one(run, before) or is_called_as(run, row)
