"""Why each technique is not what is recommended, whatever it costs."""

from collections.abc import Mapping
from datetime import date

from audits.frameworks.questions import Technique
from audits.scoring.costs.cost_numbers import SHORT_NAMES, TRAINED, PricedTechnique
from audits.scoring.costs.rounding import in_column, written
from audits.scoring.costs.techniques import TECHNIQUE_OF, WAYS
from audits.scoring.days import in_words
from audits.scoring.explaining.advice_rows import CHECKED, lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.basis import lacks_rented
from audits.scoring.money.measuring import is_to_be_shown
from audits.scoring.money.moves import move_of
from audits.scoring.money.of_assessment import (
    LATER,
    adds_nothing,
    documents_in,
    recommended_way,
    role_of,
    ruled_out,
)
from audits.scoring.money.rows import Role
from audits.scoring.money.ways import serving
from audits.scoring.options.meanwhile import is_best_unknown, may_serve
from audits.scoring.options.standing import adds_other_facts
from audits.scoring.pricing.cost_plan import Price, TechniqueCost
from audits.scoring.pricing.moves import Move
from audits.scoring.sentences.documents import without_documents
from audits.scoring.sentences.on_own_servers import saved_by_none
from audits.scoring.untested import (
    are_untested,
    chosen_model,
    is_tested,
    lacks_examples,
)

RULED_OUT = "Ruled out: "
BEST_SO_FAR = "best so far, misses the target"
_NEITHER = "Untested, like the advice: test both"
_THOUGH = "May serve until the trained model is ready, though "
_WITHOUT = ". Doing without saves "
_LARGE = 1_000_000
NEEDS = "Needs 10 examples;"
# What is priced in place of a recommendation, and what it is for.
_AS: Mapping[Role, str] = {
    "meanwhile": "Used meanwhile",
    "later": "Not approved before it can be run",
    "compared": "Proposed, if it passes the same cases",
    "proposed": "Untested; the move adds tests and the old model until it retires",
}


def _as(assessment: Assessment, role: Role, technique: PricedTechnique) -> str:
    """Say what is priced in place of a recommendation, and on whose machines."""
    waits = role == "later" and is_to_be_shown(assessment)
    if role == "meanwhile" and is_best_so_far(assessment):
        return f"{_AS[role]}: {BEST_SO_FAR}"
    if role == "meanwhile" and documents_in(assessment, technique) == "left_out":
        return f"{_AS[role]}; documents not priced"
    said = "Not approved before it is shown" if waits else _AS[role]
    rented = lacks_rented(assessment, technique)
    return f"{said}; own servers priced as rented" if rented else said


def _added(move: Move | None, alone: Price | None) -> str:
    """Say what a move adds to the 12 months of the same without it."""
    if move is None or alone is None:
        return ""
    whole = move.candidates[0].price.year_as_printed.expected
    return f": ${written(whole - alone.year_as_printed.expected)}"


def is_best_so_far(assessment: Assessment) -> bool:
    """Return whether what is priced scored best, and misses the target."""
    best = assessment.advice.best if assessment.advice else None
    if best is None or assessment.costs is None:
        return False
    return recommended_way(assessment, assessment.costs.plan) == best.way


def why_not(assessment: Assessment) -> dict[PricedTechnique, str]:
    """Return why each technique is not what is recommended, whether priced or not."""
    if assessment.costs is None:
        return {}
    plan = assessment.costs.plan
    way = recommended_way(assessment, plan)
    chosen = plan.of(way).price if way else None
    role = role_of(assessment)
    # A successor has a row of its own, with the whole move.
    move, today = move_of(assessment), assessment.numbers.get("today")
    moved = [x.technique for x in move.candidates if x.is_trained] if move else []
    return {
        cost.technique: _as(assessment, role, cost.technique) + _added(move, chosen)
        if cost.technique == way and role in _AS
        else _why_not_this(assessment, cost, chosen)
        for cost in plan.techniques
        if cost.technique != way or role != "recommended"
        if cost.technique not in moved or cost.technique == today
    }


