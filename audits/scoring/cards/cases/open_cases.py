"""The step to run the cases that have no score: nothing counts as shown before it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from math import ceil

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.cards.by_results import of_candidates
from audits.scoring.cards.card import Card
from audits.scoring.cards.cases.by_counts import Counts, borders, of_counts
from audits.scoring.cards.outcomes import CardOutcome
from audits.scoring.chances.pass_marks import of_target
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import hours_cost
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.unscored import as_scored, open_cases
from audits.scoring.scored.words import name_of, short_name
from audits.scoring.step_facts import card_facts

RUN_AGAIN = "run_again"
_ALL, _NONE = "All of them pass", "None of them passes"
_HOUR = 60  # minutes
BECAUSE = "Cases without a score are evidence for neither side, and they decide here."


def run_again(framework: Framework, assessment: Assessment) -> Iterator[Card]:
    """Yield a card for each result whose cases without a score could decide.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with what these results answer as asserted.
    """
    if assessment.candidates is None or assessment.on is None:
        return
    inputs, _ = given_to(assessment)
    for row in inputs.answered.unsure:
        outcomes = _outcomes(framework, assessment, inputs, row)
        yield replace(_card(assessment, row), outcomes=outcomes)


def _outcomes(
    framework: Framework, assessment: Assessment, inputs: Inputs, row: ScoredCandidate
) -> tuple[CardOutcome, ...]:
    """Return what follows once they are run; of a mean score, only its two ends."""
    found = inputs.candidates

    def then(new: ScoredCandidate) -> Candidates:
        rows = tuple(new if each == row else each for each in found.rows)
        return replace(found, rows=rows)

    none, every = (as_scored(row, passed=passed) for passed in (False, True))
    if none.passed is None or every.passed is None:
        told = [(_ALL, then(every)), (_NONE, then(none))]
        return of_candidates(framework, assessment, inputs, told)
    passed = none.passed
    counts = Counts(
        fewest=0,
        most=open_cases(row),
        then=lambda count: then(replace(none, passed=passed + count)),
        told=partial(_told, open_cases(row)),
        borders=tuple(x - passed for x in borders(found.target, none.cases)),
    )
    return of_counts(framework, assessment, inputs, counts)


def _told(cases: int, low: int, high: int) -> str:
    """Say how many of the open cases pass.

    >>> _told(140, 0, 120), _told(140, 121, 140)
    ('120 or fewer of the 140 pass', '121 or more of the 140 pass')
    >>> _told(140, 0, 0), _told(140, 7, 8), _told(140, 0, 140)
    ('None of them passes', '7 to 8 of the 140 pass', 'Any number of the 140 passes')
    """
    if low == high == 0:
        return _NONE
    if low == high == cases:
        return _ALL
    of = f"of the {cases:,}"
    if (low, high) == (0, cases):
        return f"Any number {of} passes"
    if low == 0:
        return f"{high:,} or fewer {of} pass"
    if high == cases:
        return f"{low:,} or more {of} pass"
    return f"{low:,} {of} pass" if low == high else f"{low:,} to {high:,} {of} pass"


def _card(assessment: Assessment, row: ScoredCandidate) -> Card:
    target = assessment.candidates.target if assessment.candidates else None
    mark, cases = of_target(target), f"{open_cases(row):,} cases"
    if open_cases(row) == 1:
        cases = "1 case"
    # The cases and their pass rules are there.
    hours = max(1, ceil(open_cases(row) * card_facts().minutes_a_run / _HOUR))
    is_rest = bool(row.lacks) and not (row.errors or row.left_out)
    again = "" if is_rest else " again"
    return Card(
        id=f"{RUN_AGAIN}_{row.id}",
        name=f"Run {cases}{again} with “{short_name(row)}”",
        asks=f"Does “{name_of(row)}” reach the target on all cases?",
        how="",
        sample=f"The {cases} of the test set that have no score",
        measure="Share of cases that meet the pass rule",
        pass_mark=mark.says,
        lacks_target=mark.lacks_target,
        hours=hours,
        cost=hours_cost(assessment, hours),
        because=BECAUSE,
        kinds=(row.kind,),
        cases=row.cases + row.left_out + row.lacks,
        outcomes=(),
        needs_target=target is None,
        together=(),
        answers=(),
        by_hand=(),
        comes_first=True,
    )
