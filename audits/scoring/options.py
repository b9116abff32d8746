"""The options of a decision: what each costs over 12 months, and why or why not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from audits.frameworks.questions import Technique
from audits.frameworks.rules import Prerequisite
from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_numbers import (
    SHORT_NAMES,
    TRAINED,
    PricedTechnique,
)
from audits.scoring.costs.rounding import in_column, written
from audits.scoring.days import in_words
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.pushes import Pushes
from audits.scoring.measuring_money import measuring_cost, people_cost
from audits.scoring.money import (
    TECHNIQUE_OF,
    WAYS,
    recommended_way,
    role_of,
    ruled_out,
    todays_plan,
)
from audits.scoring.money_row import Role
from audits.scoring.money_words import Money
from audits.scoring.pricing.cost_plan import Band, Price, TechniqueCost
from audits.scoring.proposals.proposal_words import worded

_DO_NOTHING = "Do nothing"
_NO_PRICE = "No price"
_LARGE = 1_000_000
# What is priced in place of a recommendation, and what it is for.
_AS: Mapping[Role, str] = {
    "meanwhile": "Serves meanwhile",
    "later": "Not approved before it can be run",
    "compared": "To be compared with the successor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option that was considered, and why or why not.

    `cost` is what 12 months cost, with the span; empty where no technique is priced.
    """

    name: str
    why: str
    is_chosen: bool = False
    cost: str = ""


def options(framework: Framework, assessment: Assessment) -> tuple[Choice, ...]:
    """Return the options, the chosen first, and doing nothing.

    Where a step comes before all else, the other is to go ahead without it. Where
    techniques are priced, each is one, and an offer too. Where answers argue for
    techniques, each of those is one; else the verdict is set against its opposite:
    training, or the simpler approach alone.
    """
    nothing = Choice(name=_DO_NOTHING, why=if_nothing(framework, assessment))
    if first := assessment.prerequisite:
        found = tuple(_now_or_later(first))
    elif assessment.pushes:
        found = _techniques(assessment)
    elif assessment.costs:
        return (*_priced(assessment), _nothing(assessment, nothing))
    else:
        found = (*_verdicts(framework, assessment), *_offer(assessment))
    return (*found, nothing)


def why_not(assessment: Assessment) -> dict[PricedTechnique, str]:
    """Return why each technique is not what is recommended, whether priced or not."""
    if assessment.costs is None:
        return {}
    plan, way = (
        assessment.costs.plan,
        recommended_way(assessment, assessment.costs.plan),
    )
    chosen = plan.of(way).price if way else None
    role = role_of(assessment)
    return {
        cost.technique: _AS[role]
        if cost.technique == way and role in _AS
        else _why_not_this(assessment, cost, chosen)
        for cost in plan.techniques
        if cost.technique != way or role != "recommended"
    }


def _priced(assessment: Assessment) -> Iterator[Choice]:
    """Yield what is recommended, then each technique, and an offer."""
    if assessment.costs is None:
        return
    plan, todays = assessment.costs.plan, todays_plan(assessment)
    reasons, large = why_not(assessment), _is_large(assessment)
    yield Choice(
        name=assessment.verdict_name,
        why="Recommended, as said above",
        is_chosen=True,
        cost=_in_range(_cost_of_verdict(assessment), large),
    )
    others = [
        cost
        for cost in plan.techniques
        if cost.technique in reasons
        and not (todays and cost.technique == todays.technique)
    ]
    # Together where the reason is the same, in the order of what they cost.
    first = list(dict.fromkeys(reasons[cost.technique] for cost in others))
    for cost in sorted(others, key=lambda x: first.index(reasons[x.technique])):
        name, why = SHORT_NAMES[cost.technique], reasons[cost.technique]
        yield Choice(name=name, why=why, cost=_in_range(_year(cost.price), large))
    yield from _offer(assessment)


def _offer(assessment: Assessment) -> Iterator[Choice]:
    """Yield the offer that was received, if there is one."""
    offer = worded(assessment.proposal)
    if offer is None:
        return
    out = _out(assessment, offer.compared.proposal.technique)
    why = "; ".join(filter(None, (out, *offer.beside)))
    yield Choice(
        name=f"Offer: {offer.by}",
        why=f"{why[:1].upper()}{why[1:]} (A4)".lstrip(),
        cost=offer.cost(_is_large(assessment)),
    )


def _out(assessment: Assessment, technique: Technique | None) -> str:
    """Say why no way to pay for a technique can be chosen; empty if one can."""
    out = ruled_out(assessment)
    found = [out.get(way) for way in WAYS[technique]] if technique else []
    return f"ruled out: {found[0]}" if found and all(found) else ""


