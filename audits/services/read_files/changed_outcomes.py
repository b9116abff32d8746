"""Finds files of a use case with the same cases and other outcomes."""

from collections.abc import Iterator
from itertools import combinations, islice

from audits.evaluations.changed_cases import changed_cases
from audits.models import Audit, ResultsFile
from audits.scoring.scored.candidates import digests_of
from audits.scoring.told.changed_outcomes import outcomes_said
from audits.services.read_files.results_files import runs_of

_MOST_NAMED = 5
_MOST_FILES = 20  # that are compared, the latest
_TWO = 2


def changed_outcomes(audit: Audit) -> tuple[str, ...]:
    """Return which files have the same cases as an earlier one, and other outcomes.

    Those are compared that a result of the audit is or was from.

    Note: one query, and none unless results are or were from two files.
    """
    rows = audit.given_candidates.rows
    digests = {x for row in rows for x in digests_of(row)}
    if len(digests) < _TWO:
        return ()
    return tuple(islice(_said(audit, digests), _MOST_NAMED))


def _said(audit: Audit, digests: set[str]) -> Iterator[str]:
    own = ResultsFile.objects.filter(use_case=audit.use_case_id, digest__in=digests)
    files = [*own.exclude(cases="")][-_MOST_FILES:]
    for earlier, later in combinations(files, 2):
        if earlier.cases == later.cases:
            found = changed_cases(runs_of(earlier), runs_of(later))
            if found:
                cases = int(later.cases.partition("-")[0])
                yield outcomes_said(earlier.name, later.name, cases, found)
