"""Converts a scenario's numbers into the inputs of the formulas."""

from decimal import Decimal

from audits.landscape.token_prices import TokenPrices
from audits.scoring.costs.cost_drivers import (
    CACHE_CAP,
    CACHE_MINUTES,
    People,
    Retrieval,
    Traffic,
)
from audits.scoring.costs.cost_inputs import Scenario, UnpricedError
from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.costs.training_costs import people_per_month


def current_model(scenario: Scenario) -> tuple[PricedModel, TokenPrices]:
    """Return the model of the prompt with its prices on the day of the scenario.

    Raises:
        UnpricedError: No model is chosen, or it has no price on that day.
    """
    inputs = scenario.inputs
    missing = inputs.missing.get("model", "No model is chosen")
    return priced_model(scenario, inputs.model, missing)


def priced_model(
    scenario: Scenario, model: PricedModel | None, missing: str
) -> tuple[PricedModel, TokenPrices]:
    """Return a model with its prices on the day of the scenario.

    Args:
        scenario: The day.
        model: The model.
        missing: The message if there is no model.

    Raises:
        UnpricedError: There is no model, or it has no price on that day.
    """
    if model is None:
        raise UnpricedError(missing)
    if model.ends is not None and model.ends <= scenario.inputs.on:
        raise UnpricedError(f"{model.name} is no longer available")
    prices = model.prices_on(scenario.day)
    if prices is None:
        day = f"{scenario.day.day} {scenario.day:%B %Y}"
        raise UnpricedError(f"No price of {model.name} on {day}")
    return model, prices


def traffic_of(scenario: Scenario) -> Traffic:
    """Return the month's requests and the tokens of one.

    Raises:
        UnpricedError: A number is missing.
    """
    return scenario.part(_traffic_of)


def _traffic_of(scenario: Scenario) -> Traffic:
    requests = scenario.number("requests")
    prefix = scenario.count("prefix_tokens")
    variable = scenario.count("variable_tokens")
    output = scenario.count("output_tokens")
    hit = scenario.optional("cache_hit")
    retries, batch = scenario.number("retry_rate"), scenario.number("batch_share")
    is_guessed = hit is None
    return Traffic(
        requests=requests,
        prefix=prefix,
        variable=variable,
        output=output,
        cache_hit=hit,
        retries=retries,
        batch=batch,
        cache_minutes=scenario.number("cache_minutes") if is_guessed else CACHE_MINUTES,
        cache_cap=scenario.number("cache_hit_cap") if is_guessed else CACHE_CAP,
    )


def documents_of(scenario: Scenario) -> Retrieval:
    """Return the retrieval of passages from documents.

    Raises:
        UnpricedError: A number is missing.
    """
    return scenario.part(_documents_of)


def _documents_of(scenario: Scenario) -> Retrieval:
    return Retrieval(
        chunks=scenario.count("chunks"),
        chunk_tokens=scenario.count("chunk_tokens"),
        query_tokens=scenario.count("query_tokens"),
        corpus_tokens=scenario.count(_indexed(scenario)),
        embedding=scenario.number("embedding_price"),
        reembedded=scenario.number("reembedded_share"),
        rerank=scenario.number("rerank_price"),
        store=scenario.number("vector_store_month"),
        contextualising=scenario.number("contextualising"),
    )


def _indexed(scenario: Scenario) -> InputId:
    """Return the number that is indexed: all documents, where only these are known.

    Someone who enters both may index less, or more.
    """
    given, expected = scenario.inputs.given, scenario.inputs.expected
    if "corpus_tokens" in given or "knowledge_tokens" not in given:
        return "corpus_tokens"
    # None are none that a call could hold; what is searched is then not known.
    return "knowledge_tokens" if expected["knowledge_tokens"] else "corpus_tokens"


def examples_of(scenario: Scenario) -> Retrieval:
    """Return the retrieval of worked examples for few-shot.

    Raises:
        UnpricedError: A number is missing.
    """
    return scenario.part(_examples_of)


def _examples_of(scenario: Scenario) -> Retrieval:
    tokens = scenario.count("example_tokens")
    return Retrieval(
        chunks=scenario.count("retrieved_examples"),
        chunk_tokens=tokens,
        query_tokens=scenario.count("query_tokens"),
        corpus_tokens=scenario.count("example_pool") * tokens,
        embedding=scenario.number("embedding_price"),
        store=scenario.number("vector_store_month"),
    )


def people_of(scenario: Scenario, share: InputId) -> Decimal:
    """Return the monthly cost of the people who keep something running.

    Raises:
        UnpricedError: A number is missing.
    """
    return people_per_month(
        People(share=scenario.number(share), yearly=scenario.number("fte_cost"))
    )
