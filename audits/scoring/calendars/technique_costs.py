"""The cost of each technique in one scenario: the formulas with its numbers.

A technique has three parts, which read different numbers: what its requests cost, what
is paid every month besides, and what is paid once before it runs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from audits.landscape.token_prices import TokenPrices
from audits.scoring.calendars.added_text import (
    added_examples,
    added_passages,
    without_documents,
)
from audits.scoring.calendars.break_even import Machines
from audits.scoring.costs.cost_drivers import (
    DAY_HOURS,
    MONTH_HOURS,
    Hosting,
    Retrieval,
    Traffic,
)
from audits.scoring.costs.cost_inputs import CostInputs, Scenario, UnpricedError
from audits.scoring.costs.cost_numbers import (
    AS_TESTED,
    FEW_SHOT,
    WITH_DOCUMENTS,
    PricedTechnique,
)
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.costs.prompt_costs import (
    prompt_per_request,
    with_documents,
    with_static_examples,
)
from audits.scoring.costs.retrieval_costs import (
    rag_fixed_per_month,
    rag_per_request,
    with_found,
)
from audits.scoring.costs.scenario_costs import (
    current_model,
    documents_of,
    examples_of,
    people_of,
    priced_model,
    traffic_of,
)
from audits.scoring.costs.training_costs import (
    hosting_per_month,
    served_per_month,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cliff:
    """A price tier that the input of a request has reached.

    Above `above` tokens every token of the request costs more: `rate` instead of `base`
    dollars for a million input tokens.
    """

    above: int
    tokens: int
    base: Decimal
    rate: Decimal


class Usage(NamedTuple):
    """Dollars for a request and for a month of them; 0 on machines by the hour."""

    per_request: Decimal = Decimal(0)
    month: Decimal = Decimal(0)
    cliff: Cliff | None = None


def model_of(technique: PricedTechnique, inputs: CostInputs) -> PricedModel | None:
    """Return the model whose token prices a technique pays; None on own GPUs."""
    if technique == "fine_tune_hosted":
        return inputs.tuned
    if technique in ("distil", "fine_tune_own"):
        return None
    if technique == "prompt_smaller":
        return inputs.smaller
    if technique == AS_TESTED:
        is_other = inputs.by_results and inputs.by_results.is_other
        return None if is_other else inputs.model
    if technique == WITH_DOCUMENTS:
        return _model_of_documents(inputs)
    return _model_of_added(technique, inputs)


def _model_of_added(
    technique: PricedTechnique, inputs: CostInputs
) -> PricedModel | None:
    """Return the smaller model if it passed; what is paid today keeps its own."""
    is_tested = technique in FEW_SHOT and inputs.examples_on_smaller
    is_smaller = is_tested and inputs.today not in FEW_SHOT
    is_smaller = is_smaller or technique in inputs.on_smaller
    return (inputs.smaller if is_smaller else None) or inputs.model


def _model_of_documents(inputs: CostInputs) -> PricedModel | None:
    """Return the model that the documents are added to: that of today's prompt."""
    return inputs.smaller if inputs.today == "prompt_smaller" else inputs.model


class Calls(NamedTuple):
    """The calls of a technique to its model: their tokens, and the prices of these."""

    prices: TokenPrices
    traffic: Traffic


def _prices_of_added(technique: PricedTechnique, scenario: Scenario) -> TokenPrices:
    model = _model_of_added(technique, scenario.inputs)
    missing = scenario.inputs.missing.get("model", "No model is chosen")
    _, prices = priced_model(scenario, model, missing)
    return prices


def _calls_of_prompt(scenario: Scenario) -> Calls:
    _, prices = current_model(scenario)
    return Calls(prices, traffic_of(scenario))


def _prompt(scenario: Scenario) -> Usage:
    return _prompted(*_calls_of_prompt(scenario))


def _calls_of_smaller(scenario: Scenario) -> Calls:
    # What is paid today has its price all the same.
    if scenario.inputs.smaller_failed and scenario.inputs.today != "prompt_smaller":
        raise UnpricedError("It failed your test, so it is no option")
    none = "No smaller model is known to pass the test"
    missing = scenario.inputs.missing.get("smaller", none)
    _, prices = priced_model(scenario, scenario.inputs.smaller, missing)
    return Calls(prices, traffic_of(scenario))


def _prompt_smaller(scenario: Scenario) -> Usage:
    return _prompted(*_calls_of_smaller(scenario))


