"""That a results file has the same cases several times, as every reader is told."""

from collections.abc import Iterator

from audits.evaluations.copies import copies_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.words import name_of


def copied_cases(assessment: Assessment) -> Iterator[str]:
    """Yield each result that counts and whose file repeats its cases."""
    found = assessment.candidates
    for row in found.rows if found else ():
        if row.copies and not row.why_not:
            cases = row.cases + row.left_out
            yield f"“{name_of(row)}”: {copies_words(cases, row.copies)}."
