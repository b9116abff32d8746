"""The evidence plan as cards: a card for each step, in the order to run them."""

from collections.abc import Iterable
from dataclasses import replace

from audits.frameworks.rules import PlannedExperiment
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.cards.advised_next import of_advised_step
from audits.scoring.cards.by_results import (
    CardCandidate,
    is_decided_alike,
    of_results,
    tested,
)
from audits.scoring.cards.card import BEGINS, AnsweredQuestion, Card, answered_by
from audits.scoring.cards.cases.open_cases import run_again
from audits.scoring.cards.cases.reruns import rerun_cases
from audits.scoring.cards.cheaper_ways import cheaper_ways, each_once
from audits.scoring.cards.faults import sorting
from audits.scoring.cards.moving import move_smaller
from audits.scoring.cards.outcomes import (
    CardOutcome,
    of_measurements,
    of_question,
    shown_besides,
)
from audits.scoring.cards.proofs import settles, with_proofs
from audits.scoring.cards.ruled_out import is_ruled_out, testable
from audits.scoring.cards.tests_of_results import (
    asks_for_tests,
    at_any_target,
    how_to_find,
    name_of_finding,
    sample_of_finding,
    tests_of_results,
)
from audits.scoring.chances.pass_marks import PassMark, pass_mark
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.evidence import GROUND, Finding
from audits.scoring.explaining.measurements import PlannedMeasurement
from audits.scoring.inputs import Inputs
from audits.scoring.money.may_be_there import cases_that_are_there
from audits.scoring.money.measuring import hours_cost
from audits.scoring.scored.candidates import (
    KINDS,
    NO_CANDIDATES,
    Candidates,
    ScoredCandidate,
    ScoredKind,
)
from audits.scoring.scored.words import name_of
from audits.scoring.step_facts import CASES, QuestionFacts, card_facts
from audits.scoring.ways_to_test.claimed_ways import with_claimed
from audits.scoring.ways_to_test.untested_ways import waits_for_ways

FIRST = "Its result could change the verdict, so it comes before all other tests."


def cards_of(
    framework: Framework, assessment: Assessment, inputs: Inputs | None = None
) -> tuple[Card, ...]:
    """Return a card for each step of the evidence plan, in the order to run them.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
        inputs: What it was decided from; None for what the assessment keeps of it,
            which leaves out answers that did not apply.
    """
    given = _given_as_then(framework, assessment, inputs)
    plan = assessment.measurements
    experiments = {each.id: each for each in framework.experiments}
    asked = [
        _finding(framework, assessment, each, given)
        for each in assessment.evidence_plan
    ]
    found = [
        card
        for card in with_proofs(framework, assessment, asked)
        if card.proves or not is_ruled_out(framework, assessment, card.id)
    ]
    # What the advice begins with is the first step too. What everything else depends on
    # comes before the tests of the advice, and what only confirms it after all that may
    # change it. So does a test of the advice of which nobody can say what it changes.
    first = [card for card in found if card.because == BEGINS]
    found = [card for card in found if card.because != BEGINS]
    ground = sum(card.because == GROUND for card in found)
    tests = tests_of_results(framework, assessment, given) if given else ()
    steps = (
        *move_smaller(assessment),
        *run_again(framework, assessment),
        *(
            _measurement(framework, assessment, each, experiments[each.id], given)
            for each in (plan.experiments if plan else ())
        ),
        *first,
        *found[:ground],
        *sorting(framework, assessment, inputs),
        *(card for card in tests if card.changes_verdict),
        *each_once(
            cheaper_ways(framework, assessment, given) if given else (), found[ground:]
        ),
        *_last(tests),
    )
    return (
        *steps,
        *rerun_cases(framework, assessment, steps),
        *(card for card in tests if card.confirms),
    )


def _last(tests: Iterable[Card]) -> list[Card]:
    """Return the tests that change no verdict, then those that wait for a target.

    Without those that only confirm what is advised.
    """
    left = [x for x in tests if not (x.changes_verdict or x.confirms)]
    return sorted(left, key=lambda card: card.needs_target)