def _calls_of_documents(scenario: Scenario) -> Calls:
    missing = scenario.inputs.missing.get("model", "No model is chosen")
    model = _model_of_documents(scenario.inputs)
    _, prices = priced_model(scenario, model, missing)
    documents = scenario.count("knowledge_tokens")
    return Calls(prices, with_documents(traffic_of(scenario), documents))


def _prompt_documents(scenario: Scenario) -> Usage:
    return _prompted(*_calls_of_documents(scenario))


def _calls_of_few_shot(scenario: Scenario) -> Calls:
    prices = _prices_of_added("few_shot", scenario)
    if scenario.inputs.sent == "few_shot":  # a call of today has its examples
        return Calls(prices, traffic_of(scenario))
    count, tokens = scenario.count("static_examples"), scenario.count("example_tokens")
    return Calls(prices, with_static_examples(traffic_of(scenario), count, tokens))


def _few_shot(scenario: Scenario) -> Usage:
    return _prompted(*_calls_of_few_shot(scenario))


def _few_shot_retrieved(scenario: Scenario) -> Usage:
    prices = _prices_of_added("few_shot_retrieved", scenario)
    return _retrieved(prices, traffic_of(scenario), added_examples(scenario))


def _calls_of_retrieved(scenario: Scenario) -> Calls:
    prices = _prices_of_added("few_shot_retrieved", scenario)
    return Calls(prices, with_found(traffic_of(scenario), added_examples(scenario)))


def _rag(scenario: Scenario) -> Usage:
    prices = _prices_of_added("rag", scenario)
    return _retrieved(prices, without_documents(scenario), added_passages(scenario))


def _calls_of_rag(scenario: Scenario) -> Calls:
    prices = _prices_of_added("rag", scenario)
    found = added_passages(scenario)
    return Calls(prices, with_found(without_documents(scenario), found))


def _tuned_prices(scenario: Scenario) -> TokenPrices:
    none = "The team chose no model to tune"
    missing = scenario.inputs.missing.get("tuned", none)
    _, prices = priced_model(scenario, scenario.inputs.tuned, missing)
    return prices


def _calls_of_tuned(scenario: Scenario) -> Calls:
    prices, traffic = _tuned_prices(scenario), traffic_of(scenario)
    if _has_ended(scenario):
        return Calls(prices, traffic)
    prefix = scenario.count("tuned_prefix_tokens")
    return Calls(prices, traffic.longer(prefix=prefix - traffic.prefix))


def _fine_tune_hosted(scenario: Scenario) -> Usage:
    after = scenario.inputs.after_tuned
    if _has_ended(scenario) and after != "prompt":
        _tuned_prices(scenario)  # what has no price has none to follow it
        return BY_TOKENS[after](scenario)
    return _prompted(*_calls_of_tuned(scenario))


def _by_the_hour(scenario: Scenario) -> Usage:
    """A request costs nothing more below the capacity of the machines."""
    return Usage()


# What requests cost on the day of a scenario: docs/method.md, formulas 1 to 6. Each
# raises UnpricedError if a number or a model is missing.
BY_TOKENS: Mapping[PricedTechnique, Callable[[Scenario], Usage]] = {
    "prompt": _prompt,
    "prompt_smaller": _prompt_smaller,
    "prompt_documents": _prompt_documents,
    "prompt_tested": _prompt,
    "few_shot": _few_shot,
    "few_shot_retrieved": _few_shot_retrieved,
    "rag": _rag,
    "distil": _by_the_hour,
    "fine_tune_hosted": _fine_tune_hosted,
    "fine_tune_own": _by_the_hour,
}

# What the requests of a technique ask of its model, on the day of a scenario. A
# technique on own GPUs has none: its machines are paid by the hour. Each raises
# UnpricedError if a number or a model is missing.
CALLS: Mapping[PricedTechnique, Callable[[Scenario], Calls]] = {
    "prompt": _calls_of_prompt,
    "prompt_smaller": _calls_of_smaller,
    "prompt_documents": _calls_of_documents,
    "few_shot": _calls_of_few_shot,
    "few_shot_retrieved": _calls_of_retrieved,
    "rag": _calls_of_rag,
    "fine_tune_hosted": _calls_of_tuned,
}


def _prompted(prices: TokenPrices, traffic: Traffic) -> Usage:
    per_request = prompt_per_request(traffic, prices)
    return Usage(
        per_request=per_request,
        month=traffic.requests * per_request,
        cliff=_cliff(traffic.input, prices),
    )


