"""The money behind a verdict: today's plan, the recommendation, the next best."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from audits.frameworks.questions import Technique
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Family
from audits.scoring.calendars.break_even import break_even
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES, TRAINED, PricedTechnique
from audits.scoring.costs.techniques import TECHNIQUE_OF, WAYS
from audits.scoring.explaining.advised_ways import (
    advised_ways,
    holds_documents,
    means_documents,
)
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.assumed import assumed_numbers
from audits.scoring.money.basis import basis
from audits.scoring.money.measuring import (
    asked_at_once,
    is_to_be_shown,
    measuring_cost,
    people_cost,
    practices_cost,
)
from audits.scoring.money.moves import move_of, rows_of
from audits.scoring.money.once_met import checks_open
from audits.scoring.money.over_time.changes import training_in
from audits.scoring.money.rows import MoneyRow, Role, row_of
from audits.scoring.money.states import PlanState
from audits.scoring.money.ways import (
    advised_way,
    by_results,
    cheapest_of,
    fallback,
    kept_if_it_fails,
    price_of,
    priced,
)
from audits.scoring.money.words import Documents, Money
from audits.scoring.pricing.cost_plan import Band, CostPlan
from audits.scoring.pricing.crossing import Crossing
from audits.scoring.pricing.moves import Move
from audits.scoring.sentences.documents import not_counted, without_documents
from audits.scoring.sentences.money_sentences import Kind
from audits.scoring.untested import cheapest_untested, chosen_model
from audits.scoring.ways_there import built_again, ways_there

LATER: Verdict = "fine_tune_after_mlops"
_KINDS: Mapping[Family, Kind] = {
    "stop": "stop",
    "distil": "train",
    "tune": "train",
    "part": "part",
    "gather": "gather",
    "keep": "keep",
    "move": "move",
    "rebuild": "rebuild",
}
_DOCUMENTS = "knowledge_tokens"
# Training is no part of what these ask for.
_NOT_YET: tuple[Kind, ...] = ("show", "choose")
# Where a tuned model may move that has a price; else it is compared first.
_PRICED_MOVES = ("retrain", "simple")


def recommended_way(assessment: Assessment, plan: CostPlan) -> PricedTechnique | None:
    """Return how the recommended technique is paid for; None if it has no price.

    A tuned model that is kept is paid for as it is today.
    """
    if assessment.verdict == "keep":
        today = priced(plan, assessment.numbers.get("today"))
        return today if today in TRAINED else cheapest_of(plan, WAYS["fine_tune"])
    if (technique := technique_of(assessment)) is None:
        move = move_of(assessment)
        return move.candidates[0].technique if move else None
    return advised_way(assessment, plan, technique)


def technique_of(assessment: Assessment) -> Technique | None:
    """Return the technique that a verdict recommends; None if it has no list price."""
    destination = assessment.advice.destination if assessment.advice else None
    if assessment.verdict == "keep" or (destination and destination.id == "retrain"):
        return "fine_tune"
    layer = assessment.trained_layer or assessment.context_layer
    return TECHNIQUE_OF.get(layer)


def kind_of(assessment: Assessment) -> Kind:
    """Return the kind of decision, which has its own words for money."""
    if assessment.prerequisite:
        return "settle"
    if assessment.verdict == LATER:
        return "fund"
    kind = _KINDS[assessment.family]
    if kind != "train":
        return kind
    if assessment.advice and assessment.advice.standing == "closing":
        return "choose"
    return "show" if is_to_be_shown(assessment) else kind


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaysPlan:
    """The spend or plan of today, in US dollars a month and over 12 months.

    `once` is what is paid once, `training` the part of it up front for its model, and
    `assumed` counts the numbers nobody entered. `is_against` says whether the verdict
    stops it, replaces it, or asks for something else before it continues.
    """

    technique: PricedTechnique
    month: Band
    year: Band
    once: Decimal
    training: Decimal | None
    assumed: int
    is_against: bool


def todays_plan(assessment: Assessment) -> TodaysPlan | None:
    """Return today's plan; None if none was named or it has no price."""
    if assessment.costs is None:
        return None
    plan = assessment.costs.plan
    today = priced(plan, assessment.numbers.get("today"))
    if today is None:
        return None
    price = price_of(plan, today)
    return TodaysPlan(
        technique=today,
        month=row_of(today, price, ("today",), "running").told,
        year=price.year_as_printed,
        once=price.calendar.as_printed.once,
        training=training_in(today, price.calendar.as_printed),
        assumed=assumed_numbers(assessment, today),
        is_against=_is_against(assessment, recommended_way(assessment, plan), today),
    )


