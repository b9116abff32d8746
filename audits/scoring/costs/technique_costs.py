"""The cost of each technique in one scenario: the formulas with its numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from audits.landscape.token_prices import TokenPrices
from audits.scoring.costs.break_even import CostLine, life_months
from audits.scoring.costs.building_costs import BUILDERS
from audits.scoring.costs.cost_drivers import (
    YEAR_MONTHS,
    Hosting,
    Retrieval,
    Traffic,
    Training,
)
from audits.scoring.costs.cost_inputs import Scenario, UnpricedError
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.costs.prompt_costs import (
    prompt_per_request,
    with_retrieved_examples,
    with_static_examples,
)
from audits.scoring.costs.retrieval_costs import (
    rag_fixed_per_month,
    rag_per_request,
)
from audits.scoring.costs.scenario_costs import (
    current_model,
    documents_of,
    examples_of,
    people_of,
    priced_model,
    traffic_of,
    training_of,
)
from audits.scoring.costs.training_costs import (
    amortised_per_month,
    hosting_per_month,
    replicas_needed,
    teacher_labels_cost,
    tokens_per_second,
    training_one_off,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a technique's cost.

    `usage` is `per_request` for a month of requests. `running` is paid every month and
    `one_off` once in `life` months. `model` is the model whose token prices it pays.
    """

    running: Decimal
    one_off: Decimal = Decimal(0)
    life: Decimal = YEAR_MONTHS
    per_request: Decimal = Decimal(0)
    usage: Decimal = Decimal(0)
    model: PricedModel | None = None
    cliff: Cliff | None = None

    @property
    def line(self) -> CostLine:
        """The fixed part, what is paid once spread over the life, and the other."""
        spread = amortised_per_month(self.one_off, self.life)
        return CostLine(fixed=self.running + spread, per_request=self.per_request)

    @property
    def month(self) -> Decimal:
        """Dollars a month, what is paid once spread over the life."""
        return self.usage + self.line.fixed


def price_parts(technique: PricedTechnique, scenario: Scenario) -> Parts:
    """Return what a technique costs in a scenario.

    Args:
        technique: The technique.
        scenario: The value of every number; what is read is noted in it.

    Raises:
        UnpricedError: A number or a model is missing; says which.

    Source: docs/method.md, formulas 1 to 9.
    """
    inputs = scenario.inputs
    parts = _PRICERS[technique](scenario)
    build = BUILDERS.get(technique)
    if build is None or (inputs.is_built and technique == inputs.today):
        return parts
    return replace(parts, one_off=build(scenario))


def _prompt(scenario: Scenario) -> Parts:
    model, prices = current_model(scenario)
    return _prompted(scenario, model, prices, traffic_of(scenario))


def _prompt_smaller(scenario: Scenario) -> Parts:
    # What is paid today has its price all the same.
    if scenario.inputs.smaller_failed and scenario.inputs.today != "prompt_smaller":
        raise UnpricedError("It failed your test, so it is no option")
    none = "No smaller model is known to pass the test"
    missing = scenario.inputs.missing.get("smaller", none)
    model, prices = priced_model(scenario, scenario.inputs.smaller, missing)
    return _prompted(scenario, model, prices, traffic_of(scenario))


def _few_shot(scenario: Scenario) -> Parts:
    model, prices = current_model(scenario)
    count, tokens = scenario.count("static_examples"), scenario.count("example_tokens")
    longer = with_static_examples(traffic_of(scenario), count, tokens)
    return _prompted(scenario, model, prices, longer)


def _few_shot_retrieved(scenario: Scenario) -> Parts:
    model, prices = current_model(scenario)
    traffic = traffic_of(scenario)
    return _retrieved(scenario, model, prices, traffic, examples_of(scenario))


def _rag(scenario: Scenario) -> Parts:
    model, prices = current_model(scenario)
    traffic = traffic_of(scenario)
    documents = min(traffic.prefix, scenario.count("knowledge_tokens"))
    shorter = replace(traffic, prefix=traffic.prefix - documents)
    return _retrieved(scenario, model, prices, shorter, documents_of(scenario))