def _given_as_then(
    framework: Framework, assessment: Assessment, inputs: Inputs | None
) -> Inputs | None:
    """Return what results of candidates are decided beside.

    None if no step needs it, or if it gives another verdict today: that takes the
    prices of models, which most results are shown without.
    """
    steps = (each.question for each in assessment.evidence_plan)
    is_scored = any(_is_scored(framework, question) for question in steps)
    is_scored = is_scored or bool(assessment.measurements)
    given = inputs or (given_to(assessment)[0] if assessment.on else None)
    if not is_scored and not (given and _may_test(assessment, given)):
        return None
    is_as_then = given is not None and is_decided_alike(framework, assessment, given)
    return given if is_as_then else None


def _may_test(assessment: Assessment, given: Inputs) -> bool:
    is_advised = asks_for_tests(assessment, given)
    return is_advised or waits_for_ways(assessment, given)


def _is_scored(framework: Framework, question: str) -> bool:
    """Return whether nothing but scores of candidates answers a question."""
    facts = card_facts().question.get(question)
    return bool(facts and facts.by_scores and _kinds(framework, facts.kinds))


def _measurement(
    framework: Framework,
    assessment: Assessment,
    planned: PlannedMeasurement,
    experiment: PlannedExperiment,
    inputs: Inputs | None,
) -> Card:
    facts = card_facts().experiment[planned.id]
    told = {q for outcome in experiment.outcomes for q in outcome.questions}
    plan = assessment.measurements
    others = [x.name for x in (plan.experiments if plan else ()) if x != planned]
    kinds = _kinds(framework, facts.kinds)
    led: tuple[CardOutcome, ...] = ()
    is_scored = kinds and all(_is_scored(framework, question) for question in told)
    if inputs and assessment.on and is_scored and not others:
        kinds = with_claimed(framework, inputs, kinds, facts.cases, assessment.on)
        led = of_results(framework, assessment, inputs, kinds, facts.cases)
    mark = (
        PassMark(facts.pass_mark)
        if facts.sets_target
        else _mark(framework, assessment, facts.pass_mark)
    )
    return Card(
        id=planned.id,
        name=planned.name,
        asks=facts.asks,
        how=facts.how,
        sample=facts.sample,
        measure=facts.measure,
        pass_mark=mark.says,
        lacks_target=mark.lacks_target,
        hours=planned.hours,
        cost=hours_cost(assessment, planned.hours),
        because=FIRST,
        kinds=kinds,
        cases=facts.cases,
        sets_target=facts.sets_target,
        outcomes=led or of_measurements(framework, assessment),
        together=tuple(others),
        answers=answered_by(framework, told),
        by_hand=() if facts.sets_target else _by_hand(framework, told, facts.kinds),
        comes_first=True,
        besides=() if led else shown_besides(framework, assessment, experiment),
    )


def _finding(
    framework: Framework,
    assessment: Assessment,
    finding: Finding,
    inputs: Inputs | None,
) -> Card:
    question = framework.question_by_id[finding.question]
    facts = card_facts().question.get(question.id)
    kinds = _kinds(framework, facts.kinds if facts else ())
    kinds = testable(framework, assessment, kinds) or kinds
    cases = _cases(assessment, facts)
    scored = inputs if _is_scored(framework, question.id) else None
    test = finding.experiment
    mark = _mark(framework, assessment, test.pass_mark if test else "")
    begins = settles(assessment, finding)
    outcomes = _outcomes(framework, assessment, finding, scored, kinds)
    return Card(
        id=question.id,
        name=name_of_finding(assessment, finding),
        asks=question.text,
        how=how_to_find(assessment, finding),
        sample=_sample(assessment, finding, facts),
        measure=test.measure if test else "",
        pass_mark=mark.says,
        lacks_target=mark.lacks_target,
        hours=finding.hours,
        cost=hours_cost(assessment, finding.hours),
        because=BEGINS if begins else finding.because,
        kinds=kinds,
        cases=cases,
        outcomes=outcomes,
        waits=question.waits,
        covers="without collecting cases" if facts and facts.enough else "",
        needs_target=bool(scored and scored.candidates.target is None and not outcomes),
        answers=answered_by(framework, {question.id}),
        by_hand=_by_hand(framework, {question.id}, kinds),
    )