def recommended_name(assessment: Assessment) -> str:
    """Name the verdict, or the way to pay for it where its name means another."""
    if move := move_of(assessment):
        return f"{SHORT_NAMES[move.candidates[0].technique]}, with the move"
    way = None
    if assessment.costs and role_of(assessment) == "recommended":
        way = recommended_way(assessment, assessment.costs.plan)
    ways = WAYS.get(TECHNIQUE_OF.get(assessment.verdict, "rag"), ())
    # To stop costs nothing: what is used instead does.
    is_other = assessment.verdict == "stop_fine_tuning" or (
        way not in (None, *ways[:1], *TRAINED)
    )
    return SHORT_NAMES[way] if way and is_other else assessment.verdict_name


def why_not_replaced(assessment: Assessment, price: Price) -> str:
    """Return why a prompt on the model that replaces a tuned one is not chosen."""
    if why := why_out(assessment, "prompt"):
        return f"{RULED_OUT}{why}"
    plan = assessment.costs.plan if assessment.costs else None
    way = recommended_way(assessment, plan) if plan else None
    chosen = plan.of(way).price if plan and way else None
    becomes = "Replaces the plan’s model when that ends"
    if chosen and price.year.expected >= chosen.year.expected:
        return f"{becomes}; costs no less"
    is_equal = way and not is_tested(assessment, way)
    said = f"{becomes}; {'untested, like the advice' if is_equal else 'not tested'}"
    other = way and chosen_model(assessment, way, ruled_out(assessment))
    return f"{said}; not the model that the team chose" if other else said


def _why_not_this(
    assessment: Assessment, cost: TechniqueCost, chosen: Price | None
) -> str:
    """Say why one technique is not chosen: it cannot be, or it is not the best."""
    price, is_trained = cost.price, cost.technique in TRAINED
    if why := why_out(assessment, cost.technique):
        return _out_for_good_or_later(assessment, cost.technique, chosen, why)
    if price is None:
        return cost.unpriced or ""
    if is_trained and (why := _why_not_trained(assessment, price)):
        return why
    lacks = lacks_examples(assessment, cost.technique)
    if chosen is None:
        but = NEEDS if lacks else "Feasible, but"
        return f"{but} not compared: the recommended one has no price"
    if price.year.expected >= chosen.year.expected:
        return _costs_no_less(assessment, cost.technique, chosen)
    costs = _costs_less(assessment, price, chosen)
    apart = without_documents(assessment, cost.technique)
    costs = " ".join(filter(None, (costs, apart)))
    if lacks:
        return f"{NEEDS} {lower_first(costs)}"
    return f"{costs}{_why_not_cheaper(assessment, cost.technique)}"


def _out_for_good_or_later(
    assessment: Assessment, technique: PricedTechnique, chosen: Price | None, why: str
) -> str:
    """Say why a technique is ruled out, or that it may serve until a model does."""
    if technique == serving(assessment):
        return f"{_THOUGH}{why}{_saved_without(chosen)}"
    return f"{_THOUGH if technique in may_serve(assessment) else RULED_OUT}{why}"


def _saved_without(chosen: Price | None) -> str:
    """Say what is not asked for if nothing new serves until the trained model does."""
    calendar = chosen.calendar.as_printed if chosen else None
    if calendar is None or calendar.wait is None:
        return ""
    return f"{_WITHOUT}${written(calendar.set_up + calendar.wait.running)}"


def interim_choice(assessment: Assessment) -> str:
    """Say that what serves until a trained model does is ruled out, and what it costs.

    Empty where it may serve as well later, or costs nothing.
    """
    way = serving(assessment)
    why = why_not(assessment).get(way, "") if way else ""
    if way is None or not why.startswith(_THOUGH) or _WITHOUT not in why:
        return ""
    reason, _, saved = why.removeprefix(_THOUGH).partition(_WITHOUT)
    advice = assessment.advice
    is_checked = advice is not None and advice.interim.id == CHECKED
    where = ", only where people check every answer" if is_checked else ""
    name = f"“{SHORT_NAMES[way]}”"
    if is_best_unknown(assessment):
        name = f"a tested approach (priced as {name})"
        reason = f"{reason} and none is shown to be best"
    saves = saved_by_none(assessment, way, saved)
    return f"either {name}{where}, though {reason}; or no model, {saves}"


