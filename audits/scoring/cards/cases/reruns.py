"""The step that lets the cases run again after every change, where they are there.

Results show that there are cases, and not that they run again. So a check that asks for
that would stay open with no step to close it.
"""

from collections.abc import Iterator, Sequence

from audits.frameworks.schema import Framework
from audits.scoring.cards.card import Card, answered_by
from audits.scoring.cards.closing import card_of_check, needs_test_set
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.evidence import APPROVAL
from audits.scoring.money.measuring import hours_cost
from audits.scoring.step_facts import card_facts

RERUN_CASES = "rerun_cases"


def rerun_cases(
    framework: Framework, assessment: Assessment, cards: Sequence[Card]
) -> Iterator[Card]:
    """Yield the step, if an open check asks for it and no other step closes that.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        cards: The other steps.
    """
    facts, found = card_facts(), assessment.candidates
    enough = facts.question[facts.test_set.question].cases
    if not assessment.advice or not found or found.cases_there < enough:
        return
    for check in assessment.advice.subject_to:
        is_about_it = needs_test_set(framework, assessment, check.id)
        if is_about_it and not card_of_check(framework, assessment, check.id, cards):
            yield _card(framework, assessment, found.cases_there)
            return


def _card(framework: Framework, assessment: Assessment, cases: int) -> Card:
    facts = card_facts()
    answers = answered_by(framework, {facts.test_set.question})
    return Card(
        id=RERUN_CASES,
        name=f"Run the {cases:,} cases after every change",
        asks="Do the cases run again after each change of the prompt, model or data?",
        how=facts.reruns.how,
        sample="",
        measure="",
        pass_mark=f"Done when one change has run all {cases:,} cases",
        hours=facts.reruns.hours,
        cost=hours_cost(assessment, facts.reruns.hours),
        because=APPROVAL,
        kinds=(),
        cases=cases,
        outcomes=(),
        needs_target=False,
        together=(),
        answers=answers,
        by_hand=answers,
        comes_first=False,
    )