def is_plan_missing(assessment: Assessment, state: PlanState) -> bool:
    """Whether a live use case has numbers, but none of them says what runs today."""
    is_named = assessment.numbers.get("today")
    return state == "running" and assessment.costs is not None and not is_named


def _is_against(
    assessment: Assessment,
    recommended: PricedTechnique | None,
    today: PricedTechnique | None,
) -> bool:
    """Return whether a verdict stops or replaces what is paid for today.

    A tuned model that has to move goes on until a comparison says where. Any plan waits
    for a step that comes before all else.
    """
    if assessment.prerequisite:
        return today is not None
    trains = assessment.trained_layer or assessment.verdict == "train_small_part"
    if trains or today in (None, recommended):
        return False
    destination = assessment.advice.destination if assessment.advice else None
    return destination is None or destination.id == "simple"


def money_of(assessment: Assessment, state: PlanState = "running") -> Money | None:
    """Return the money behind an assessment.

    Args:
        assessment: An assessment; its costs are read and nothing is priced again.
        state: The state of the current plan's money; only what runs is at risk, and
            nothing once it has stopped.

    Returns:
        The money; None if no numbers were given or what is recommended has no price.
    """
    costs = assessment.costs
    if costs is None or (way := recommended_way(assessment, costs.plan)) is None:
        return None
    plan = costs.plan
    price, today = price_of(plan, way), priced(plan, assessment.numbers.get("today"))
    at_risk, at_risk_if = _at_risk(assessment, plan, way, today, state)
    role, move, kind = role_of(assessment), move_of(assessment), kind_of(assessment)
    again = built_again(way, assessment.numbers, assessment.entered_in, plan.on)
    measuring, out = measuring_cost(assessment), ruled_out(assessment)
    found = Money(
        on=plan.on,
        rows=_rows(assessment, plan, today, (way, role), state),
        one_off=price.calendar.as_printed.at_start,
        at_risk=at_risk,
        at_risk_if=at_risk_if,
        fallback=fallback(assessment, at_risk_if),
        crossing=_crossing(assessment, plan, way, today),
        kind=kind,
        state=state,
        is_against=_is_against(assessment, way, today),
        candidate=_candidate(assessment, plan),
        is_wait_assumed="ready_months" not in assessment.numbers,
        measuring=measuring,
        at_once=None if is_to_be_shown(assessment) else asked_at_once(measuring, price),
        people=people_cost(assessment) if kind == "fund" else None,
        practices=practices_cost(assessment) if kind == "fund" else None,
        unpriced=unpriced_of(assessment),
        basis=basis(assessment, plan, {way, today}),
        ruled_out=out,
        documents=documents_in(assessment, way),
        is_tested=way in ways_there(assessment.candidates),
        built_again=again,
        by_results=by_results(assessment, plan, way),
        waits_for=checks_open(assessment) if kind == "train" else "",
        as_untested=cheapest_untested(assessment, way, out),
        asked_on=chosen_model(assessment, way, out),
        is_payment_known="training_paid" in assessment.numbers,
        difference=costs.difference(way, today),
    )
    return _moved(found, move) if move else found


def documents_in(assessment: Assessment, way: PricedTechnique) -> Documents:
    """Return whether the price of a prompt leaves out documents that calls may need.

    The advice adds them, and nobody entered how long they are; or they were entered,
    and nobody has counted whether facts are what is wrong.
    """
    if not_counted(assessment) and without_documents(assessment, way):
        return "left_out"
    is_known = _DOCUMENTS in assessment.numbers or holds_documents(assessment.codes)
    is_added = way in WAYS["prompt"] and means_documents(assessment)
    return "left_out" if is_added and not is_known else "apart"


def role_of(assessment: Assessment) -> Role:
    """Return what is priced: the recommendation, or what is priced in its place."""
    if assessment.prerequisite:
        return "on_hold"
    if assessment.verdict == "train_small_part" or assessment.family == "gather":
        return "meanwhile"
    if assessment.verdict == LATER or kind_of(assessment) in _NOT_YET:
        return "later"
    destination = assessment.advice.destination if assessment.advice else None
    if destination is None or destination.id in _PRICED_MOVES:
        return "recommended"
    return "proposed" if move_of(assessment) else "compared"


def unpriced_of(assessment: Assessment) -> str:
    """Return what has no price, and which number is missing; empty if nothing."""
    if assessment.verdict == "train_small_part":
        return "The small part is not priced here (its labels, training and running)."
    if role_of(assessment) == "compared":
        return "A successor has no price: the numbers do not say which model retires."
    return ""


def _candidate(
    assessment: Assessment, plan: CostPlan
) -> tuple[PricedTechnique, Decimal] | None:
    """Return the cheapest untrained technique that is left, and its 12 months."""
    out = {*ruled_out(assessment), *TRAINED}
    return next(
        (
            (cost.technique, cost.price.year_as_printed.expected)
            for cost in plan.techniques
            if cost.price and cost.technique not in out
        ),
        None,
    )