def is_large(assessment: Assessment) -> bool:
    """Return whether whole dollars with their span would not fit a column."""
    plan = assessment.costs.plan if assessment.costs else None
    prices = [cost.price for cost in plan.techniques] if plan else []
    return any(each.year_as_printed.high >= _LARGE for each in prices if each)


def _costs_no_less(
    assessment: Assessment, technique: PricedTechnique, chosen: Price
) -> str:
    """Say that a technique costs no less, beside a move without the move."""
    move = move_of(assessment)
    if adds_nothing(assessment, technique):
        adds = "Adds facts, and facts are not what is wrong"
        return adds if move else f"{adds}; costs no less"
    lacks = lacks_examples(assessment, technique)
    if move:
        without = _without_move(assessment, "no less than", chosen)
        return f"{NEEDS} {lower_first(without)}" if lacks else without
    return f"{NEEDS if lacks else 'Feasible, but'} costs no less"


def _costs_less(assessment: Assessment, price: Price, chosen: Price) -> str:
    """Say that a technique costs less, as far as the column of amounts shows it."""
    large, move = is_large(assessment), move_of(assessment)
    proposed = move.candidates[0].price if move else chosen
    ours, alone, asked = (
        in_column(each.year_as_printed.expected, in_thousands=large)
        for each in (price, chosen, proposed)
    )
    if ours == alone:
        same = "about the same"
        return (
            _without_move(assessment, f"{same} as", chosen) if move else f"Costs {same}"
        )
    # Until it is made, a move costs what runs today, which may be less than both.
    is_less = price.year_as_printed.expected < proposed.year_as_printed.expected
    if move and (ours == asked or not is_less):
        return _without_move(assessment, "less than", chosen)
    return "Costs less"


def _without_move(assessment: Assessment, than: str, chosen: Price) -> str:
    """Compare a technique with what is proposed, both without the move.

    The column beside it has what is proposed with the move, which is another amount.
    """
    plan = assessment.costs.plan if assessment.costs else None
    way = recommended_way(assessment, plan) if plan else None
    name = SHORT_NAMES[way] if way else recommended_name(assessment)
    amount = written(chosen.year_as_printed.expected)
    return f"Not counting the move, costs {than} “{name}” (${amount})"


def why_out(assessment: Assessment, technique: PricedTechnique) -> str:
    """Return why a technique cannot be chosen, whatever it costs; empty if it can."""
    out = ruled_out(assessment).get(technique, "")
    # What forbids training says more than that something does.
    forbidden = _forbidden(assessment) if out and technique in TRAINED else ""
    return lower_first(forbidden.removesuffix(".")) or out


def out_in_short(assessment: Assessment, technique: Technique | None) -> str:
    """Say why no way to pay for a technique can be chosen; empty if one can."""
    out = ruled_out(assessment)
    ways = WAYS[technique] if technique else ()
    found = [out.get(way) for way in ways]
    if not (found and all(found)):
        return ""
    # What forbids training says more than that something does.
    blockers = (x for x in assessment.trace.blockers if x.outcome == "fired")
    forbids = next(blockers, None) if ways[0] in TRAINED else None
    return f"which is ruled out: {lower_first(forbids.name) if forbids else found[0]}"


def model_ends(price: Price | None) -> date | None:
    """Return when a trained model ends that is none after that; None if it stays."""
    if price is None or price.stays_trained:
        return None
    return next((x.day for x in price.calendar.events if x.kind == "end"), None)


def _why_not_trained(assessment: Assessment, price: Price) -> str:
    """Say why a model is not trained in this way; empty if it could be."""
    if ends := model_ends(price):
        return f"{RULED_OUT}its model retires on {in_words(ends)}"
    if move_of(assessment):
        return "Another training: no reason is measured"
    trains = assessment.trained_layer or assessment.verdict == "keep"
    return "" if trains else why_no_training(assessment).removesuffix(".")