def _outcomes(
    framework: Framework,
    assessment: Assessment,
    finding: Finding,
    inputs: Inputs | None,
    kinds: tuple[ScoredKind, ...],
) -> tuple[CardOutcome, ...]:
    """Return what a step finds out, by scores if `inputs` has those that count.

    Before there is a target, only scores that change nothing at any are told.
    """
    question = framework.question_by_id[finding.question]
    if inputs is None:
        told = of_advised_step if settles(assessment, finding) else of_question
        return told(framework, assessment, question)
    cases = _cases(assessment, card_facts().question[question.id])
    if inputs.candidates.target is not None:
        return of_results(framework, assessment, inputs, kinds, cases)
    alike = at_any_target(framework, assessment, inputs, kinds, cases)
    return alike if all(each.stays for each in alike) else ()


def _cases(assessment: Assessment, facts: QuestionFacts | None) -> int:
    """Return how many cases a test takes: all that are there, if it takes the same."""
    if facts is None or not facts.same_cases:
        return facts.cases if facts else CASES
    there = (assessment.candidates or NO_CANDIDATES).cases_there
    return max(facts.cases, there, cases_that_are_there(assessment))


def _sample(
    assessment: Assessment, finding: Finding, facts: QuestionFacts | None
) -> str:
    """Say how many cases a test takes beside those that are there, and why as many."""
    words = finding.experiment.sample if finding.experiment else ""
    if not words or facts is None or not facts.enough:
        return words or sample_of_finding(assessment, finding)
    found, enough = assessment.candidates, facts.enough
    there = found.cases_there if found else 0
    if there >= enough:
        return f"The same {there:,} cases"
    words = f"{enough} cases, so that 5 points show"
    if not there:
        return words
    more = enough - there
    return f"{more} more case{'s' * (more > 1)} beside the {there:,} there: {words}"


def _mark(framework: Framework, assessment: Assessment, words: str) -> PassMark:
    """Return a pass mark with the target; a version without candidates has none."""
    if not framework.asserted_unless_marked:
        return PassMark(words)
    found = assessment.candidates
    return pass_mark(words, found.target if found else None)


def _kinds(framework: Framework, kinds: tuple[str, ...]) -> tuple[ScoredKind, ...]:
    """Return kinds of candidates; none where the framework reads no candidates."""
    known = {str(kind): kind for kind in KINDS}
    return tuple(known[x] for x in kinds if framework.asserted_unless_marked)


def _by_hand(
    framework: Framework, told: set[str], kinds: tuple[str, ...]
) -> tuple[AnsweredQuestion, ...]:
    """Return the questions of a step that no results file answers."""
    is_scored = framework.asserted_unless_marked and kinds
    answered = card_facts().answered_by_results if is_scored else ()
    return answered_by(framework, told - {*answered})


def candidates_of(card: Card, found: Candidates) -> tuple[CardCandidate, ...]:
    """Return the candidates that a step tests, of those of a use case: see `tested`.

    What a step makes is one more: its result replaces none of those that are there.
    """
    if card.only:
        rows = tuple(row for row in found.rows if row.id in card.only)
        found = replace(found, rows=rows)
    there = tested(card.kinds, found)
    if not card.makes or not any(each.row for each in there):
        return there
    [kind] = card.kinds
    name = name_of(ScoredCandidate(id="", kind=kind, cases=0, model=card.makes))
    return (CardCandidate(name=name, kind=kind, result=""),)
