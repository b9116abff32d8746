"""Finds the results files or cases of an audit in drafts that are gone."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from audits.evaluations.numbered import are_numbers, identifies
from audits.models import Audit, DroppedResults, ResultsFile
from audits.scoring.told.dropped_results import DroppedRun, DroppedTest, dropped_said
from audits.services.use_cases.dropped_results import ids_in

_MOST_READ = 200


def told_of_dropped(audit: Audit) -> tuple[str, ...]:
    """Return in which drafts that are gone the same test was, in sentences.

    Note: queries as for `results_dropped`.
    """
    return tuple(dropped_said(results_dropped(audit)))


def dropped_drafts(audit: Audit) -> int:
    """Return how many drafts that are gone had the same test, for page 1.

    Note: queries as for `results_dropped`.
    """
    told = results_dropped(audit)
    return len({(test.name, test.is_discarded, test.dropped) for test in told})


def told_of_file(audit: Audit, kept: ResultsFile) -> tuple[str, ...]:
    """Return the same of a results file of which nothing may be saved yet.

    Note: one query.
    """
    return tuple(dropped_said(_found(audit, {kept.digest}, [kept])))


def results_dropped(audit: Audit) -> tuple[DroppedTest, ...]:
    """Return the drafts that are gone with files of an audit, or with its cases.

    Anyone who sees the audit sees them, as with other use cases of one test. What went
    after the submission is none of it: what a paper says does not change.

    Note: one query, and two if a draft may be one; none where no candidate is from a
    file, or where the organization is known to have none.
    """
    digests = {row.sha256 for row in audit.given_candidates.rows if row.sha256}
    if not digests or not getattr(audit, "has_dropped", True):
        return ()
    own = ResultsFile.objects.filter(use_case=audit.use_case_id, digest__in=digests)
    return _found(audit, digests, own)


def _found(
    audit: Audit, digests: set[str], own: Iterable[ResultsFile]
) -> tuple[DroppedTest, ...]:
    """Return the rows that have a file with one of the digests, or its cases.

    A file of which only some cases are the same counts only if the same team had it:
    the tests of two teams often number their cases alike.
    """
    rows = [*_gone(audit, digests)]
    if not rows:
        return ()
    tests = [_Own(kept.digest, kept.cases, frozenset(ids_in(kept))) for kept in own]
    told = (_told(row, tests) for row in rows)
    return tuple(each for each in told if each)


def _gone(audit: Audit, digests: set[str]) -> "QuerySet[DroppedResults]":
    own = ResultsFile.objects.filter(use_case=audit.use_case_id, digest__in=digests)
    cases = own.exclude(cases="").order_by().values("cases")
    found: QuerySet[DroppedResults] = DroppedResults.objects.filter(
        Q(digest__in=digests) | Q(cases__in=cases) | Q(team=audit.use_case.team_id),
        organization=audit.organization_id,
    ).exclude(audit=audit)
    if audit.submitted_at:
        found = found.filter(at__lte=audit.submitted_at)
    return found[:_MOST_READ]


class _Own(NamedTuple):
    """A results file of an audit: its SHA-256, its cases, and digests of their ids."""

    digest: str
    cases: str
    ids: frozenset[str]

    def has_cases_of(self, row: DroppedResults) -> bool:
        """Whether both have the same cases, unless they are merely numbered alike."""
        return row.cases == self.cases and identifies(row.cases)


def _told(row: DroppedResults, own: Sequence[_Own]) -> DroppedTest | None:
    """Return what readers are told; None if a row has too little of every file."""
    number, ids = int(row.cases.partition("-")[0] or 0), frozenset(row.case_ids)
    is_file = any(row.digest == each.digest for each in own)
    is_set = any(each.has_cases_of(row) for each in own)
    is_named = is_set or not are_numbers(ids)
    shared = max((_shared(ids, each.ids) for each in own if is_named), default=0)
    if not (is_file or is_set or shared):
        return None
    return DroppedTest(
        name=row.name,
        is_discarded=row.audit_id is not None,
        imported=timezone.localdate(row.imported_at),
        dropped=timezone.localdate(row.at),
        runs=tuple(DroppedRun(**run) for run in row.runs),
        cases=number,
        shared=None if is_file else shared,
        is_same_set=is_set,
        is_at_least=len(ids) < number,
    )


def _shared(gone: frozenset[str], own: frozenset[str]) -> int:
    """Return how many cases are the same; 0 if that is less than half of each test.

    >>> _shared(frozenset("abcd"), frozenset("ab"))
    2
    >>> _shared(frozenset("abcd"), frozenset("axyz"))
    0
    """
    both = len(gone & own)
    return both if 2 * both >= min(len(gone), len(own)) else 0
