"""The one-off work to build a prompt or retrieval."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from audits.scoring.costs.cost_inputs import Scenario
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.retrieval_costs import rag_one_off
from audits.scoring.costs.scenario_costs import (
    documents_of,
    evaluation_of,
    examples_of,
    work_of,
)


def build_prompt(scenario: Scenario) -> Decimal:
    """Return what it costs once to write a prompt and a test set.

    Raises:
        UnpricedError: A number is missing.
    """
    return work_of(scenario, "prompt_days") + evaluation_of(scenario)


def build_few_shot(scenario: Scenario) -> Decimal:
    """Return what it costs once to write a prompt and choose the examples it repeats.

    Raises:
        UnpricedError: A number is missing.
    """
    examples = scenario.number("static_examples") * scenario.number("label_cost")
    return build_prompt(scenario) + examples


def build_few_shot_retrieved(scenario: Scenario) -> Decimal:
    """Return what it costs once to write a prompt and collect examples to choose from.

    Raises:
        UnpricedError: A number is missing.
    """
    examples = scenario.number("example_pool") * scenario.number("label_cost")
    return build_prompt(scenario) + examples + rag_one_off(examples_of(scenario))


def build_rag(scenario: Scenario) -> Decimal:
    """Return what it costs once to make documents searchable and a test set.

    Raises:
        UnpricedError: A number is missing.
    """
    work = work_of(scenario, "rag_days") + evaluation_of(scenario)
    return work + rag_one_off(documents_of(scenario))


# A trained model is not included: it is trained again after each lifetime.
BUILDERS: Mapping[PricedTechnique, Callable[[Scenario], Decimal]] = {
    "prompt": build_prompt,
    "prompt_smaller": build_prompt,
    "few_shot": build_few_shot,
    "few_shot_retrieved": build_few_shot_retrieved,
    "rag": build_rag,
}
