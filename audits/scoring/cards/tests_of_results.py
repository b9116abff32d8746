"""Cards for the tests that a verdict and its results ask for, whatever is not known.

What a verdict advises is tested before it is built, and a result that is too small to
settle whether it reaches the target needs more cases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.cards.by_results import of_results
from audits.scoring.cards.card import Card
from audits.scoring.cards.cases.more_cases import (
    MORE_CASES,
    of_more,
    test_card,
    wanted_more,
)
from audits.scoring.cards.outcomes import CardOutcome
from audits.scoring.cards.proofs import proof_of, settles
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.evidence import ADVISED, Finding
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import hours_cost
from audits.scoring.money.of_assessment import recommended_way, ruled_out
from audits.scoring.moving.smaller import moves_to_smaller
from audits.scoring.scored.candidates import KINDS, ScoredKind
from audits.scoring.step_facts import CASES, TestFacts, card_facts
from audits.scoring.untested import cheapest_untested

ADVISED_TEST = "test_advised"
IDS = (ADVISED_TEST, MORE_CASES)
FEWEST = "the fewest that count"
_HOUR = 60  # minutes
_IN_PROMPT = " in the prompt"  # where the step names the prompt itself
_TARGETS = (Decimal("0.7"), Decimal("0.95"))  # a low one and a high one


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
        *of_more(framework, assessment, inputs),
        *_of_advice(framework, assessment, inputs),
    ]
    return tuple(sorted(cards, key=_power, reverse=True))


def asks_for_tests(assessment: Assessment, inputs: Inputs) -> bool:
    """Return whether there may be such a card, before one is worked out."""
    if assessment.prerequisite or assessment.measurements:
        return False
    if moves_to_smaller(assessment):
        return False  # what passed and what failed on the way to it is known
    return bool(_advised_test(assessment) or wanted_more(assessment, inputs))


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
        if (about := card_facts().question.get(finding.question))
        and about.by_scores
        and not proof_of(framework, assessment, finding)
        for kind in about.kinds
    }
    if facts.kind in by_plan:
        return
    [kind] = (each for each in KINDS if each == facts.kind)
    card = _with_other(assessment, card_of_way(assessment, inputs, facts))
    outcomes = of_results(framework, assessment, inputs, (kind,), card.cases)
    is_written = bool(card_facts().written_target.told(assessment.codes))
    if not outcomes and is_written and not inputs.candidates.rows:
        kinds = (kind,)
        outcomes = at_any_target(framework, assessment, inputs, kinds, card.cases)
    yield replace(
        card,
        id=ADVISED_TEST,
        because=ADVISED,
        kinds=(kind,),
        outcomes=outcomes,
        needs_target=card.needs_target and not outcomes,
    )


def _with_other(assessment: Assessment, card: Card) -> Card:
    """Return a test with the cheaper option that is no less tested, on its cases."""
    plan = assessment.costs.plan if assessment.costs else None
    way = recommended_way(assessment, plan) if plan else None
    other = cheapest_untested(assessment, way, ruled_out(assessment)) if way else None
    if other is None:
        return card
    minutes = card.cases * card_facts().minutes_a_run
    hours = card.hours + ceil(minutes / _HOUR)
    return replace(
        card,
        name=f"{card.name}, and “{other[0]}” on the same",
        hours=hours,
        cost=hours_cost(assessment, hours),
    )


def at_any_target(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    kinds: Sequence[ScoredKind],
    cases: int,
) -> tuple[CardOutcome, ...]:
    """Return what a test would mean before anybody enters the target.

    Results are told beside it and not by its number, so they are told if they lead to
    the same at a low target as at a high one.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
        kinds: The kinds of candidates that are tested.
        cases: On how many cases.
    """
    found = inputs.candidates
    low, high = (
        of_results(
            framework,
            assessment,
            replace(inputs, candidates=replace(found, target=target)),
            kinds,
            cases,
        )
        for target in _TARGETS
    )
    return low if low == high else ()


def tests_advice(assessment: Assessment, kinds: Sequence[str]) -> bool:
    """Return whether the advised way is among those that are tested beside a prompt."""
    facts = _advised_test(assessment)
    return facts is not None and facts.kind in kinds[1:]


def name_of_finding(assessment: Assessment, finding: Finding) -> str:
    """Return what a step of the plan is called, with the advised way if it tests that.

    Args:
        assessment: What was decided.
        finding: One finding of its evidence plan.
    """
    if settles(assessment, finding):
        return card_facts().settling.name
    if what := _tested_beside(assessment, finding):
        return f"{finding.name}, without and with {what}"
    looking = card_facts().looking
    if finding.question != looking.question:
        return finding.name
    return looking.name.format(cases=_failed_cases(assessment) or looking.cases)


def sample_of_finding(assessment: Assessment, finding: Finding) -> str:
    """Return at which cases a step of the plan looks, if people look and test nothing.

    Args:
        assessment: What was decided.
        finding: One finding of its evidence plan.
    """
    looking = card_facts().looking
    is_looked_at = finding.question == looking.question
    found = _failed_cases(assessment).capitalize() or looking.sample
    return found if is_looked_at else ""


def _failed_cases(assessment: Assessment) -> str:
    """Name the cases that failed of the result that decides; empty without some."""
    counted = given_to(assessment)[0].failing if assessment.on else None
    failed = counted.failed if counted else 0
    return f"the {failed:,} cases that failed" if failed > 1 else ""


def how_to_find(assessment: Assessment, finding: Finding) -> str:
    """Return how a step of the plan is done, with the advised way if it tests that.

    Args:
        assessment: What was decided.
        finding: One finding of its evidence plan.
    """
    if settles(assessment, finding):
        return card_facts().settling.how
    about = card_facts().question.get(finding.question)
    what = _tested_beside(assessment, finding)
    how = about.beside.format(what=what) if about and what else ""
    return how or finding.how


def _tested_beside(assessment: Assessment, finding: Finding) -> str:
    """Name the advised way that a step tests beside a prompt; empty if it does not."""
    facts = _advised_test(assessment)
    about = card_facts().question.get(finding.question)
    if facts is None or about is None or facts.kind not in about.kinds[1:]:
        return ""
    return lower_first(facts.name).removeprefix("test ").removesuffix(_IN_PROMPT)


def card_of_way(assessment: Assessment, inputs: Inputs, facts: TestFacts) -> Card:
    """Return what the test of a way has, on the cases at hand; the rest is empty."""
    there = inputs.candidates.cases_there
    name, sample = on_cases(facts, there)
    if not there and (said := card_facts().test_set.told(assessment.codes)):
        name = f"{facts.name} on your test set"
        sample = f"The cases of your test set, {said}"
    return replace(
        test_card(assessment, inputs, facts.hours),
        name=name,
        sample=sample,
        covers="to make and test it, not to collect cases",
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
