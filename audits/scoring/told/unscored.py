"""Which results are unsure, since cases of them have no score or were not run.

Such cases are evidence for neither side, so every reader is told which candidate it
is, how many they are, and which verdict they would give.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.results_behind.other_results import verdict_with
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.unscored import as_scored
from audits.scoring.scored.words import name_of

RUN_AGAIN = "what it answers counts as asserted"


def unscored(framework: Framework, assessment: Assessment) -> Iterator[str]:
    """Yield each result that open cases make unsure, and the verdicts they would give.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided with it as asserted.
    """
    for row in unsure_rows(assessment):
        verdicts = _verdicts(framework, assessment, row)
        run = "the rest is run" if row.lacks else "they are run again"
        yield f"{_said(row)}. {_then(row, verdicts)}Until {run}, {RUN_AGAIN}."


def unsure_rows(assessment: Assessment) -> tuple[ScoredCandidate, ...]:
    """Return the results whose open cases could change an answer."""
    if assessment.candidates is None:
        return ()
    inputs, _ = given_to(assessment)
    return inputs.answered.unsure


def unscored_in_short(
    framework: Framework, assessment: Assessment
) -> tuple[str, Sequence[ScoredCandidate]]:
    """Return the first of them for page 1, and all that page 1 need not count."""
    rows = unsure_rows(assessment)
    if not rows:
        return "", ()
    first, *others = rows
    verdicts = _verdicts(framework, assessment, first)
    names = [x for x in verdicts if x != assessment.named.name][:1]
    then = f": with {_these(first)}, it may be “{names[0]}”" if names else ""
    more = f"; {len(others)} more like it" if others else ""
    return f"{_said(first)}{then}{more}", rows


def open_said(row: ScoredCandidate) -> str:
    """Return how many of its cases have a score, without the name of the candidate.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=150, passed=99, errors=50)
    >>> open_said(row), open_said(replace(row, errors=0, lacks=110, cases=40))
    ('has no score for 50 of 150 cases', 'ran 40 of the 150 cases')
    """
    blank, cases = row.errors + row.left_out, row.cases + row.left_out
    no_score = f"no score for {blank:,} of {cases:,} cases"
    if not row.lacks:
        return f"has {no_score}"
    ran = f"ran {cases:,} of the {cases + row.lacks:,} cases"
    return f"{ran}, with {no_score}" if blank else ran


def _said(row: ScoredCandidate) -> str:
    return f"“{name_of(row)}” {open_said(row)}"


def _verdicts(
    framework: Framework, assessment: Assessment, row: ScoredCandidate
) -> tuple[str, str]:
    """Return the verdicts if its open cases passed, and if they failed."""
    inputs, _ = given_to(assessment)
    found = inputs.candidates

    def verdict(*, passed: bool) -> str:
        then = as_scored(row, passed=passed)
        rows = tuple(then if each == row else each for each in found.rows)
        return verdict_with(framework, assessment, replace(found, rows=rows))

    return verdict(passed=True), verdict(passed=False)


def _these(row: ScoredCandidate) -> str:
    return "the rest" if row.lacks else "them"


def _then(row: ScoredCandidate, verdicts: tuple[str, str]) -> str:
    passed, failed = verdicts
    if passed == failed:
        return ""
    return (
        f"If all of {_these(row)} passed, the verdict would be “{passed}”; if none "
        f"did, “{failed}”. "
    )