def _cost_of_verdict(assessment: Assessment) -> Band | None:
    """Return what is asked for: a technique, or what comes before one."""
    if measuring := measuring_cost(assessment):
        return measuring.amount
    if role_of(assessment) == "later":
        return people_cost(assessment)
    if assessment.costs is None or role_of(assessment) != "recommended":
        return None
    plan = assessment.costs.plan
    way = recommended_way(assessment, plan)
    return _year(plan.of(way).price) if way else None


def _why_not_this(
    assessment: Assessment, cost: TechniqueCost, chosen: Price | None
) -> str:
    """Say why one technique is not chosen: it cannot be, or it is not the best."""
    price, is_trained = cost.price, cost.technique in TRAINED
    if out := ruled_out(assessment).get(cost.technique):
        # What forbids training says more than that something does.
        forbidden = _forbidden(assessment) if is_trained else ""
        why = lower_first(forbidden.removesuffix(".")) or out
        if cost.technique == _serving(assessment):
            return f"Serves until the trained model does, then ruled out: {why}"
        return f"Ruled out: {why}"
    if price is None:
        return cost.unpriced or ""
    if is_trained and (why := _why_not_trained(assessment, price)):
        return why
    if chosen is None:
        return "Feasible, but not compared: the recommended one has no price"
    if price.year.expected >= chosen.year.expected:
        return "Feasible, but costs no less"
    return f"Costs less, but {_why_not_cheaper(assessment, is_trained)}"


def _serving(assessment: Assessment) -> PricedTechnique | None:
    """Return what serves until a model is trained, as the lead says; None if nothing.

    It meets the target, and need not be quick or cheap enough to stay.
    """
    trains = assessment.trained_layer and assessment.costs
    if not trains or assessment.codes.get("state") == "live_tuned":
        return None
    technique = TECHNIQUE_OF.get(assessment.context_layer)
    ways = WAYS[technique] if technique else ()
    plan = assessment.costs.plan.techniques if assessment.costs else ()
    priced = (cost.technique for cost in plan if cost.price)
    return next((way for way in priced if way in ways), None)


def _why_not_trained(assessment: Assessment, price: Price) -> str:
    """Say why a model is not trained in this way; empty if it could be."""
    ends = [x.day for x in price.calendar.events if x.kind == "end"]
    if ends and not price.stays_trained:
        return f"Ruled out: its model ends on {in_words(ends[0])}"
    trains = assessment.trained_layer or assessment.verdict == "keep"
    return "" if trains else _why_no_training(assessment)


def _why_not_cheaper(assessment: Assessment, is_trained: bool) -> str:
    """Say why something that costs less is not chosen."""
    if assessment.trained_layer and not is_trained:
        return f"is not shown to meet the need{_need(assessment)}"
    if assessment.family == "move":
        return "is not shown to do as well"
    return lower_first(_rests_on(assessment))


def _need(assessment: Assessment) -> str:
    """Name the strongest need to train, in brackets; empty if none is measured."""
    reasons = assessment.trace.reasons
    found = next((r for r in reasons if r.standing == "measured"), None)
    return f" ({found.name}, {found.id})" if found else ""


def _rests_on(assessment: Assessment) -> str:
    """Return what the verdict rests on where a thing of its kind costs less."""
    if assessment.verdict == "keep":
        return _fired(assessment)
    trace = assessment.trace
    rules = trace.verdict_rules if assessment.trained_layer else trace.context_rules
    return next(rule.text for rule in rules if rule.outcome == "fired")


def _nothing(assessment: Assessment, nothing: Choice) -> Choice:
    """Return doing nothing, with what the current plan costs if it is another one."""
    today = todays_plan(assessment)
    if today is None or today.technique not in why_not(assessment):
        return nothing
    name = f"{nothing.name}: {SHORT_NAMES[today.technique]}"
    why = "The current plan goes on, see above"
    cost = _in_range(today.year, _is_large(assessment))
    return replace(nothing, name=name, why=why, cost=cost)


def unit(assessment: Assessment) -> str:
    """Return the unit of the costs of options."""
    return "US$ thousand" if _is_large(assessment) else "US$"


def _is_large(assessment: Assessment) -> bool:
    """Return whether whole dollars with their span would not fit a column."""
    plan = assessment.costs.plan if assessment.costs else None
    years = (_year(cost.price) for cost in plan.techniques) if plan else ()
    return any(year.high >= _LARGE for year in years if year)


def _year(price: Price | None) -> Band | None:
    return price.year_as_printed if price else None


def _in_range(band: Band | None, large: bool) -> str:
    if band is None:
        return _NO_PRICE
    low, expected, high = (
        in_column(x, in_thousands=large) for x in (band.low, band.expected, band.high)
    )
    return f"{expected} ({low}–{high})"