def _why_not_cheaper(assessment: Assessment, technique: PricedTechnique) -> str:
    """Say why something that costs less is not chosen, after what it costs."""
    plan = assessment.costs.plan if assessment.costs else None
    way = recommended_way(assessment, plan) if plan else None
    is_equal = are_untested(assessment, technique, way)
    if assessment.trained_layer and technique not in TRAINED:
        if adds_other_facts(assessment, technique):
            return ", but it adds facts, and facts are not what is wrong"
        need = f"shown to meet the need{_need(assessment)}"
        if is_equal:
            first = " first" if assessment.verdict == LATER else ""
            return f". Neither is {need}: test both{first}"
        return f", but is not {need}"
    if assessment.family == "move":
        if is_equal:
            return f". {_NEITHER}"
        tested = "was tested and " if is_tested(assessment, technique) else ""
        return f", but {tested}is not shown to do as well"
    if assessment.trained_layer:
        rules = assessment.trace.verdict_rules
        name = next(rule.name for rule in rules if rule.outcome == "fired")
        advised = f"advises “{SHORT_NAMES[way]}”" if way else "decides"
        return f", but the rule “{name}” {advised}"
    said = f", but {lower_first(_rests_on(assessment))}"
    # A text that does not fit is no matter of tests.
    tests = is_equal and assessment.context_layer != "rag"
    return f"{said} {_NEITHER}" if tests else said


def goes_without_saying(assessment: Assessment, cost: TechniqueCost) -> bool:
    """Whether a smaller model is out as the larger one is, and nothing else is known.

    Nobody tested or priced it, so page 1 leaves it out. The appendix has it.
    """
    way = cost.technique
    is_unknown = cost.price is None and not is_tested(assessment, way)
    return way == "prompt_smaller" and is_unknown and bool(why_out(assessment, way))


def untested(assessment: Assessment) -> PricedTechnique | None:
    """Return what is recommended if that was not tested; None if it was.

    A test set says how much can be tested, and not that this was.
    """
    plan = assessment.costs.plan if assessment.costs else None
    way = recommended_way(assessment, plan) if plan else None
    is_none = _strength(assessment) == "none"
    if way is None or not _decides(assessment) or is_none or is_tested(assessment, way):
        return None
    return way


def is_untested(assessment: Assessment) -> bool:
    """Return whether no test covers what is recommended, or nothing was tested."""
    nothing_is = assessment.advice is not None and _strength(assessment) == "none"
    is_bare = nothing_is and _decides(assessment)
    return is_bare or untested(assessment) is not None


def _decides(assessment: Assessment) -> bool:
    return role_of(assessment) in ("recommended", "proposed")


def _strength(assessment: Assessment) -> str:
    return assessment.advice.strength.id if assessment.advice else "none"


def _need(assessment: Assessment) -> str:
    """Name the strongest need to train, in brackets; empty if none is measured."""
    reasons = assessment.trace.reasons
    found = next((r for r in reasons if r.standing == "measured"), None)
    return f" ({found.name})" if found else ""


def _rests_on(assessment: Assessment) -> str:
    """Return what the verdict rests on where a thing of its kind costs less."""
    if assessment.verdict == "keep":
        return fired(assessment)
    trace = assessment.trace
    rules = trace.verdict_rules if assessment.trained_layer else trace.context_rules
    return next(rule.text for rule in rules if rule.outcome == "fired")


def fired(assessment: Assessment) -> str:
    """Return the rule that decided; where it leaves it to the context, that one."""
    if assessment.verdict == assessment.context_layer:
        rules = assessment.trace.context_rules
    else:
        rules = assessment.trace.verdict_rules
    return next(rule.text for rule in rules if rule.outcome == "fired")


def why_no_training(assessment: Assessment) -> str:
    """Return what forbids it, or else that no reason for it is measured."""
    if forbidden := _forbidden(assessment):
        return forbidden
    if assessment.verdict == "train_small_part":
        return "Only a small part needs training"
    if assessment.reasons_measured:
        return "The need is measured, and the live model meets it."
    if assessment.reasons_claimed:
        return "A reason to train is possible, but none is measured."
    return "No reason to train holds."


def _forbidden(assessment: Assessment) -> str:
    """Return what forbids training; empty if nothing does."""
    blockers = assessment.trace.blockers
    return next((step.text for step in blockers if step.outcome == "fired"), "")
