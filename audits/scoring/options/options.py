"""The options of a decision: what each costs over 12 months, and why or why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from audits.frameworks.questions import Technique
from audits.frameworks.rules import Prerequisite
from audits.frameworks.schema import Family, Framework
from audits.scoring.costs.cost_numbers import (
    OWN_GPUS,
    SHORT_NAMES,
    TRAINED,
    PricedTechnique,
)
from audits.scoring.costs.rounding import of_row
from audits.scoring.costs.techniques import TECHNIQUE_OF
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.for_board import for_board
from audits.scoring.explaining.pushes import Pushes
from audits.scoring.money.basis import as_rented, rented_machines, short_name
from audits.scoring.money.moves import move_of
from audits.scoring.money.of_assessment import (
    recommended_way,
    role_of,
    todays_plan,
)
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.states import GOES_ON, PlanState
from audits.scoring.options.if_nothing import IF_NOTHING, is_advised
from audits.scoring.options.option_names import advised_with, option_name
from audits.scoring.options.option_reasons import (
    RULED_OUT,
    fired,
    goes_without_saying,
    is_large,
    model_ends,
    out_in_short,
    recommended_name,
    why_no_training,
    why_not,
    why_not_replaced,
    why_out,
)
from audits.scoring.options.verdict_cost import (
    cost_of_verdict,
    never_pays,
    only_for,
    plan_that_goes_on,
    proof_named,
)
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.proposals.proposal_words import worded

DO_NOTHING, NO_PRICE = "Do nothing", "No price"
_ROOM = 9  # options that the file states one by one
_SEVERAL = 2
_SEE_ABOVE = f"See “{IF_NOTHING}” above"
_AS_ADVISED = "This is what is recommended"
_AS_IT_IS = "It {} as it is, without what is recommended"
# What an offer to train is, and the verdicts that reject it.
_TRAINS: Mapping[Technique, str] = {
    "fine_tune": "trains the language model",
    "distil": "distils the language model",
}
_UNTRAINED: frozenset[Family] = frozenset(("stop", "rebuild", "part"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option that was considered, and why or why not.

    `cost` is what 12 months cost, with the span; empty where no technique is priced.
    `amount` is the expected one, None without a price. `is_out` says that a technique
    cannot be chosen, whatever it costs. `stays` says that page 1 has it however full it
    is, as it has what is recommended.
    """

    name: str
    why: str
    is_chosen: bool = False
    cost: str = ""
    is_out: bool = False
    stays: bool = False
    amount: Decimal | None = None


