"""Cards for the tests that a verdict and its results ask for, whatever is not known.

What a verdict advises is tested before it is built, and a result that is too small to
settle whether it reaches the target needs more cases.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from audits.frameworks.schema import Framework
from audits.scoring.cards.by_results import of_candidates, of_results
from audits.scoring.cards.card import Card
from audits.scoring.cards.outcomes import CardOutcome
from audits.scoring.cards.pass_marks import of_target
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.evidence import ADVISED, UNSETTLED
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import hours_cost
from audits.scoring.scored.candidates import KINDS
from audits.scoring.scored.chances.chance import Unsettled, unsettled
from audits.scoring.scored.words import name_of, short_name
from audits.scoring.step_facts import CASES, TestFacts, card_facts

ADVISED_TEST, MORE_CASES = "test_advised", "more_cases"
IDS = (ADVISED_TEST, MORE_CASES)
FEWEST = "the fewest that count"
# A case of the test set is priced as a reviewed example, and no more.
_EACH = (
    "to find it, answer it, run it and judge it; an example of the test set is priced "
    "by its answer alone"
)
_MEASURE = "Share of cases that meet the pass rule"
# With more than these, a result is as near to the target as tests can tell.
_MOST_MORE = 1_000


def tests_of_results(
    framework: Framework, assessment: Assessment, inputs: Inputs
) -> tuple[Card, ...]:
    """Return the test of the advice, and of more cases, where they are needed.

    What can change the verdict to more others comes first, of equals more cases.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
    """
    if not asks_for_tests(assessment, inputs):
        return ()
    cards = [
        *_of_more(framework, assessment, inputs),
        *_of_advice(framework, assessment, inputs),
    ]
    return tuple(sorted(cards, key=_power, reverse=True))


def asks_for_tests(assessment: Assessment, inputs: Inputs) -> bool:
    """Return whether there may be such a card, before one is worked out."""
    if assessment.prerequisite or assessment.measurements:
        return False
    return bool(_advised_test(assessment) or unsettled(inputs.answered))


def _power(card: Card) -> int:
    return len({each.verdict for each in card.outcomes if not each.stays})


def _of_advice(
    framework: Framework, assessment: Assessment, inputs: Inputs
) -> Iterator[Card]:
    """Yield the test of the advice, unless a step of the plan tests that."""
    facts = _advised_test(assessment)
    if facts is None:
        return
    by_plan = {
        kind
        for finding in assessment.evidence_plan
        if (about := card_facts().question.get(finding.question)) and about.by_scores
        for kind in about.kinds
    }
    if facts.kind in by_plan:
        return
    [kind] = (each for each in KINDS if each == facts.kind)
    card = card_of_way(assessment, inputs, facts)
    yield replace(
        card,
        id=ADVISED_TEST,
        because=ADVISED,
        kinds=(kind,),
        outcomes=of_results(framework, assessment, inputs, (kind,), card.cases),
    )


def card_of_way(assessment: Assessment, inputs: Inputs, facts: TestFacts) -> Card:
    """Return what the test of a way has, on the cases at hand; the rest is empty."""
    there = inputs.candidates.cases_there
    name, sample = on_cases(facts, there)
    return replace(
        test_card(assessment, inputs, facts.hours),
        name=name,
        sample=sample,
        covers="to make it and test it, with the cases at hand",
        cases=max(there, CASES),
    )


def on_cases(facts: TestFacts, there: int) -> tuple[str, str]:
    """Return what a test is called and its sample, with the cases that are there."""
    which = f"the same {there:,}" if there >= CASES else f"{CASES}"
    rules = "" if there >= CASES else f", {FEWEST}, each with a written pass rule"
    return f"{facts.name} on {which} cases", f"{which} cases".capitalize() + rules


def _advised_test(assessment: Assessment) -> TestFacts | None:
    """Return the test of the step that a verdict takes first; None if it has none."""
    advice = assessment.advice
    is_step = assessment.verdict == assessment.context_layer
    if advice is None or not (is_step or assessment.family == "stop"):
        return None
    return card_facts().test.get(advice.step.id)


def _of_more(
    framework: Framework, assessment: Assessment, inputs: Inputs
) -> Iterator[Card]:
    """Yield the test of more cases, where a result is too small to settle it."""
    found = unsettled(inputs.answered)
    if found is None or found.more > _MOST_MORE:
        return
    row, more = found.row, found.more
    count = "1 more case" if more == 1 else f"{more:,} more cases"
    each = card_facts().minutes_a_case
    yield replace(
        test_card(assessment, inputs, max(1, ceil(more * each / 60))),
        id=MORE_CASES,
        name=f"Test “{short_name(row)}” on about {count}",
        sample=f"The {row.cases:,} cases of its result, and {count}",
        covers=f"{each} minutes a case, {_EACH}",
        because=UNSETTLED,
        kinds=(row.kind,),
        cases=row.cases + more,
        outcomes=_once_settled(framework, assessment, inputs, found),
    )


def _once_settled(
    framework: Framework, assessment: Assessment, inputs: Inputs, found: Unsettled
) -> tuple[CardOutcome, ...]:
    """Return what follows if all cases together show that it reaches the target."""
    row, cases = found.row, found.row.cases + found.more
    given, name = inputs.candidates, name_of(found.row)
    told = (
        (f"“{name}” meets the target", cases),
        (f"“{name}” misses the target", row.passed or 0),
    )
    scenarios = []
    for words, passed in told:
        then = replace(row, cases=cases, passed=passed)
        rows = tuple(then if each == row else each for each in given.rows)
        scenarios.append((words, replace(given, rows=rows)))
    return of_candidates(framework, assessment, inputs, scenarios)


def test_card(assessment: Assessment, inputs: Inputs, hours: int) -> Card:
    """Return what all tests of a target have in common; the rest is empty."""
    target = inputs.candidates.target
    mark = of_target(target)
    return Card(
        id="",
        name="",
        asks="Does it reach the target?",
        how="",
        sample="",
        measure=_MEASURE,
        pass_mark=mark.says,
        lacks_target=mark.lacks_target,
        hours=hours,
        cost=hours_cost(assessment, hours),
        because="",
        kinds=(),
        cases=CASES,
        sets_target=False,
        outcomes=(),
        needs_target=target is None,
        together=(),
        answers=(),
        by_hand=(),
        comes_first=False,
    )