def if_nothing(
    framework: Framework, assessment: Assessment, money: Money | None = None
) -> str:
    """Return what happens if nobody does anything.

    Args:
        framework: The framework, which has the words.
        assessment: The assessment.
        money: The money behind the verdict, to say what a plan that goes on costs.
    """
    if first := assessment.prerequisite:
        return first.nothing
    measured = [x for x in framework.reasons if x.id in assessment.reasons_measured]
    needs = " and ".join(f"{x.text[:1].lower()}{x.text[1:]}" for x in measured)
    said = framework.verdicts[assessment.verdict].nothing.replace("{needs}", needs)
    return " ".join(filter(None, (said, _goes_on(money))))


def _goes_on(money: Money | None) -> str:
    """Say what a plan costs that goes on beside a training; empty if none does."""
    if money is None or money.kind != "train" or money.state == "stopped":
        return ""
    today, saving = money.today, money.saving_year
    if today is None or saving is None:
        return ""
    word = "more" if saving >= 0 else "less"
    return (
        f"“{SHORT_NAMES[today.technique]}” goes on and costs "
        f"${written(today.year.expected)} over 12 months, ${written(abs(saving))} "
        f"{word} than “{SHORT_NAMES[money.chosen.technique]}”."
    )


def _now_or_later(first: Prerequisite) -> Iterator[Choice]:
    name = f"{first.name} (recommended)"
    yield Choice(name=name, why=first.because, is_chosen=True)
    yield Choice(name="Go ahead without it", why=first.ahead)


def _verdicts(framework: Framework, assessment: Assessment) -> Iterator[Choice]:
    yield Choice(
        name=f"{assessment.verdict_name} (recommended)",
        why=_fired(assessment),
        is_chosen=True,
    )
    if framework.families[assessment.family].trains:
        yield Choice(
            name=f"{assessment.context_name} alone", why=_why_to_train(assessment)
        )
    elif assessment.advice and assessment.advice.destination:
        yield _other_move(assessment, assessment.advice.destination.id)
    else:
        new = "a new model" if assessment.verdict == "keep" else "a model"
        yield Choice(name=f"Train {new}", why=_why_no_training(assessment))


def _other_move(assessment: Assessment, destination: str) -> Choice:
    """Return where a tuned model could move besides, and why it does not."""
    if destination == "simple":
        return Choice(name="Train again", why=_why_no_training(assessment))
    name = f"{assessment.context_name} alone"
    if destination == "retrain":
        return Choice(name=name, why=_why_to_train(assessment))
    return Choice(name=name, why="Not yet compared with a retrained model.")


def _fired(assessment: Assessment) -> str:
    """Return the rule that decided; where it leaves it to the context, that one."""
    if assessment.verdict == assessment.context_layer:
        rules = assessment.trace.context_rules
    else:
        rules = assessment.trace.verdict_rules
    return next(rule.text for rule in rules if rule.outcome == "fired")


def _why_to_train(assessment: Assessment) -> str:
    measured = [r for r in assessment.trace.reasons if r.standing == "measured"]
    return measured[0].because if measured else "A need to train is measured."


def _why_no_training(assessment: Assessment) -> str:
    """Return what forbids it, or else that no reason for it is measured."""
    if forbidden := _forbidden(assessment):
        return forbidden
    if assessment.verdict == "train_small_part":
        return "Only a small part needs training"
    if assessment.reasons_measured:
        return "The need is measured, and the live model meets it."
    if assessment.reasons_claimed:
        return "A reason to train is possible, but none is measured."
    return "No reason to train is measured."


def _forbidden(assessment: Assessment) -> str:
    """Return what forbids training; empty if nothing does."""
    blockers = assessment.trace.blockers
    return next((step.text for step in blockers if step.outcome == "fired"), "")


def _techniques(assessment: Assessment) -> tuple[Choice, ...]:
    chosen = {
        TECHNIQUE_OF[layer]
        for layer in (assessment.context_layer, assessment.trained_layer)
        if layer and layer in TECHNIQUE_OF
    }
    choices = [
        Choice(
            name=f"{item.name} (recommended)"
            if item.technique in chosen
            else item.name,
            why=_why_chosen(item, assessment)
            if item.technique in chosen
            else _why_not(item),
            is_chosen=item.technique in chosen,
        )
        for item in assessment.pushes
    ]
    return tuple(sorted(choices, key=lambda choice: not choice.is_chosen))


def _why_chosen(item: Pushes, assessment: Assessment) -> str:
    """Return what argues for it: an answer, or else the rule that it comes from."""
    if item.strongest_for:
        return item.strongest_for.because
    layer = assessment.context_layer
    is_context = TECHNIQUE_OF.get(layer) == item.technique
    trace = assessment.trace
    rules = trace.context_rules if is_context else trace.verdict_rules
    return next(rule.text for rule in rules if rule.outcome == "fired")


def _why_not(item: Pushes) -> str:
    push = item.strongest_against or item.strongest_for
    return push.because if push else "No answer argues for or against it"