def folded(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return as many options as the file of page 1 states one by one.

    If there are more, those that are ruled out share a row; the appendix has each.

    Args:
        choices: The options, in order.
    """
    choices = told_to_board(choices)
    out = [choice for choice in choices if choice.is_out]
    if len(choices) <= _ROOM or len(out) < _SEVERAL:
        return tuple(choices)
    by_reason: dict[str, list[str]] = {}
    for choice in out:
        why = choice.why.removeprefix(RULED_OUT)
        by_reason.setdefault(why, []).append(choice.name)
    said = (f"{', '.join(names)}: {why}" for why, names in by_reason.items())
    row = Choice(name="Ruled out", why="; ".join(said), cost="See A4", is_out=True)
    first = choices.index(out[0])
    before, after = choices[:first], choices[first + 1 :]
    return (*before, row, *(choice for choice in after if not choice.is_out))


def told_to_board(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the options with their reasons in words for a board."""
    return tuple(replace(each, why=for_board(each.why)) for each in choices)


def options(
    framework: Framework, assessment: Assessment, state: PlanState = "running"
) -> tuple[Choice, ...]:
    """Return the options, the chosen first, and doing nothing.

    Where a step comes before all else, the other is to go ahead without it. Where
    techniques are priced, each is one, and an offer too. Where answers argue for
    techniques, each of those is one; else the verdict is set against its opposite:
    training, or the simpler approach alone.

    Args:
        framework: The framework, which has the words.
        assessment: The assessment.
        state: The state of the current plan's money.
    """
    nothing = Choice(name=DO_NOTHING, why=_SEE_ABOVE, stays=True)
    if first := assessment.prerequisite:
        found = tuple(_now_or_later(first))
    elif assessment.pushes:
        found = _techniques(assessment)
    elif assessment.costs:
        return (
            *_priced(assessment, state),
            _nothing(framework, assessment, nothing, state),
        )
    else:
        found = (*_verdicts(framework, assessment), *offer_choice(assessment))
    return (*found, nothing)


def _priced(assessment: Assessment, state: PlanState) -> Iterator[Choice]:
    """Yield what is recommended, then each technique, and an offer."""
    if assessment.costs is None:
        return
    plan, todays = assessment.costs.plan, todays_plan(assessment)
    used = recommended_way(assessment, plan)  # until what is recommended is there
    reasons, large = why_not(assessment), is_large(assessment)
    on = plan_that_goes_on(assessment, state)
    asked = cost_of_verdict(assessment, on)
    yield Choice(
        name=proof_named(assessment) or recommended_name(assessment),
        why=advised_with(
            *(assessment, used, state),
            *_notes(assessment, on, state),
        ),
        is_chosen=True,
        cost=in_range(asked, large),
        amount=asked.expected if asked else None,
    )
    yield from _otherwise(assessment, large)
    yield from _on_the_replacement(assessment, large)
    others = [
        cost
        for cost in plan.techniques
        if cost.technique in reasons
        and not (todays and cost.technique == todays.technique)
        and not goes_without_saying(assessment, cost)
    ]
    # Together where the reason is the same, in the order of what they cost.
    first = list(dict.fromkeys(reasons[cost.technique] for cost in others))
    for cost in sorted(others, key=lambda x: first.index(reasons[x.technique])):
        name, why = option_name(assessment, cost.technique), reasons[cost.technique]
        year = cost.price.year_as_printed if cost.price else None
        yield Choice(
            name=name,
            why=why,
            cost=in_range(year, large),
            amount=year.expected if year else None,
            is_out=why.startswith(RULED_OUT),
            stays=cost.technique == used,
        )
    yield from offer_choice(assessment)


def _notes(
    assessment: Assessment, on: MoneyRow | None, state: PlanState
) -> tuple[str, ...]:
    """Return the notes on the recommended option; each may be empty."""
    pays = never_pays(assessment, state)
    return only_for(assessment, on), pays, _rented(assessment)


def _otherwise(assessment: Assessment, large: bool) -> Iterator[Choice]:
    """Yield what a tuned model is moved to if what is proposed fails its test."""
    move = move_of(assessment)
    for each in move.candidates[1:] if move else ():
        of = f": a tuned {each.model}" if each.is_trained else ""
        yield Choice(
            name=SHORT_NAMES[each.technique],
            why=f"If only it passes{of}",
            cost=in_range(each.price.year_as_printed, large),
        )


def _on_the_replacement(assessment: Assessment, large: bool) -> Iterator[Choice]:
    """Yield the prompt as which a tuned plan goes on when its model retires."""
    found = assessment.costs.replacement if assessment.costs else None
    if found is not None:
        why = why_not_replaced(assessment, found.price)
        yield Choice(
            name=f"Prompt on {found.model}",
            why=why,
            cost=in_range(found.price.year_as_printed, large),
            is_out=why.startswith(RULED_OUT),
        )


def _rented(assessment: Assessment) -> str:
    """Say the same in full for the recommended technique, and on which machines."""
    if assessment.costs is None or role_of(assessment) != "recommended":
        return ""
    way = recommended_way(assessment, assessment.costs.plan)
    said = "own servers priced as rented" if way in as_rented(assessment) else ""
    machines = rented_machines(assessment) if way in OWN_GPUS else ""
    return "".join(f"; {each}" for each in (said, machines) if each)


def offer_choice(assessment: Assessment) -> Iterator[Choice]:
    """Yield the offer that was received, if there is one."""
    if (offer := worded(assessment.proposal)) is None:
        return
    out = out_in_short(assessment, offer.compared.proposal.technique)
    why = "; ".join(filter(None, (_what_is_offered(assessment, out), *offer.beside)))
    yield Choice(
        name=f"Offer: {offer.by}",
        why=f"{why[:1].upper()}{why[1:]} (A4)".lstrip(),
        cost=offer.cost(is_large(assessment)),
        stays=True,
    )


def _what_is_offered(assessment: Assessment, out: str) -> str:
    """Say what an offer is, and that it is ruled out or rejected."""
    if (found := assessment.proposal) is None or not found.proposal.technique:
        return ""
    technique, name = found.proposal.technique, found.technique_name
    what = _TRAINS.get(technique, f"“{name}”" if name else "")
    if technique in _TRAINS and assessment.family in _UNTRAINED and not out:
        out = "which the verdict rejects"
    return ", ".join(filter(None, (what, out)))


def _nothing(
    framework: Framework, assessment: Assessment, nothing: Choice, state: PlanState
) -> Choice:
    """Return doing nothing, with what the current plan costs, and if it can go on."""
    if state == "stopped":
        return replace(nothing, why="It stays stopped, and nothing is spent", cost="0")
    today = todays_plan(assessment)
    if today is None:
        return replace(nothing, cost=NO_PRICE)
    name = f"{nothing.name}: {short_name(assessment, today.technique)}"
    cost = in_range(today.year, is_large(assessment))
    if today.technique not in why_not(assessment):
        why = (
            _AS_ADVISED
            if is_advised(framework, assessment, state)
            else _AS_IT_IS.format(GOES_ON[state])
        )
        return replace(nothing, name=name, why=why, cost=cost)
    why = _what_continues(assessment, today.technique, GOES_ON[state])
    return replace(nothing, name=name, why=why, cost=cost)


def _what_continues(found: Assessment, technique: PricedTechnique, then: str) -> str:
    """Say what the current plan does then, and why it is not a choice to last."""
    price = found.costs.plan.of(technique).price if found.costs else None
    ends = model_ends(price) if technique in TRAINED else None
    if ends:
        return f"The plan {then} until its model retires on {in_words(ends)}"
    if out := why_out(found, technique):
        return f"The plan {then}, though {out}"
    return f"The current plan {then}"


def unit(assessment: Assessment) -> str:
    """Return the unit of the costs of options."""
    return "US$ thousand" if is_large(assessment) else "US$"


def in_range(band: Band | None, large: bool) -> str:
    """Write an expected amount with its range; say so if there is no price."""
    if band is None:
        return NO_PRICE
    low, expected, high = (
        of_row(x, in_thousands=large) for x in (band.low, band.expected, band.high)
    )
    return f"{expected} ({low}–{high})"


def _now_or_later(first: Prerequisite) -> Iterator[Choice]:
    name = f"{first.name} (recommended)"
    yield Choice(name=name, why=first.because, is_chosen=True)
    yield Choice(name="Go ahead without it", why=first.ahead)


def _verdicts(framework: Framework, assessment: Assessment) -> Iterator[Choice]:
    yield Choice(
        name=f"{assessment.verdict_name} (recommended)",
        why=fired(assessment),
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
        yield Choice(name=f"Train {new}", why=why_no_training(assessment))


def _other_move(assessment: Assessment, destination: str) -> Choice:
    """Return where a tuned model could move besides, and why it does not."""
    if destination == "simple":
        return Choice(name="Train again", why=why_no_training(assessment))
    name = f"{assessment.context_name} alone"
    if destination == "retrain":
        return Choice(name=name, why=_why_to_train(assessment))
    return Choice(name=name, why="Not yet compared with a retrained model.")


def _why_to_train(assessment: Assessment) -> str:
    measured = [r for r in assessment.trace.reasons if r.standing == "measured"]
    return measured[0].because if measured else "A need to train is measured."


def _techniques(assessment: Assessment) -> tuple[Choice, ...]:
    # What is trained is recommended, and the simpler approach goes with it.
    layers = (assessment.trained_layer, assessment.context_layer)
    found = (TECHNIQUE_OF[x] for x in layers if x and x in TECHNIQUE_OF)
    marks = dict(zip(dict.fromkeys(found), ("recommended", "with it"), strict=False))
    choices = {
        item.technique: Choice(
            name=f"{item.name} ({marks[item.technique]})"
            if item.technique in marks
            else item.name,
            why=_why_chosen(item, assessment)
            if item.technique in marks
            else _why_not(item),
            is_chosen=marks.get(item.technique) == "recommended",
        )
        for item in assessment.pushes
    }
    first = [choices[technique] for technique in marks if technique in choices]
    others = (choice for way, choice in choices.items() if way not in marks)
    return (*first, *others)


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