def _other(
    assessment: Assessment, plan: CostPlan, shown: Iterable[PricedTechnique | None]
) -> tuple[PricedTechnique, Role] | None:
    """Return another technique that is not shown yet.

    It is what most answers argue for, or else the cheapest.
    """
    techniques = {technique for technique, ways in WAYS.items() if {*ways} & {*shown}}
    others = [x.technique for x in assessment.pushes if x.technique not in techniques]
    if assessment.pushes:
        ways = (cheapest_of(plan, WAYS[technique]) for technique in others)
        return next(((way, "next_best") for way in ways if way), None)
    same = {way for technique in techniques for way in WAYS[technique]}
    out = ruled_out(assessment)
    priced = (
        cost.technique
        for cost in plan.techniques
        if cost.price and not adds_nothing(assessment, cost.technique)
    )
    left = (way for way in priced if way not in same and way not in out)
    return next(((way, "cheapest_other") for way in left), None)


def ruled_out(assessment: Assessment) -> Mapping[PricedTechnique, str]:
    """Return the techniques that cannot be chosen whatever they cost, and why.

    What the verdict recommends is never one of them.
    """
    found = assessment.advice.ruled_out if assessment.advice else {}
    technique = technique_of(assessment)
    recommended = advised_ways(assessment, technique) if technique else ()
    return {
        technique: found[technique]
        for technique in TECHNIQUE_NAMES
        if technique in found and technique not in recommended
    }


def adds_nothing(assessment: Assessment, technique: PricedTechnique) -> bool:
    """Whether a technique adds facts to a small part, and none are wrong or needed."""
    is_part = assessment.verdict == "train_small_part"
    return is_part and technique == "rag" and not assessment.means.is_about_facts


def _rows(
    assessment: Assessment,
    plan: CostPlan,
    today: PricedTechnique | None,
    chosen: tuple[PricedTechnique, Role],
    state: PlanState,
) -> tuple[MoneyRow, ...]:
    way, role = chosen
    other = _other(assessment, plan, {today, way})
    roles: dict[PricedTechnique, tuple[Role, ...]] = {}
    if today:
        roles[today] = ("today",)
    roles[way] = (*roles.get(way, ()), role)
    if other:
        roles[other[0]] = (other[1],)
    return tuple(
        row_of(way, price_of(plan, way), why, state) for way, why in roles.items()
    )


def _at_risk(
    assessment: Assessment,
    plan: CostPlan,
    recommended: PricedTechnique,
    today: PricedTechnique | None,
    state: PlanState,
) -> tuple[Decimal | None, Literal["we_go_on", "its_test_fails"] | None]:
    if state == "stopped":
        return None, None
    # What may be trained later is not approved, so nothing of it can be lost yet.
    is_trained = assessment.trained_layer and role_of(assessment) != "later"
    if is_trained and not assessment.prerequisite:
        calendar = price_of(plan, recommended).calendar.as_printed
        kept = kept_if_it_fails(assessment, recommended)
        lost = max(calendar.at_start - calendar.set_up - kept, Decimal(0))
        return lost, "its_test_fails"
    if today and state == "running" and _is_against(assessment, recommended, today):
        return price_of(plan, today).year_as_printed.expected, "we_go_on"
    return None, None


def _crossing(
    assessment: Assessment,
    plan: CostPlan,
    recommended: PricedTechnique,
    today: PricedTechnique | None,
) -> Crossing | None:
    """Compare the recommendation with training, or with the best prompt."""
    if (best := next(iter(plan.break_evens), None)) is None:
        return None
    left = today if move_of(assessment) else None  # it retires at any volume
    options = [way for way in (recommended, today) if way in TRAINED and way != left]
    cheapest = (x.technique for x in plan.techniques if x.price and x.technique != left)
    trained = next((way for way in (*options, *cheapest) if way in TRAINED), None)
    if trained is None:
        return None
    untrained = best.prompt if recommended in TRAINED else recommended
    lines = price_of(plan, untrained).line, price_of(plan, trained).line
    return Crossing(
        untrained=untrained,
        trained=trained,
        lines=lines,
        requests=break_even(*lines),
        now=int(Decimal(assessment.numbers["requests"])),
        is_cut=not price_of(plan, trained).stays_trained,
    )


def _moved(money: Money, move: Move) -> Money:
    """Return the money of a verdict with a move that is proposed."""
    today, [chosen, *others] = money.today, rows_of(move, money.state)
    rows = (today, chosen, *others) if today else (chosen, *others)
    return replace(money, rows=rows, one_off=chosen.calendar.at_start, move=move)
