"""A team's numbers, priced on the market of a day.

Adds the landscape's models and assumptions to the numbers of a team, and takes the
computed criteria from the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from audits.landscape import in_force
from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.facts import Cited
from audits.landscape.tunability import Tunability
from audits.scoring.costs.cost_inputs import CostInputs, ModelRole
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES, InputId, PricedTechnique
from audits.scoring.costs.cost_ranges import Defaults, Range
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.costs.result_calls import ResultCall
from audits.scoring.days import in_words
from audits.scoring.pricing.computed_criteria import context_fit, prefix_cost_of
from audits.scoring.pricing.cost_plan import BreakEven, compare
from audits.scoring.pricing.defaults import defaults_with
from audits.scoring.pricing.economics import Economics
from audits.scoring.pricing.following import with_what_follows, with_what_serves
from audits.scoring.pricing.gpu_kinds import missing_of
from audits.scoring.pricing.priced_models import model_or_why
from audits.scoring.pricing.sensitivity import Swing, sensitivity

_INPUT_TOKENS: tuple[InputId, ...] = (
    "prefix_tokens",
    "variable_tokens",
    "knowledge_tokens",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What answers say about models: the smaller one failed, a trained one is live.

    `ruled_out` are techniques that may not follow a tuned model that ends;
    `examples_on_smaller` says that the smaller one passed, and examples were scored;
    the advice is to run `on_smaller` there, too.
    `meanwhile` are the ways to pay for what the verdict advises until a new model
    serves; None before there is a verdict, so that models are priced as if they served
    at once. `cases` are those that results count, and `tested` the ways that they
    scored; so many examples are `reviewed`. An advice `adds_documents` to the prompt,
    which nobody says are in it. `by_results` serves at the price of its results.
    """

    smaller_failed: bool = False
    is_live: bool = False
    ruled_out: frozenset[PricedTechnique] = frozenset()
    examples_on_smaller: bool = False
    on_smaller: frozenset[PricedTechnique] = frozenset()
    cases: int = 0
    reviewed: int = 0
    tested: frozenset[PricedTechnique] = frozenset()
    meanwhile: tuple[PricedTechnique, ...] | None = None
    adds_documents: bool = False
    by_results: ResultCall | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers(Known):
    """The numbers a team knows about its use case; any may be missing.

    `given` are numbers by input id, in the unit of the input. The models are ids of
    the landscape: the prompt's, a smaller hosted one, the base of a tuned model, and
    the base of the `successor` of one that ends.
    `today` is the technique in use or planned. `gpu` is the kind of GPU that own
    serving runs on; None is the usual one.
    """

    given: Mapping[InputId, Decimal]
    model: str | None = None
    smaller: str | None = None
    tuned: str | None = None
    today: PricedTechnique | None = None
    gpu: str | None = None
    successor: str | None = None


def economics(numbers: Numbers, on: date) -> Economics:
    """Price a use case on a day.

    Args:
        numbers: What the team knows.
        on: The day of the prices, from 2022-01-01.

    Returns:
        The costs. A model that is not in the landscape, not served or without a price
        on the day leaves its techniques without a price, which say why.

    Raises:
        ValueError: The landscape does not reach back to that day.
    """
    market = catalogue(on)
    inputs = inputs_of(market, numbers)
    plan = replace(compare(inputs), checked=_checked(market, numbers))
    found = Economics(
        plan=plan,
        swings=sensitivity(inputs),
        thresholds=tuple(_threshold(crossing) for crossing in plan.break_evens),
        computed=_computed(market, numbers, inputs),
        basis=_basis(market, numbers, inputs),
        by_results=numbers.by_results,
    )
    inputs.forget()
    return found


def _checked(market: Catalogue, numbers: Numbers) -> date:
    """Return the day of the oldest price that is used, or the newest of all."""
    models = market.landscape.models
    named = (numbers.model, numbers.smaller, numbers.tuned)
    days = (models[x].price_checked for x in named if x and x in models)
    return min(filter(None, days), default=market.landscape.prices_checked)