def _distil(scenario: Scenario) -> Parts:
    inputs = scenario.inputs
    missing = inputs.missing.get("model", "No teacher model is chosen")
    _, prices = priced_model(scenario, inputs.teacher or inputs.model, missing)
    labels = scenario.number("distil_labels")
    asked = Traffic(
        requests=labels,
        prefix=scenario.count("prefix_tokens"),
        variable=scenario.count("variable_tokens"),
        output=scenario.count("output_tokens"),
    )
    teacher = teacher_labels_cost(labels, asked, prices, batched=True)
    training = training_of(
        scenario, labels, "training_price_own", scenario.number("reviewed_labels")
    )
    return _served_on_own_gpus(scenario, replace(training, teacher=teacher))


def _fine_tune_own(scenario: Scenario) -> Parts:
    examples = scenario.number("training_examples")
    training = training_of(scenario, examples, "training_price_own", examples)
    return _served_on_own_gpus(scenario, training)


def _fine_tune_hosted(scenario: Scenario) -> Parts:
    none = "No tuned model is priced per token"
    missing = scenario.inputs.missing.get("tuned", none)
    model, prices = priced_model(scenario, scenario.inputs.tuned, missing)
    retraining = scenario.number("model_life")
    life = life_months(retraining, scenario.inputs.on, model.ends)
    if life is None:
        raise UnpricedError(f"{model.name} is no longer available")
    traffic = replace(
        traffic_of(scenario), prefix=scenario.count("tuned_prefix_tokens")
    )
    examples = scenario.number("training_examples")
    training = training_of(scenario, examples, "training_price_hosted", examples)
    hosting = Hosting(hourly=scenario.number("tuned_hosting_hour"))
    per_request = prompt_per_request(traffic, prices)
    return Parts(
        running=hosting_per_month(hosting) + people_of(scenario, "mlops_share_trained"),
        one_off=training_one_off(training),
        life=life,
        per_request=per_request,
        usage=traffic.requests * per_request,
        model=model,
        cliff=_cliff(traffic, prices),
    )


_PRICERS: Mapping[PricedTechnique, Callable[[Scenario], Parts]] = {
    "prompt": _prompt,
    "prompt_smaller": _prompt_smaller,
    "few_shot": _few_shot,
    "few_shot_retrieved": _few_shot_retrieved,
    "rag": _rag,
    "distil": _distil,
    "fine_tune_hosted": _fine_tune_hosted,
    "fine_tune_own": _fine_tune_own,
}


def _prompted(
    scenario: Scenario, model: PricedModel, prices: TokenPrices, traffic: Traffic
) -> Parts:
    per_request = prompt_per_request(traffic, prices)
    return Parts(
        running=people_of(scenario, "upkeep_share_prompt"),
        per_request=per_request,
        usage=traffic.requests * per_request,
        model=model,
        cliff=_cliff(traffic, prices),
    )


def _retrieved(
    scenario: Scenario,
    model: PricedModel,
    prices: TokenPrices,
    traffic: Traffic,
    retrieval: Retrieval,
) -> Parts:
    per_request = rag_per_request(traffic, prices, retrieval)
    longer = with_retrieved_examples(traffic, retrieval.chunks, retrieval.chunk_tokens)
    upkeep = people_of(scenario, "upkeep_share_rag")
    return Parts(
        running=rag_fixed_per_month(retrieval) + upkeep,
        per_request=per_request,
        usage=traffic.requests * per_request,
        model=model,
        cliff=_cliff(longer, prices),
    )


def _served_on_own_gpus(scenario: Scenario, training: Training) -> Parts:
    """Price the machines by the hour; a request costs nothing more below capacity."""
    hosting = Hosting(
        hourly=scenario.number("gpu_hour"),
        count=_replicas(scenario),
        overhead=scenario.number("gpu_overhead"),
    )
    return Parts(
        running=hosting_per_month(hosting) + people_of(scenario, "mlops_share_trained"),
        one_off=training_one_off(training),
        life=scenario.number("model_life"),
    )


def _replicas(scenario: Scenario) -> Decimal:
    at_least = scenario.number("serving_replicas")
    measured = scenario.optional("gpu_tokens_per_second")
    if measured is None:
        return at_least
    tokens = scenario.count("variable_tokens") + scenario.count("output_tokens")
    average = tokens_per_second(scenario.number("requests"), tokens)
    return replicas_needed(average * scenario.number("peak_factor"), measured, at_least)


def _cliff(traffic: Traffic, prices: TokenPrices) -> Cliff | None:
    reached = [tier.above for tier in prices.tiers if traffic.input > tier.above]
    if not reached:
        return None
    return Cliff(
        above=max(reached),
        tokens=traffic.input,
        base=prices.rates.input,
        rate=prices.for_input(traffic.input).input,
    )