def _retrieved(prices: TokenPrices, traffic: Traffic, retrieval: Retrieval) -> Usage:
    per_request = rag_per_request(traffic, prices, retrieval)
    found = retrieval.chunks * retrieval.chunk_tokens
    return Usage(
        per_request=per_request,
        month=traffic.requests * per_request,
        cliff=_cliff(traffic.input + found, prices),
    )


def _prompt_people(scenario: Scenario) -> Decimal:
    return people_of(scenario, "upkeep_share_prompt")


def _search_people(scenario: Scenario) -> Decimal:
    return people_of(scenario, "upkeep_share_rag")


def _trained_people(scenario: Scenario) -> Decimal:
    return people_of(scenario, "mlops_share_trained")


def _tuned_people(scenario: Scenario) -> Decimal:
    if not _has_ended(scenario):
        return _trained_people(scenario)
    follows = RUNNINGS[scenario.inputs.after_tuned]
    return sum((part(scenario) for part in follows), Decimal(0))


def _has_ended(scenario: Scenario) -> bool:
    """Whether a tuned model has given way to something that is not trained."""
    tuned = scenario.inputs.tuned
    return tuned is not None and not tuned.is_trained_on(scenario.day)


def keep_examples(scenario: Scenario) -> Decimal:
    """Return what it costs a month to keep the examples that are looked up."""
    return rag_fixed_per_month(examples_of(scenario))


def keep_documents(scenario: Scenario) -> Decimal:
    """Return what it costs a month to keep the documents that are searched."""
    return rag_fixed_per_month(documents_of(scenario))


def _host_tuned(scenario: Scenario) -> Decimal:
    if _has_ended(scenario):
        return Decimal(0)  # what runs then is among the people
    return hosting_per_month(Hosting(hourly=scenario.number("tuned_hosting_hour")))


def _rent_gpus(scenario: Scenario) -> Decimal:
    gpus = scenario.part(gpus_of)
    return gpus.month * gpus.count(scenario.number("requests"))


def gpus_of(scenario: Scenario) -> Machines:
    """Return the GPUs of a model that runs on them.

    Machines that run for a part of the day cost that part. A peak is never below the
    load of a month that is served in those hours. Models that share the machines have
    as many requests each, and each pays its part: of what a machine costs, and of what
    it serves.

    Raises:
        UnpricedError: A number is missing.
        ValueError: One serves no token.

    Source: docs/worked_costs.md, V26 and V27.
    """
    hosting = Hosting(
        hourly=scenario.number("gpu_hour"), overhead=scenario.number("gpu_overhead")
    )
    tokens = scenario.count("variable_tokens") + scenario.count("output_tokens")
    peak = scenario.number("peak_factor")
    if (hours := scenario.entered("hours_a_day")) is not None:
        hosting = replace(hosting, hours=MONTH_HOURS * hours / DAY_HOURS)
        peak = max(peak, DAY_HOURS / hours)
    month, load = hosting_per_month(hosting), peak * max(tokens, 1)
    if (models := scenario.entered("sharing_models")) is not None:
        month, load = month / models, load * models
    return Machines(
        month=month,
        requests=served_per_month(scenario.number("gpu_tokens_per_second"), load),
        at_least=scenario.number("serving_replicas"),
    )


# Dollars a month before the first request, which add up: docs/method.md, formulas 5 to
# 7 and 9. What is kept or rented is not priced again if the people cost another amount.
RUNNINGS: Mapping[PricedTechnique, tuple[Callable[[Scenario], Decimal], ...]] = {
    "prompt": (_prompt_people,),
    "prompt_smaller": (_prompt_people,),
    "prompt_documents": (_prompt_people,),
    "prompt_tested": (_prompt_people,),
    "few_shot": (_prompt_people,),
    "few_shot_retrieved": (keep_examples, _search_people),
    "rag": (keep_documents, _search_people),
    "distil": (_rent_gpus, _trained_people),
    "fine_tune_hosted": (_host_tuned, _tuned_people),
    "fine_tune_own": (_rent_gpus, _trained_people),
}


def _cliff(tokens: int, prices: TokenPrices) -> Cliff | None:
    reached = [tier.above for tier in prices.tiers if tokens > tier.above]
    if not reached:
        return None
    return Cliff(
        above=max(reached),
        tokens=tokens,
        base=prices.rates.input,
        rate=prices.for_input(tokens).input,
    )
