"""Assesses all inputs of a use case with the market of a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.scoring.approval_checks import with_checks
from audits.scoring.assess import assess
from audits.scoring.chances.chance import met_by_chance, narrowly_missed
from audits.scoring.closing_models import advice_priced, in_time, not_to_follow
from audits.scoring.costs.cost_numbers import AS_TESTED, PricedTechnique
from audits.scoring.costs.result_calls import ResultCall
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.explaining.advised_ways import (
    as_choice,
    holds_documents,
    is_optional,
    ways_meanwhile,
)
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.known import NOTHING_KNOWN, known_of, numbers_with, prices_documents
from audits.scoring.market import circumstances_on, with_computed
from audits.scoring.money.of_assessment import (
    adds_nothing,
    recommended_way,
    ruled_out,
    technique_of,
)
from audits.scoring.money.proposal import compared_proposal
from audits.scoring.money.ways import advised_way
from audits.scoring.near_copies import checks_open
from audits.scoring.numbers.currency import entered_in, in_dollars
from audits.scoring.on_smaller import advised_on_smaller
from audits.scoring.pricing.economics import Economics
from audits.scoring.pricing.moves import Move
from audits.scoring.pricing.pricing import (
    Answered,
    Known,
    answered_on,
    economics,
    swings_about,
)
from audits.scoring.pricing.pricing_moves import move_on
from audits.scoring.pricing.replacing import replacement_on
from audits.scoring.pricing.sensitivity import Swing
from audits.scoring.proposals.proposal_parts import without_proposal
from audits.scoring.replaced import replaced_behind
from audits.scoring.results_calls import result_call
from audits.scoring.scored.candidates import NO_CANDIDATES
from audits.scoring.scored.marks.limits import but_not_the_limit
from audits.scoring.scored.words import candidate_answers
from audits.scoring.sentences.naming_kept import kept_name
from audits.scoring.sentences.small_gap_told import with_gap_told
from audits.scoring.ways_there import ways_there
from audits.scoring.ways_to_test.untested_ways import with_list


def assess_on(
    framework: Framework,
    inputs: Inputs,
    on: date,
    *,
    open_only: bool = False,
) -> Assessment:
    """Assess a use case on a day, with its costs.

    Args:
        framework: The framework the answers were given to.
        inputs: The team's answers, levels, numbers and candidates.
        on: The day of the market and its prices, from 2022-01-01.
        open_only: As in `assess`, and results that are nearly alike are no check.

    Raises:
        ValueError: The landscape does not reach back to the day.
    """
    given, known = inputs.answered, _known_before(framework, inputs)
    under, codes = read_on(framework, inputs, on)
    decides = partial(decide_on, framework, on=on)
    assessment = with_checks(
        framework,
        assess(framework, codes, under, open_only=open_only),
        inputs,
        lambda then: framework.trains(decides(then).verdict),
        # Other inputs are assessed for their verdict alone: nothing asks them again.
        partial(_open_checks, framework, on) if not open_only else lambda _: None,
    )
    found = inputs.candidates if inputs.candidates != NO_CANDIDATES else None
    assessment = replace(assessment, candidates=found)
    costs = _costs_after(assessment, inputs.numbers, on, known)
    advised = advice_priced(assessment, costs, inputs.numbers, on)
    assessment = replace(
        assessment,
        advice=advised,
        headline=in_time(framework, assessment, advised),
        on=on,
        levels=dict(given.levels),
        numbers=dict(inputs.numbers),
        costs=costs,
        from_candidates=candidate_answers(
            framework, given, inputs.codes, inputs.levels
        ),
        landscape=in_force.current().edition,
        entered_in=entered_in(inputs.numbers, on),
    )
    if is_optional(assessment):
        said, why = as_choice(assessment.headline), as_choice(assessment.lead)
        assessment = replace(assessment, headline=said, lead=why)
    told = with_gap_told(framework, assessment)
    assessment = with_list(framework, told, inputs, decides)
    if proposal := compared_proposal(framework, assessment):
        assessment = replace(assessment, proposal=proposal)
    replaced = replaced_behind(
        assessment, lambda numbers: _costs_after(assessment, numbers, on, known)
    )
    return replace(assessment, replaced=replaced) if replaced else assessment


def _open_checks(framework: Framework, on: date, then: Inputs) -> frozenset[str] | None:
    found = assess_on(framework, then, on, open_only=True)
    return checks_open(found, trains=framework.trains(found.verdict))


def _known_before(framework: Framework, inputs: Inputs) -> Known:
    """Return what is known before anything is decided, for the prices."""
    return replace(
        known_of(framework, dict(inputs.answered.codes)),
        cases=inputs.candidates.cases_there,
        tested=ways_there(inputs.candidates),
        adds_documents=not holds_documents(inputs.codes),
    )


def read_on(
    framework: Framework, inputs: Inputs, on: date
) -> tuple[Circumstances, dict[str, Code]]:
    """Return what answers are decided under on a day, and they with computed ones."""
    given = inputs.answered
    under, codes = circumstances_on(framework, on, given.levels), dict(given.codes)
    passing = given.behind.get("passed", ())[:1]
    kept = "".join(kept_name(x, inputs.candidates, inputs.codes) for x in passing)
    under = replace(
        under,
        failed=given.failed,
        best=given.best,
        unshown=given.unshown,
        narrow=narrowly_missed(inputs.candidates, inputs.codes),
        kept=kept,
        by_chance=met_by_chance(given),
        limit_missed="".join(but_not_the_limit(x, given.limit_ms) for x in passing),
        is_typed=given.is_typed,
        most_cases=given.most_cases,
    )
    priced = _priced(inputs.numbers, on)
    if priced:
        found = _answered(priced, on, known_of(framework, codes))
        under, codes = with_computed(found, under, codes)
    return under, codes


def decide_again(framework: Framework, assessment: Assessment) -> Decision:
    """Decide the inputs of an assessment again, on its day.

    With other market facts in force, it may decide otherwise.

    Args:
        framework: The framework to use.
        assessment: An assessment, of which only the inputs are used.

    Raises:
        ValueError: As for `assess_again`.
    """
    inputs, day = given_to(assessment)
    return decide_on(framework, inputs, day)


def decide_on(framework: Framework, inputs: Inputs, on: date) -> Decision:
    """Decide as `assess_on` does, and explain nothing.

    Raises:
        ValueError: The landscape does not reach back to the day.
    """
    under, codes = read_on(framework, inputs, on)
    return decide(framework, flow.relevant(framework, codes), under)


def assess_again(
    framework: Framework, assessment: Assessment, on: date | None = None
) -> Assessment:
    """Assess the inputs of an assessment again.

    Args:
        framework: The framework to use.
        assessment: An assessment, of which only the inputs are used.
        on: Another day; None for its own.

    Raises:
        ValueError: It names no day, or the landscape does not reach back to it.
    """
    inputs, day = given_to(assessment, on)
    return assess_on(framework, inputs, day)


def given_to(assessment: Assessment, on: date | None = None) -> tuple[Inputs, date]:
    """Return the inputs of an assessment, and its day or another.

    They leave out answers that did not apply.

    Raises:
        ValueError: It names no day, and no other is given.
    """
    day = on or assessment.on
    if day is None:
        message = "the assessment does not say on which day it was made"
        raise ValueError(message)
    before = assessment.costs or costs_on(assessment.numbers, assessment.on or day)
    computed = before.computed if before else {}
    answers = {q: x for q, x in assessment.codes.items() if computed.get(q) != x}
    for each in assessment.from_candidates:
        answers.pop(each.question, None)
        if each.by_hand is not None:
            answers[each.question] = each.by_hand
    return inputs_of(assessment, answers), day


def inputs_of(assessment: Assessment, answers: Mapping[str, Code]) -> Inputs:
    """Return the inputs of an assessment.

    Args:
        assessment: The assessment, which has everything but the answers given by hand.
        answers: These.
    """
    levels = dict(assessment.levels)
    for each in assessment.from_candidates:
        levels.pop(each.question, None)
        if each.level_by_hand is not None:
            levels[each.question] = each.level_by_hand
    return Inputs(
        codes=answers,
        levels=levels,
        numbers=assessment.numbers,
        candidates=assessment.candidates or NO_CANDIDATES,
    )


def costs_on(
    numbers: Mapping[str, str], on: date, known: Known = NOTHING_KNOWN
) -> Economics | None:
    """Return what the techniques cost on a day; None if no number was given.

    A proposal is not one of them: it is compared, and decides nothing.

    If a model has left the market, its techniques have no price, but the others have
    one, and the use case still gets a verdict. Amounts in a currency that has no rate
    have no price at all.

    Args:
        numbers: As they were given; amounts become US dollars here.
        on: The day.
        known: What the answers say about models.
    """
    priced = _priced(numbers, on)
    return _costs(priced, on, known) if priced else None


def _priced(numbers: Mapping[str, str], on: date) -> tuple[tuple[str, str], ...]:
    """Return the numbers that are priced, in US dollars, by id; none if none is."""
    return _sorted(in_dollars(without_proposal(numbers), on) or {})


def _costs_after(
    assessment: Assessment, numbers: Mapping[str, str], on: date, known: Known
) -> Economics | None:
    """Return the costs on a day with what a verdict says about them.

    The answers stay as they were computed before it.
    """
    known = replace(
        known,
        meanwhile=ways_meanwhile(assessment),
        adds_documents=known.adds_documents and prices_documents(assessment),
    )
    costs = costs_on(numbers, on, known)
    if costs is None:
        return None
    moved = replace(assessment, numbers=dict(numbers))
    costs, known = _priced_on_smaller(costs, moved, known)
    if tested := result_call(replace(assessment, numbers=dict(numbers), costs=costs)):
        costs, known = _priced_by_results(costs, tested, numbers, known)
        assessment = replace(assessment, costs=costs)
    known = replace(known, ruled_out=not_to_follow(assessment, costs))
    costs = _again(costs, numbers, known) if known.ruled_out else costs
    costs = _with_a_move(costs, assessment, numbers, known)
    return _about_the_recommended(costs, assessment, numbers, known)


def _priced_on_smaller(
    costs: Economics, assessment: Assessment, known: Known
) -> tuple[Economics, Known]:
    """Price again with what is advised on the smaller model there; answers stay."""
    ways = advised_on_smaller(assessment)
    if not ways:
        return costs, known
    known = replace(known, on_smaller=ways)
    return _again(costs, assessment.numbers, known), known


def _priced_by_results(
    costs: Economics, tested: ResultCall, numbers: Mapping[str, str], known: Known
) -> tuple[Economics, Known]:
    """Price again with what serves at the price of its results; answers stay."""
    known = replace(known, by_results=tested)
    if tested.technique == AS_TESTED and "prompt" in (known.meanwhile or ()):
        known = replace(known, meanwhile=(AS_TESTED,))
    return _again(costs, numbers, known), known


def _again(costs: Economics, numbers: Mapping[str, str], known: Known) -> Economics:
    """Price again with what is known by now; the answers stay as computed."""
    found = costs_on(numbers, costs.plan.on, known) or costs
    return replace(found, computed=costs.computed, basis=costs.basis)


def _with_a_move(
    costs: Economics, assessment: Assessment, numbers: Mapping[str, str], known: Known
) -> Economics:
    """Price the move of a tuned model where a successor is compared."""
    if assessment.advice is None or not assessment.advice.is_compared:
        return costs
    technique, on = technique_of(assessment), costs.plan.on
    way = advised_way(assessment, costs.plan, technique) if technique else None
    return replace(costs, move=_move(way, _priced(numbers, on), on, known))


@in_force.remembered(maxsize=256)
def _move(
    way: PricedTechnique | None,
    numbers: tuple[tuple[str, str], ...],
    on: date,
    known: Known,
) -> Move | None:
    return move_on(numbers_with(numbers, known), on, way)


def _about_the_recommended(
    costs: Economics, assessment: Assessment, numbers: Mapping[str, str], known: Known
) -> Economics:
    """Return what changes the lead of the recommended technique, cheapest or not."""
    # What is priced says which of several ways is recommended, and which cannot be.
    assessment = replace(assessment, costs=costs, numbers=dict(numbers))
    way = recommended_way(assessment, costs.plan)
    if way is None:
        return costs
    # What is ruled out is no second choice, unless it is what runs.
    names, never = (x.technique for x in costs.plan.techniques), ruled_out(assessment)
    out = frozenset(x for x in names if x in never or adds_nothing(assessment, x))
    out -= {numbers.get("today")}
    if [(x.technique, x.against in out) for x in costs.swings[:1]] == [(way, False)]:
        return costs
    on = costs.plan.on
    priced = in_dollars(numbers, on) or {}
    swings = _swings(way, tuple(sorted(priced.items())), on, known, out)
    return replace(costs, swings=swings)


@in_force.remembered(maxsize=256)
def _swings(
    way: PricedTechnique,
    numbers: tuple[tuple[str, str], ...],
    on: date,
    known: Known,
    out: frozenset[PricedTechnique],
) -> tuple[Swing, ...]:
    return swings_about(way, numbers_with(numbers, known), on, out)


@in_force.remembered(maxsize=256)
def _answered(numbers: tuple[tuple[str, str], ...], on: date, known: Known) -> Answered:
    return answered_on(numbers_with(numbers, known), on)


@in_force.remembered(maxsize=256)
def _costs(numbers: tuple[tuple[str, str], ...], on: date, known: Known) -> Economics:
    """Price once, and not again for each saved answer."""
    named = numbers_with(numbers, known)
    return replace(economics(named, on), replacement=replacement_on(named, on))


def _sorted(numbers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(numbers.items()))
