"""The evidence plan as cards: a card for each step, in the order to run them."""

from dataclasses import dataclass

from audits.frameworks.rules import PlannedExperiment
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.cards.by_results import (
    CardCandidate,
    is_decided_alike,
    of_results,
    tested,
)
from audits.scoring.cards.facts import CASES, card_facts
from audits.scoring.cards.outcomes import (
    CardOutcome,
    of_measurements,
    of_question,
)
from audits.scoring.explaining.assessment import Assessment, PlannedMeasurement
from audits.scoring.explaining.evidence import Finding
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import MeasuringCost, hours_cost
from audits.scoring.scored.candidates import KINDS, Candidates, ScoredKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredQuestion:
    """A question that a step answers, what the product calls it, and where it is."""

    id: str
    label: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One step: what to find out, how, and what each outcome would mean.

    Attributes:
        id: That of the planned experiment, or else of the question.
        name: What to do.
        asks: The question that it answers.
        how: How to find out, where the framework says so.
        sample: The cases. Empty, like `measure` and `pass_mark`, if it is enough to
            ask or look.
        measure: What is counted.
        pass_mark: When it passes.
        hours: Working hours of one person.
        cost: What these cost.
        because: Why it is worth finding out.
        kinds: The candidates to test; empty if none is.
        cases: How many cases a file for them has.
        sets_target: Whether the result is a target for the candidates.
        outcomes: What each outcome would mean, see `outcomes` and `by_results`.
        needs_target: Whether no outcome is told before there is a target.
        together: The other steps without which these outcomes do not follow.
        answers: The questions that it answers.
        by_hand: Those of them that no results file answers.
        comes_first: Whether it decides what comes next.
    """

    id: str
    name: str
    asks: str
    how: str
    sample: str
    measure: str
    pass_mark: str
    hours: int
    cost: MeasuringCost
    because: str
    kinds: tuple[ScoredKind, ...]
    cases: int
    sets_target: bool
    outcomes: tuple[CardOutcome, ...]
    needs_target: bool
    together: tuple[str, ...]
    answers: tuple[AnsweredQuestion, ...]
    by_hand: tuple[AnsweredQuestion, ...]
    comes_first: bool


FIRST = "Its result could change the verdict, so it comes before everything else."


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
    return (
        *(
            _measurement(framework, assessment, each, experiments[each.id])
            for each in (plan.experiments if plan else ())
        ),
        *(
            _finding(framework, assessment, each, given)
            for each in assessment.evidence_plan
        ),
    )


def _given_as_then(
    framework: Framework, assessment: Assessment, inputs: Inputs | None
) -> Inputs | None:
    """Return what results of candidates are decided beside.

    None if no step needs it, or if it gives another verdict today: that takes the
    prices of models, which most results are shown without.
    """
    steps = (each.question for each in assessment.evidence_plan)
    if not any(_is_scored(framework, question) for question in steps):
        return None
    given = inputs or (given_to(assessment)[0] if assessment.on else None)
    is_as_then = given is not None and is_decided_alike(framework, assessment, given)
    return given if is_as_then else None


def _is_scored(framework: Framework, question: str) -> bool:
    """Return whether nothing but scores of candidates answers a question."""
    facts = card_facts().question.get(question)
    return bool(facts and facts.by_scores and _kinds(framework, facts.kinds))


def _measurement(
    framework: Framework,
    assessment: Assessment,
    planned: PlannedMeasurement,
    experiment: PlannedExperiment,
) -> Card:
    facts = card_facts().experiment[planned.id]
    told = {q for outcome in experiment.outcomes for q in outcome.questions}
    plan = assessment.measurements
    others = [x.name for x in (plan.experiments if plan else ()) if x != planned]
    return Card(
        id=planned.id,
        name=planned.name,
        asks=facts.asks,
        how="",
        sample=facts.sample,
        measure=facts.measure,
        pass_mark=facts.pass_mark,
        hours=planned.hours,
        cost=hours_cost(assessment, planned.hours),
        because=FIRST,
        kinds=_kinds(framework, facts.kinds),
        cases=facts.cases,
        sets_target=facts.sets_target,
        outcomes=of_measurements(framework, assessment),
        needs_target=False,
        together=tuple(others),
        answers=_answered(framework, told),
        by_hand=() if facts.sets_target else _by_hand(framework, told, facts.kinds),
        comes_first=True,
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
    cases = facts.cases if facts else CASES
    scored = inputs if _is_scored(framework, question.id) else None
    test = finding.experiment
    return Card(
        id=question.id,
        name=test.name if test else finding.label,
        asks=question.text,
        how=finding.how,
        sample=test.sample if test else "",
        measure=test.measure if test else "",
        pass_mark=test.pass_mark if test else "",
        hours=finding.hours,
        cost=hours_cost(assessment, finding.hours),
        because=finding.because,
        kinds=kinds,
        cases=cases,
        sets_target=False,
        outcomes=of_results(framework, assessment, scored, kinds, cases)
        if scored
        else of_question(framework, assessment, question),
        needs_target=scored is not None and scored.candidates.target is None,
        together=(),
        answers=_answered(framework, {question.id}),
        by_hand=_by_hand(framework, {question.id}, kinds),
        comes_first=False,
    )


def _kinds(framework: Framework, kinds: tuple[str, ...]) -> tuple[ScoredKind, ...]:
    """Return kinds of candidates; none where the framework reads no candidates."""
    known = {str(kind): kind for kind in KINDS}
    return tuple(known[x] for x in kinds if framework.asserted_unless_marked)


def _answered(framework: Framework, told: set[str]) -> tuple[AnsweredQuestion, ...]:
    return tuple(
        AnsweredQuestion(id=each.id, label=each.label, section=each.section)
        for each in framework.questions
        if each.id in told
    )


def _by_hand(
    framework: Framework, told: set[str], kinds: tuple[str, ...]
) -> tuple[AnsweredQuestion, ...]:
    """Return the questions of a step that no results file answers."""
    is_scored = framework.asserted_unless_marked and kinds
    answered = card_facts().answered_by_results if is_scored else ()
    return _answered(framework, told - {*answered})


def candidates_of(card: Card, found: Candidates) -> tuple[CardCandidate, ...]:
    """Return the candidates that a step tests, of those of a use case: see `tested`."""
    return tested(card.kinds, found)