def swings_about(
    recommended: PricedTechnique,
    numbers: Numbers,
    on: date,
    out: frozenset[PricedTechnique] = frozenset(),
) -> tuple[Swing, ...]:
    """Return what changes the lead of one technique; `economics` uses the cheapest.

    Args:
        recommended: The technique, which has a price.
        numbers: As `economics` takes them.
        on: The day of the prices.
        out: What cannot be chosen whatever it costs.

    Raises:
        ValueError: The landscape does not reach back to that day.
    """
    inputs = replace(inputs_of(catalogue(on), numbers), recommended=recommended)
    found = sensitivity(inputs, out)
    inputs.forget()
    return found


def lacks_documents(given: Mapping[InputId, Decimal]) -> bool:
    """Return whether a call of today is known to be too short for all documents."""
    prefix, variable, documents = (
        given.get(part, Decimal(0)) for part in _INPUT_TOKENS
    )
    return "prefix_tokens" in given and documents > prefix + variable


def inputs_of(market: Catalogue, numbers: Numbers) -> CostInputs:
    """Return a team's numbers with the models and assumptions of a market."""
    missing = {**missing_of(market, numbers.gpu)}
    if numbers.tuned is None and not _has_tuned_price(market.on):
        missing["tuned"] = "No price per token is known for a tuned model"

    def priced(role: ModelRole, model_id: str | None) -> PricedModel | None:
        if model_id is None:
            return None
        found = model_or_why(market.on, model_id, is_tuned=role == "tuned")
        if isinstance(found, PricedModel):
            return found
        missing[role] = found
        return None

    defaults = defaults_with(market.on, numbers.tuned, numbers.gpu)
    inputs = CostInputs(
        on=market.on,
        given=_with_cases(numbers, defaults),
        defaults=defaults,
        model=priced("model", numbers.model),
        smaller=priced("smaller", numbers.smaller),
        smaller_failed=numbers.smaller_failed,
        tuned=priced("tuned", numbers.tuned),
        missing=missing,
        today=numbers.today,
        sent=numbers.today,
        is_live=numbers.is_live,
        examples_on_smaller=numbers.examples_on_smaller,
        on_smaller=numbers.on_smaller,
        cases=numbers.cases,
        reviewed=numbers.reviewed,
        tested=numbers.tested,
        adds_documents=numbers.adds_documents and lacks_documents(numbers.given),
        by_results=numbers.by_results,
    )
    inputs = with_what_follows(inputs, numbers.ruled_out)
    return with_what_serves(inputs, numbers.meanwhile)


def _with_cases(
    numbers: Numbers, defaults: Defaults
) -> Mapping[InputId, Decimal | Range]:
    """Return the numbers of a team, with the cases of its results for its test set.

    Fewer than are usual are a test set that still has to grow, as is assumed.
    """
    usual = defaults["eval_cases"].expected
    if "eval_cases" in numbers.given or numbers.cases < usual:
        return numbers.given
    return {**numbers.given, "eval_cases": Decimal(numbers.cases)}


@in_force.remembered(maxsize=256)
def _has_tuned_price(on: date) -> bool:
    """Return whether a tuned version of any model has a price per token on a day."""
    market = catalogue(on)
    for model in market.models:
        try:
            market.tuned_prices(model)
        except LookupError:
            continue
        return True
    return False


class Answered(NamedTuple):
    """The answers that follow from numbers, and the basis of each, by question."""

    computed: Mapping[str, str]
    basis: Mapping[str, str]


def answered_on(numbers: Numbers, on: date) -> Answered:
    """Return the answers of `computed_on` with their basis, and price nothing.

    Raises:
        ValueError: The landscape does not reach back to that day.
    """
    market = catalogue(on)
    inputs = inputs_of(market, numbers)
    return Answered(_computed(market, numbers, inputs), _basis(market, numbers, inputs))


def computed_on(numbers: Numbers, on: date) -> dict[str, str]:
    """Return the answers that follow from the numbers on a day, by question.

    They are those of `economics`, without its costs.

    Args:
        numbers: As `economics` takes them.
        on: The day of the prices.

    Raises:
        ValueError: The landscape does not reach back to that day.
    """
    market = catalogue(on)
    inputs = inputs_of(market, numbers)
    found = _computed(market, numbers, inputs)
    inputs.forget()
    return found


