"""The step to run the cases that have no score: nothing counts as shown before it."""

from collections.abc import Iterator
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.cards.by_results import of_candidates
from audits.scoring.cards.card import Card
from audits.scoring.cards.pass_marks import of_target
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.measuring import hours_cost
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.unscored import as_scored, open_cases
from audits.scoring.scored.words import name_of, short_name

RUN_AGAIN = "run_again"
_HOURS = 1  # the cases and their pass rules are there
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
        found = inputs.candidates
        told = []
        for words, passed in (
            ("All of them pass", True),
            ("None of them passes", False),
        ):
            then = as_scored(row, passed=passed)
            rows = tuple(then if each == row else each for each in found.rows)
            told.append((words, replace(found, rows=rows)))
        outcomes = of_candidates(framework, assessment, inputs, told)
        yield replace(_card(assessment, row), outcomes=outcomes)


def _card(assessment: Assessment, row: ScoredCandidate) -> Card:
    target = assessment.candidates.target if assessment.candidates else None
    mark, cases = of_target(target), f"{open_cases(row):,} cases"
    if open_cases(row) == 1:
        cases = "1 case"
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
        hours=_HOURS,
        cost=hours_cost(assessment, _HOURS),
        because=BECAUSE,
        kinds=(row.kind,),
        cases=row.cases + row.left_out + row.lacks,
        sets_target=False,
        outcomes=(),
        needs_target=target is None,
        together=(),
        answers=(),
        by_hand=(),
        comes_first=True,
    )