def _computed(
    market: Catalogue, numbers: Numbers, inputs: CostInputs
) -> dict[str, str]:
    """Return the answers that follow from the numbers, by question.

    A model that has left the market has no price, but it is known that nobody can tune
    it any longer.
    """
    computed: dict[str, str] = {}
    if numbers.model is None or inputs.model:
        computed["prefix_cost"] = prefix_cost_of(inputs)
    computed |= _fits(market, numbers, inputs)
    tuned = market.landscape.models.get(numbers.tuned or "")
    if tuned and market.on >= tuned.available_from.day:
        status = _tunability(market.on, tuned.id).status
        if status != "unknown":
            computed["platform"] = status
    return computed


@in_force.remembered(maxsize=1024)
def _tunability(on: date, model_id: str) -> Tunability:
    return catalogue(on).tunable(model_id)


def _fits(market: Catalogue, numbers: Numbers, inputs: CostInputs) -> dict[str, str]:
    """Return what fits in the window: the prompt, and all that is searched."""
    if inputs.model is None or not inputs.model.window:
        return {}
    prices = inputs.model.prices_on(market.on)
    tiers = prices.tiers if prices else ()
    tokens = {"context_fit": _prompt_tokens(numbers), "search_fit": _searched(numbers)}
    return {
        question: context_fit(number, inputs.model.window, tiers) or "fits"
        for question, number in tokens.items()
        if number
    }


def _searched(numbers: Numbers) -> int:
    """Return the tokens that are searched; 0 if none are known.

    They are all documents, where only these are known.
    """
    given = numbers.given
    return int(given.get("corpus_tokens", given.get("knowledge_tokens", Decimal(0))))


def _prompt_tokens(numbers: Numbers) -> int:
    """Return the input tokens of a request with its documents; 0 if none are known.

    Documents are a part of the prefix, which grows to hold them all.
    """
    prefix, variable, documents = (
        numbers.given.get(part, Decimal(0)) for part in _INPUT_TOKENS
    )
    return int(max(prefix, documents) + variable)


def _basis(market: Catalogue, numbers: Numbers, inputs: CostInputs) -> dict[str, str]:
    """Return the basis of the computed answers, by question."""
    basis: dict[str, str] = {}
    if numbers.model and inputs.model:
        computed_for = _price_basis(market.on, numbers.model)
        for question in ("prefix_cost", "context_fit", "search_fit"):
            basis[question] = computed_for
    if numbers.tuned and numbers.tuned in market.landscape.models:
        basis["platform"] = _platform_basis(market.on, numbers.tuned)
    return basis


@in_force.remembered(maxsize=1024)
def _price_basis(on: date, model_id: str) -> str:
    market = catalogue(on)
    price = market.price_basis(model_id)
    title, day = market.sources(price)[0].title, in_words(price.as_of)
    said = title if title.endswith(day) else f"{title}, checked on {day}"
    return f"computed for {market.model(model_id).name} ({said})"


@in_force.remembered(maxsize=1024)
def _platform_basis(on: date, tuned: str) -> str:
    market = catalogue(on)
    found = market.tunable(tuned)
    until = found.until or found.because.as_of
    kind = "until" if found.until else "as of"
    said = _cited(market, found.because, kind, until)
    return f"{market.model(tuned).name}, {said}"


def _cited(market: Catalogue, fact: Cited, kind: str, day: date) -> str:
    title = market.sources(fact)[0].title
    return f"{kind} {in_words(day)} ({title})"


def _threshold(crossing: BreakEven) -> str:
    trained = TECHNIQUE_NAMES[crossing.trained]
    prompt = TECHNIQUE_NAMES[crossing.prompt]
    if crossing.requests is None:
        return f"“{trained}” never becomes cheaper than “{prompt}”."
    return (
        f"Above {crossing.requests:,} calls a month “{trained}” "
        f"is cheaper than “{prompt}”."
    )
